import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { standardInput } from "../../commands/registration/standard-input.js";

const limits = { mostBytes: 10, patienceMs: 50 };

describe("standard input", () => {
  it("is read to its end", async () => {
    const stream = new PassThrough();
    stream.write("{");
    stream.end("}");
    const { bytes, issues } = await standardInput(stream, limits);
    expect([Buffer.from(bytes ?? []).toString(), issues]).toEqual(["{}", []]);
  });

  it.each([
    ["that never ends", "{", /within 0\.05 s/],
    ["from which nothing comes", "", /within 0\.05 s/],
    ["that is too long", "12345678901", /at most 10 bytes/],
  ])("%s is an issue, and is closed", async (_, text, rule) => {
    const stream = new PassThrough();
    if (text !== "") stream.write(text);
    const { bytes, issues } = await standardInput(stream, limits);
    expect(bytes).toBeUndefined();
    expect(issues[0]?.rule).toMatch(rule);
    expect(stream.destroyed).toBe(true);
  });
});

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { GENERATED, generateBrowserModule } from "../../sign-up/bundle.js";

describe("what runs in the browser", () => {
  it("is generated from its sources, byte for byte", async () => {
    expect(await generateBrowserModule()).toBe(readFileSync(GENERATED, "utf8"));
  });

  it("type-checks against a browser's own types", () => {
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    const project = fileURLToPath(new URL("../../sign-up/browser", import.meta.url));
    expect(execFileSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" })).toBe("");
  });

  it("has no way to turn text into markup or code", () => {
    const generated = readFileSync(GENERATED, "utf8");
    for (const sink of [
      "innerHTML",
      "outerHTML",
      "insertAdjacentHTML",
      "document.write",
      "eval(",
    ]) {
      expect(generated).not.toContain(sink);
    }
  });
});

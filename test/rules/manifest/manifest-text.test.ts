import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../rules/issue.js";
import { placeIn, readJsonText } from "../../../rules/manifest/manifest-text.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const refused = (content: string | Uint8Array) => {
  const { document, issues } = readJsonText(
    "m.json",
    typeof content === "string" ? bytes(content) : content,
  );
  expect(document).toBeUndefined();
  return issues.map(formatIssue);
};

describe("a manifest's text", () => {
  it.each([
    [
      "{\n  // mine\n}",
      "m.json:2:3 must not contain comments (RFC 8259). Remove this one and any others.",
    ],
    [
      '{"a": 1 /* b */}',
      "m.json:1:9 must not contain comments (RFC 8259). Remove this one and any others.",
    ],
    [
      "\uFEFF{}",
      "m.json:1:1 must not begin with a byte-order mark (RFC 8259). Save the file as UTF-8 without it.",
    ],
    [
      '{\r\n"a": 1,\r\n}',
      "m.json:3:1 must not have a comma before a bracket that closes (RFC 8259). Remove it.",
    ],
    ['{"a": 1 "b": 2}', "m.json:1:9 must be JSON (RFC 8259). Here should be a comma."],
    [
      "{'a': 1}",
      "m.json:1:2 must be JSON (RFC 8259). This is no value: text stands in double quotes.",
    ],
    ['{"a": "b\n"}', "m.json:1:7 must be JSON (RFC 8259). A text has no closing quote."],
    ['{"a":\u00a01}', "m.json:1:6 must be JSON (RFC 8259). Remove the invisible character U+00A0."],
    [
      '{"a": "\u0000"}',
      "m.json:1:7 must be JSON (RFC 8259). A text must not contain line breaks, tabs or other control characters.",
    ],
    [
      `{"a": [${"0,".repeat(20_000)}0]}`,
      "m.json must hold at most 20000 values, and this holds about 20002 (RFC 8259). Check that this is the right file.",
    ],
    ["{} {}", "m.json:1:4 must be JSON (RFC 8259). Nothing may follow the closing }."],
    [
      " \n",
      "m.json:1:1 must hold a JSON object (RFC 8259). The file is empty: check that it is the right one.",
    ],
    ["[]", "m.json:1:1 must hold a JSON object (RFC 8259). Begin it with { and end it with }."],
    [
      '{"a": {"b": 1,\n "b": 2}}',
      'm.json:2:2 must not have the key "b" twice in one object (RFC 8259). Remove one of the two.',
    ],
    [
      '{"a":'.repeat(100),
      "m.json must not nest deeper than 64 (RFC 8259). Check that this is the right file.",
    ],
  ])("is refused in one sentence with its place: %j", (text, sentence) => {
    expect(refused(text)).toEqual([sentence]);
  });

  it("is refused when it is not UTF-8", () => {
    expect(refused(Uint8Array.of(0x7b, 0xff, 0x7d))).toEqual([
      "m.json must be UTF-8 text (RFC 8259). Save it again as UTF-8.",
    ]);
    expect(refused(Uint8Array.of(0xff, 0xfe, 0x7b, 0))[0]).toContain("The file is UTF-16");
  });

  it("is refused when it is far too long, before it is read", () => {
    expect(refused(new Uint8Array(3 * 1024 * 1024))).toEqual([
      "m.json must be at most 2097152 bytes long (RFC 8259). Check that this is the right file.",
    ]);
  });

  it("survives nesting that would exhaust the stack, and anything else", () => {
    expect(refused(`{"a":${"[".repeat(500_000)}`)[0]).toContain("must not nest deeper");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        const { document, issues } = readJsonText("m.json", content);
        expect(document === undefined).toBe(issues.length === 1);
      }),
    );
  });

  it("accepts what JSON.parse accepts as an object, and gives the same value", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (value) => {
        const text = JSON.stringify(value, null, 2);
        const { document } = readJsonText("m.json", bytes(text));
        expect(document?.value).toEqual(JSON.parse(text));
      }),
    );
  });

  it("knows the line and column of each value", () => {
    const { document } = readJsonText(
      "m.json",
      bytes('{\r\n  "bots": [\r\n    {"botId": "x"}]\r\n}'),
    );
    if (document === undefined) throw new Error("it is JSON");
    expect(placeIn(document, ["bots", 0, "botId"])).toBe("m.json:3:15 bots[0].botId");
    expect(placeIn(document, ["bots", 1])).toBe("m.json bots[1]");
    expect(placeIn(document, [])).toBe("m.json");
  });
});

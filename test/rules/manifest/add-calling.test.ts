import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../rules/issue.js";
import { type AddCallingOptions, addCalling } from "../../../rules/manifest/add-calling.js";
import { checkAgainstSchema } from "../../../rules/manifest/manifest-schema.js";
import { readJsonText } from "../../../rules/manifest/manifest-text.js";
import { MANIFEST_VERSIONS } from "../../../rules/manifest/manifest-versions.js";
import { APP_ID, asFile, CALLING_VERSIONS, sampleManifest } from "./sample-manifests.js";

function edit(text: string, options?: AddCallingOptions) {
  const { document, issues } = readJsonText("manifest.json", asFile(text));
  if (document === undefined) return { issues: issues.map(formatIssue) };
  const result = addCalling(document, options);
  return { ...result.added, issues: result.issues.map(formatIssue) };
}

/** Lines that are only in the first, and only in the second text. */
function diff(before: string, after: string) {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return { gone: old.filter((l) => !now.includes(l)), come: now.filter((l) => !old.includes(l)) };
}

const pretty = (version: string, changes = {}) =>
  JSON.stringify(sampleManifest(version, changes), null, 2);

const LINE = ',\n      "supportsCalling": true';
const bot = (more: object) => ({ bots: [{ botId: APP_ID, scopes: ["personal"], ...more }] });

describe("adding calling", () => {
  it.each(CALLING_VERSIONS)(
    "adds one line to a manifest of version %s and nothing else",
    (version) => {
      const before = pretty(version);
      const { text = "", changes, kept, issues } = edit(before);
      expect(issues).toEqual([]);
      expect(changes).toEqual(["Added bots[0].supportsCalling: true."]);
      expect(kept).toEqual([]);
      expect(diff(before, text)).toEqual({
        gone: [],
        come: ['      "supportsCalling": true'],
      });
      // The line before it got a comma.
      expect(text.replace(',\n      "supportsCalling": true', "")).toBe(before);
      expect(checkAgainstSchema(JSON.parse(text), version)).toEqual([]);
      expect(edit(text)).toEqual({ text, changes: [], kept: [], issues: [] });
    },
  );

  it("adds video as well when asked, and only what is missing", () => {
    const { text = "", changes } = edit(pretty("1.17"), { video: true });
    expect(changes).toEqual(["Added bots[0].supportsCalling and bots[0].supportsVideo: true."]);
    expect(text).toContain(',\n      "supportsCalling": true,\n      "supportsVideo": true\n    }');
    const again = edit(pretty("1.17", bot({ supportsCalling: true })), { video: true });
    expect(again.changes).toEqual(["Added bots[0].supportsVideo: true."]);
  });

  it("turns a false into true where it stands", () => {
    const before = pretty("1.17", bot({ supportsCalling: false, supportsFiles: true }));
    const { text, changes } = edit(before);
    expect(text).toBe(before.replace('"supportsCalling": false', '"supportsCalling": true'));
    expect(changes).toEqual(["Changed bots[0].supportsCalling from false to true."]);
  });

  it("keeps tabs, Windows line ends, odd spaces, escapes and a missing last line end", () => {
    const before = pretty("1.16")
      .replaceAll("  ", "\t")
      .replaceAll("\n", "\r\n")
      .replace('"Contoso"', '"Conto\\u0073o \\/"')
      .replace('"manifestVersion": ', '"manifestVersion"  :   ');
    const { text = "", issues } = edit(before);
    expect(issues).toEqual([]);
    expect(text.replace(',\r\n\t\t\t"supportsCalling": true', "")).toBe(before);
    expect(text).toContain('\r\n\t\t\t"supportsCalling": true\r\n\t\t}');
  });

  it.each([
    ["{JSON}", ',"supportsCalling":true'],
    ['{ "botId": "ID", "scopes": ["personal"] }', ', "supportsCalling": true'],
    ['{\n"botId":"ID",\n\n"scopes":["personal"]\n}', ',\n"supportsCalling":true'],
    ['{ "botId": "ID",\n      "scopes": ["personal"] }', ',\n      "supportsCalling": true'],
  ])("follows the manner of the bot itself: %s", (form, added) => {
    const inner =
      form === "{JSON}"
        ? `{"botId":"${APP_ID}","scopes":["personal"]}`
        : form.replace("ID", APP_ID);
    const rest = JSON.stringify({ ...sampleManifest("1.17"), bots: "HERE" });
    const before = rest.replace('"HERE"', `[${inner}]`);
    const { text = "", issues } = edit(before);
    expect(issues).toEqual([]);
    expect(text.length).toBe(before.length + added.length);
    expect(text.replace(added, "")).toBe(before);
  });

  it("keeps keys that the schema does not know, and says so", () => {
    const before = pretty("1.17", { "x-internal": { a: [1] } });
    const { text, kept, issues } = edit(before);
    expect(issues).toEqual([]);
    expect(text).toContain('"x-internal": {\n    "a": [\n      1\n    ]\n  }');
    expect(kept?.map(formatIssue)).toEqual([
      "manifest.json:73:17 x-internal is no key of this version of the manifest (Microsoft Teams manifest schema). Remove it, or raise manifestVersion.",
    ]);
  });

  it("leaves placeholders for the tool that fills them in", () => {
    const before = pretty("1.17", {
      id: "$" + "{{TEAMS_APP_ID}}",
      ...bot({ botId: "{{BOT_ID}}" }),
    });
    const { text = "", kept, issues } = edit(before);
    expect(issues).toEqual([]);
    expect(text).toContain("TEAMS_APP_ID");
    expect(kept?.map(({ path }) => path.replace(/^[^ ]+ /, ""))).toEqual(["id", "bots[0].botId"]);
  });

  it.each<[string, (manifest: string) => string, added?: string]>([
    ["line ends of two kinds", (text) => text.replace("\n", "\r\n").replace("1.4.0", "1.5.0")],
    ["keys written with escapes", (text) => text.replace('"bots"', '"\\u0062ots"')],
    [
      "a key called __proto__",
      (text) => text.replace('"bots"', '"__proto__": { "bots": 1 }, "bots"'),
    ],
    ["numbers that no computer holds", (text) => text.replace('"bots"', '"x": 1e999, "bots"')],
    ["half a character", (text) => text.replace('"Reception"', '"\\ud83d"')],
    ["a line separator inside a text", (text) => text.replace("Answers the", "Answers\u2028the")],
    ["a thousand empty lines", (text) => text.replace("\n", "\n".repeat(1000))],
    [
      "a calling bot in another key",
      (text) =>
        text.replace(
          '"permissions"',
          '"x": { "bots": [{ "supportsCalling": true }] }, "permissions"',
        ),
    ],
    ["a value that a person fills in", (text) => text.replace(APP_ID, "<YOUR-BOT-ID>")],
    ["a version that a pipeline fills in", (text) => text.replace('"1.4.0"', '"#{AppVersion}#"')],
    ["the address of another schema", (text) => text.replace("/v1.17/", "/v1.5/")],
    ["no address of a schema", (text) => text.replace(/"\$schema": "[^"]*",/, "")],
    [
      "the bot on one line of a longer file",
      (text) =>
        text.replace(
          /"bots": \[.*?\n {2}\]/s,
          `"bots": [{"botId": "${APP_ID}", "scopes": ["team"]}]`,
        ),
      ', "supportsCalling": true',
    ],
    [
      "a colon on a line of its own",
      (text) => text.replace('"isNotificationOnly": ', '"isNotificationOnly"\n:\n'),
    ],
  ])("changes nothing but the bot in a manifest with %s", (_, form, added = LINE) => {
    const before = form(pretty("1.17"));
    expect(before).not.toBe(pretty("1.17"));
    const { text = "", issues } = edit(before);
    expect(issues).toEqual([]);
    expect(text.replace(added, "")).toBe(before);
    expect(text.length).toBe(before.length + added.length);
    expect(edit(text)).toMatchObject({ text, changes: [] });
  });

  it("keeps no more than it can list of what the schema does not know", () => {
    const strange = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i]));
    expect(edit(pretty("1.17", strange)).issues).toEqual([
      "manifest.json has 100 problems beyond the first 100 (Microsoft Teams manifest schema). Correct those first; teams-calling-bot app validate lists them.",
    ]);
  });

  it("refuses a version that has no calling, and raises it to 1.8 only when told to", () => {
    for (const version of MANIFEST_VERSIONS.filter((v) => !CALLING_VERSIONS.includes(v))) {
      const before = pretty(version);
      const refused = edit(before);
      expect(refused.text).toBeUndefined();
      expect(refused.issues).toEqual([
        expect.stringMatching(
          new RegExp(
            `^manifest\\.json:\\d+:\\d+ manifestVersion must be 1\\.8 or later for a bot that takes calls \\(Microsoft Teams\\), got "${version}"\\. Run the command with --upgrade to raise it to 1\\.8\\.$`,
          ),
        ),
      ]);
      const { text = "{}", issues, changes = [] } = edit(before, { upgrade: true });
      // packageName was dropped from the schema with 1.5 and is kept as it is.
      expect(issues).toEqual([]);
      const { gone, come } = diff(before, text);
      expect(
        gone.filter((line) => !line.includes("teams/v") && !line.includes("manifestVersion")),
      ).toEqual([]);
      expect(come).toContain('  "manifestVersion": "1.8",');
      expect(come).toContain('      "supportsCalling": true');
      expect(changes.at(-1)).toBe("Added bots[0].supportsCalling: true.");
      expect(JSON.parse(text)).toMatchObject({ manifestVersion: "1.8" });
    }
  });

  it.each([
    [
      "two bots",
      {
        bots: [
          { botId: APP_ID, scopes: ["team"] },
          { botId: APP_ID, scopes: ["team"] },
        ],
      },
      "bots must hold one bot only (Microsoft Teams), got 2.",
    ],
    ["no bot", { bots: undefined }, "bots must hold the app's bot (Microsoft Teams)."],
    ["an empty list", { bots: [] }, "bots must hold the app's bot (Microsoft Teams)."],
    [
      "a bot that is no list",
      { bots: { botId: APP_ID } },
      "bots must be a list of one bot (Microsoft Teams).",
    ],
    ["a bot that is text", { bots: ["x"] }, "bots[0] must be an object (Microsoft Teams)."],
    [
      "an unknown version",
      { manifestVersion: "1.18" },
      "manifestVersion must be a published version",
    ],
    [
      "a flag that is text",
      bot({ supportsCalling: "true" }),
      "bots[0].supportsCalling must be true or false",
    ],
    [
      "a name that is too long",
      { name: { short: "x".repeat(31), full: "x" } },
      "name.short must be at most 30 characters long",
    ],
  ])("refuses %s in one sentence with its place", (_, changes, sentence) => {
    const { text, issues } = edit(pretty("1.17", changes));
    expect(text).toBeUndefined();
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(sentence);
    expect(issues[0]).toMatch(/^manifest\.json(:\d+:\d+)? /);
  });

  it("changes nothing but the bot, whatever the text looks like", () => {
    const layout = fc.record({
      version: fc.constantFrom(...CALLING_VERSIONS),
      indent: fc.constantFrom(0, 1, 2, 3, 4, 8, "\t", " \t"),
      lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
      full: fc.string({ minLength: 1, maxLength: 40, unit: "binary" }).filter((t) => t.length < 80),
      end: fc.constantFrom("", "\n", "\n\n  "),
    });
    fc.assert(
      fc.property(layout, ({ version, indent, lineEnd, full, end }) => {
        const manifest = sampleManifest(version, { description: { short: "x", full } });
        const plain = JSON.stringify(manifest, null, indent) + end;
        const before = plain.replaceAll("\n", lineEnd);
        const { text = "", issues } = edit(before);
        expect(issues).toEqual([]);
        const [only] = manifest["bots"] as object[];
        expect(JSON.parse(text)).toEqual({
          ...manifest,
          bots: [{ ...only, supportsCalling: true }],
        });
        expect(text.replace(/,\s*"supportsCalling": ?true/, "")).toBe(before);
      }),
      { numRuns: 150 },
    );
  });
});

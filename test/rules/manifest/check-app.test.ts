import { describe, expect, it } from "vitest";
import { Cloud } from "../../../rules/clouds.js";
import { formatIssue } from "../../../rules/issue.js";
import { checkApp, type Expected } from "../../../rules/manifest/check-app.js";
import { defaultColorIcon, defaultOutlineIcon } from "../../../rules/manifest/default-icons.js";
import { MANIFEST_VERSIONS } from "../../../rules/manifest/manifest-versions.js";
import { openApp } from "../../../rules/manifest/open-package.js";
import { type CraftedEntry, craftedZip } from "./crafted-zip.js";
import { APP_ID, asFile, sampleManifest } from "./sample-manifests.js";

const ICONS: CraftedEntry[] = [
  { name: "color.png", content: defaultColorIcon("#4464EE") },
  { name: "outline.png", content: defaultOutlineIcon() },
];

function check(manifest: object, files: CraftedEntry[] = ICONS, expected: Expected = {}) {
  const zip = craftedZip([
    { name: "manifest.json", content: asFile(manifest), method: 8 },
    ...files,
  ]);
  const { app, issues } = openApp("app.zip", zip);
  if (app === undefined) throw new Error(issues.map(formatIssue).join("\n"));
  const found = checkApp(app, expected);
  return { issues: found.issues.map(formatIssue), warnings: found.warnings.map(formatIssue) };
}

const calling = { bots: [{ botId: APP_ID, scopes: ["personal"], supportsCalling: true }] };

describe("a package", () => {
  it.each(MANIFEST_VERSIONS)(
    "of version %s passes; without calling there is one warning",
    (version) => {
      expect(check(sampleManifest(version))).toEqual({
        issues: [],
        warnings: [
          expect.stringMatching(
            /^app\.zip\/manifest\.json bots\[0\]\.supportsCalling should be true for a bot that takes calls: without it nobody sees a call button and no call arrives \(Microsoft Teams\)\. Run teams-calling-bot app add-calling on it\.$/,
          ),
        ],
      });
    },
  );

  it.each<[string, object, string]>([
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
    [
      "an icon that is not there",
      { icons: { color: "color.png", outline: "line.png" } },
      'icons.outline must name a file that is in the package (Microsoft Teams), got "line.png".',
    ],
    [
      "a page over http",
      {
        developer: {
          name: "a",
          websiteUrl: "http://a.com",
          privacyUrl: "https://a.com",
          termsOfUseUrl: "https://a.com",
        },
      },
      "developer.websiteUrl must be an https URL (Microsoft Teams).",
    ],
    [
      "a version in words",
      { version: "1.0-beta" },
      'version must be three numbers with dots between them (Microsoft Teams), got "1.0-beta".',
    ],
    [
      "an empty description",
      { description: { short: "", full: "x" } },
      "description.short must not be empty (Microsoft Teams).",
    ],
    [
      "an unknown key",
      { color: "red" },
      "color is no key of this version of the manifest (Microsoft Teams manifest schema).",
    ],
    [
      "consent without a resource",
      {
        webApplicationInfo: { id: APP_ID },
        authorization: {
          permissions: {
            resourceSpecific: [{ name: "Calls.AccessMedia.Chat", type: "Application" }],
          },
        },
      },
      "webApplicationInfo.resource must be given for resource-specific permissions",
    ],
    [
      "two kinds of agents",
      {
        manifestVersion: "1.22",
        $schema: undefined,
        copilotAgents: {
          declarativeAgents: [{ id: "a", file: "color.png" }],
          customEngineAgents: [{ id: APP_ID, type: "bot" }],
        },
      },
      "copilotAgents must have one, and not more than one, of declarativeAgents, customEngineAgents (Microsoft Teams manifest schema). Keep one of them.",
    ],
    [
      "a language that is not there",
      {
        localizationInfo: {
          defaultLanguageTag: "en",
          additionalLanguages: [{ languageTag: "de", file: "de.json" }],
        },
      },
      "localizationInfo.additionalLanguages[0].file must name a file that is in the package",
    ],
  ])("with %s is refused in one sentence with its place", (_, changes, sentence) => {
    const { issues } = check(sampleManifest("1.17", { ...calling, ...changes }));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(/^app\.zip\/manifest\.json(:\d+:\d+)? /);
    expect(issues[0]).toContain(sentence);
  });

  it("may have no bot at all, with a warning, and is told what a placeholder is", () => {
    for (const bots of [undefined, []]) {
      const { issues, warnings } = check(sampleManifest("1.17", { bots }));
      expect(issues).toEqual([]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain("bots should hold a bot for an app that takes calls");
    }
    const template = sampleManifest("1.17", { ...calling, id: "$" + "{{TEAMS_APP_ID}}" });
    expect(check(template).issues).toEqual([
      'app.zip/manifest.json:5:9 id must be a GUID (Microsoft Teams manifest schema), got "$' +
        '{{TEAMS_APP_ID}}". It is a placeholder, which the tool that makes the package fills in.',
    ]);
  });

  it("is told of the first hundred problems, and how many there are beyond, in good time", () => {
    const strange = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i]));
    const before = performance.now();
    const { issues } = check(sampleManifest("1.17", { ...calling, ...strange }));
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(issues).toHaveLength(101);
    expect(issues.at(-1)).toBe(
      "app.zip/manifest.json has 4900 problems beyond the first 100 (Microsoft Teams manifest schema). Correct those first; teams-calling-bot app validate lists them.",
    );
  });

  it("is checked down to its languages", () => {
    const manifest = sampleManifest("1.17", {
      ...calling,
      localizationInfo: {
        defaultLanguageTag: "en",
        additionalLanguages: [{ languageTag: "de", file: "de.json" }],
      },
    });
    const german = (content: string, named: object = manifest) =>
      check(named, [...ICONS, { name: "de.json", content }]).issues;
    const texts = {
      "name.short": "Empfang",
      "name.full": "Empfang",
      "description.short": "a",
      "description.full": "b",
    };
    expect(german(JSON.stringify(texts))).toEqual([]);
    expect(german("{,}")[0]).toContain("app.zip/de.json:1:2 must be JSON");
    const additionalLanguages = ["de", "de-AT", "de-CH"].map((languageTag) => ({
      languageTag,
      file: "./de.json",
    }));
    const often = { localizationInfo: { defaultLanguageTag: "en", additionalLanguages } };
    expect(german("{,}", sampleManifest("1.17", { ...calling, ...often }))).toHaveLength(1);
    expect(german(JSON.stringify({ ...texts, "name.short": "x".repeat(31) }))[0]).toContain(
      "must be at most 30 characters",
    );
  });

  it("has to agree with the registration, when that is known", () => {
    const other = "00000000-1111-2222-3333-444444444444";
    const manifest = sampleManifest("1.17", calling);
    expect(check(manifest, ICONS, { appId: APP_ID.toUpperCase() }).issues).toEqual([]);
    const { issues } = check(manifest, ICONS, { appId: other, cloud: Cloud.GccHigh });
    expect(issues.map((issue) => issue.replace(/:\d+:\d+/, ""))).toEqual([
      'app.zip/manifest.json manifestVersion must be 1.10 or earlier in the cloud gccHigh (Microsoft Teams), got "1.17". Write "1.10".',
      `app.zip/manifest.json bots[0].botId must be the app id of the bot that is registered (Microsoft Teams), got "${APP_ID}". Write "${other}", or take the package of the same environment.`,
      `app.zip/manifest.json webApplicationInfo.id must be the app id of the bot that is registered (Microsoft Teams), got "${APP_ID}". Write "${other}", or take the package of the same environment.`,
    ]);
  });

  it("gets warnings for what works otherwise than it was meant", () => {
    const manifest = sampleManifest("1.17", {
      $schema:
        "https://developer.microsoft.com/en-us/json-schemas/teams/v1.16/MicrosoftTeams.schema.json",
      version: "0.0.1",
      validDomains: [
        "*.ngrok.io",
        "https://contoso.com",
        "{{TAB_DOMAIN}}",
        "$(Host)",
        "localhost:3000",
      ],
      bots: [{ botId: APP_ID, scopes: ["personal"], supportsVideo: true }],
      authorization: {
        permissions: {
          resourceSpecific: [{ name: "Calls.JoinGroupCall.Chat", type: "Application" }],
        },
      },
    });
    const { issues, warnings } = check(manifest);
    expect(issues).toEqual([]);
    expect(warnings.map((warning) => warning.replace(/^\S+ (\S+ .*?) \(.*$/, "$1"))).toEqual([
      "bots[0].supportsCalling should be true as supportsVideo is: without it nobody sees a call button and no call arrives",
      "$schema should be of the same version as manifestVersion, 1.17",
      "version should not begin with 0",
      "validDomains[0] must not trust every name under a domain that others use too",
      "validDomains[1] must be a domain without https:// and without a path",
      "authorization.permissions.resourceSpecific[0].name must be a resource-specific permission, such as Calls.JoinGroupCalls.Chat",
    ]);
  });
});

describe("a manifest alone", () => {
  it("is checked without its files", () => {
    const { app } = openApp("manifest.json", asFile(sampleManifest("1.17", calling)));
    if (app === undefined) throw new Error("it is JSON");
    expect(checkApp(app)).toEqual({ issues: [], warnings: [] });
  });
});

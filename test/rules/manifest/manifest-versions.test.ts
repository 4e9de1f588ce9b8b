import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { Cloud } from "../../../rules/clouds.js";
import { formatIssue } from "../../../rules/issue.js";
import { checkAgainstSchema, SchemaOf } from "../../../rules/manifest/manifest-schema.js";
import {
  checkManifestVersion,
  checkVersionInCloud,
  isAtLeast,
  MANIFEST_VERSIONS,
  NEWEST_STABLE,
  newestManifestVersion,
  schemaFolder,
} from "../../../rules/manifest/manifest-versions.js";
import { sampleManifest } from "./sample-manifests.js";

const library = dirname(createRequire(import.meta.url).resolve("@microsoft/app-manifest"));
const shipped = readdirSync(join(library, "json-schemas", "teams"));

describe("the versions of the manifest", () => {
  it("are those that Microsoft's package has schemas for", () => {
    expect(MANIFEST_VERSIONS.map(schemaFolder).sort()).toEqual(shipped.sort());
  });

  it("have as the newest stable one the highest number", () => {
    const numbers = shipped.map((folder) => Number(/^v1\.(\d+)$/.exec(folder)?.[1] ?? 0));
    expect(NEWEST_STABLE).toBe(`1.${Math.max(...numbers)}`);
  });

  it("are in order: 1.9 before 1.10, the preview last, what is none before all", () => {
    expect(isAtLeast("1.10", "1.9")).toBe(true);
    expect(isAtLeast("1.9", "1.10")).toBe(false);
    expect(isAtLeast("devPreview", "1.30")).toBe(true);
    expect(isAtLeast("1.18", "1.0")).toBe(false);
  });

  it("say in a sentence which one is none", () => {
    expect(
      checkManifestVersion("manifest.json:2:3 manifestVersion", "1.18").map(formatIssue),
    ).toEqual([
      'manifest.json:2:3 manifestVersion must be a published version of the manifest: 1.0 to 1.30 without 1.18, or devPreview (Microsoft Teams), got "1.18". Write the version that the manifest was written for, such as "1.30".',
    ]);
    expect(checkManifestVersion("manifestVersion", "devpreview")[0]?.fix).toContain('"devPreview"');
    expect(checkManifestVersion("manifestVersion", 1.8)[0]?.fix).toContain("Put quotes around it");
    expect(checkManifestVersion("manifestVersion", undefined)[0]?.fix).toContain("Add");
  });

  it("end at 1.10 in government clouds", () => {
    expect(newestManifestVersion(Cloud.GccHigh)).toBe("1.10");
    expect(newestManifestVersion(Cloud.GccModerate)).toBe(NEWEST_STABLE);
    expect(checkVersionInCloud("manifestVersion", "1.10", Cloud.Dod)).toEqual([]);
    expect(checkVersionInCloud("manifestVersion", "1.11", Cloud.Dod).map(formatIssue)).toEqual([
      'manifestVersion must be 1.10 or earlier in the cloud dod (Microsoft Teams), got "1.11". Write "1.10".',
    ]);
    expect(checkVersionInCloud("manifestVersion", "1.30", Cloud.Public)).toEqual([]);
  });
});

describe("the schema of each version", () => {
  it.each(MANIFEST_VERSIONS)(
    "accepts an ordinary manifest and has calling from 1.8 on: %s",
    (version) => {
      const manifest = sampleManifest(version);
      expect(checkAgainstSchema(manifest, version)).toEqual([]);
      const bots = [{ botId: manifest["id"], scopes: ["personal"], supportsCalling: true }];
      const problems = checkAgainstSchema({ ...manifest, bots }, version);
      const unknown = [[["bots", 0, "supportsCalling"], "additionalProperties"]];
      expect(problems.map(({ path, keyword }) => [path, keyword])).toEqual(
        isAtLeast(version, "1.8") ? [] : unknown,
      );
    },
  );

  it("exists for the languages of an app as well, from 1.5 on", () => {
    const found = shipped.filter((folder) =>
      existsSync(join(library, "json-schemas", "teams", folder, SchemaOf.Localization)),
    );
    const versions = MANIFEST_VERSIONS.filter((version) => isAtLeast(version, "1.5"));
    expect(found.sort()).toEqual(versions.map(schemaFolder).sort());
    for (const version of versions) {
      const german = {
        "name.short": "Empfang",
        "name.full": "Empfang",
        "description.short": "Nimmt Anrufe an.",
        "description.full": "Nimmt Anrufe an.",
      };
      expect(checkAgainstSchema(german, version, SchemaOf.Localization)).toEqual([]);
      expect(
        checkAgainstSchema({ ...german, "name.short": 1 }, version, SchemaOf.Localization),
      ).toHaveLength(1);
    }
  });

  it("counts an emoji as two characters, as Teams does", () => {
    const named = (short: string) => sampleManifest("1.17", { name: { short, full: "x" } });
    expect(checkAgainstSchema(named("📞".repeat(15)), "1.17")).toEqual([]);
    const [problem] = checkAgainstSchema(named("📞".repeat(16)), "1.17");
    expect(problem?.path).toEqual(["name", "short"]);
    expect(problem?.issue.rule).toBe("must be at most 30 characters long");
    expect(problem?.issue.got).toBe("32");
  });

  it("says each kind of problem in words", () => {
    const wrong = sampleManifest("1.17", {
      id: "x",
      accentColor: "red",
      color: 1,
      developer: { name: "a", websiteUrl: "ftp://a", privacyUrl: 1, termsOfUseUrl: "https://a" },
      bots: [{ scopes: ["personal", "groupchat"], supportsCalling: "yes", botId: "x" }],
      name: { short: "a" },
      validDomains: Array.from({ length: 17 }, () => "a.com"),
    });
    const issues = checkAgainstSchema(wrong, "1.17").map(({ path, issue }) =>
      formatIssue({ path: path.join("."), ...issue }),
    );
    expect(issues.sort()).toEqual([
      'accentColor must be a colour such as #4464EE (Microsoft Teams manifest schema), got "red". Write # and six hexadecimal digits.',
      'bots.0.botId must be a GUID (Microsoft Teams manifest schema), got "x". Write 8-4-4-4-12 hexadecimal digits.',
      'bots.0.scopes.1 must be one of team, personal, groupChat (Microsoft Teams manifest schema), got "groupchat". Write "groupChat".',
      'bots.0.supportsCalling must be true or false, without quotes (Microsoft Teams manifest schema), got "yes". Write true or false, without quotes.',
      "color is no key of this version of the manifest (Microsoft Teams manifest schema). Remove it, or raise manifestVersion.",
      "developer.privacyUrl must be text in quotes (Microsoft Teams manifest schema), got 1. Write text in quotes.",
      'developer.websiteUrl must start with https:// (Microsoft Teams manifest schema), got "ftp://a". Write the full address.',
      'id must be a GUID (Microsoft Teams manifest schema), got "x". Write 8-4-4-4-12 hexadecimal digits.',
      "name.full must be given (Microsoft Teams manifest schema). Add it.",
      "validDomains must have at most 16 entries (Microsoft Teams manifest schema). There are 17; correct that.",
    ]);
  });
});

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import ajvDraft04 from "ajv-draft-04";
import ajvFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cloud } from "../../../rules/clouds.js";
import { formatIssue } from "../../../rules/issue.js";
import {
  type AppSettingsInput,
  appSettings,
  BotScope,
} from "../../../rules/manifest/app-settings.js";
import { buildPackage } from "../../../rules/manifest/build-package.js";
import { checkApp } from "../../../rules/manifest/check-app.js";
import { MANIFEST_VERSIONS, schemaFolder } from "../../../rules/manifest/manifest-versions.js";
import { openApp } from "../../../rules/manifest/open-package.js";
import { RESOURCE_SPECIFIC } from "../../../rules/permission-catalogue.js";
import { parseWithIssues } from "../../../rules/zod-issues.js";
import { APP_ID, CALLING_VERSIONS } from "./sample-manifests.js";

const SETTINGS: AppSettingsInput = {
  name: { short: "Reception" },
  description: { short: "Answers the telephone." },
  developer: {
    name: "Contoso",
    websiteUrl: "https://contoso.com",
    privacyUrl: "https://contoso.com/privacy",
    termsOfUseUrl: "https://contoso.com/terms",
  },
};

function build(changes: object = {}, cloud = Cloud.Public) {
  const { value, issues } = parseWithIssues(appSettings, { ...SETTINGS, ...changes });
  if (value === undefined) return { package: undefined, issues: issues.map(formatIssue) };
  const built = buildPackage("app", value, { appId: APP_ID, cloud });
  return { ...built, issues: built.issues.map(formatIssue) };
}

const manifestOf = (changes: object = {}, cloud = Cloud.Public) =>
  JSON.parse(build(changes, cloud).package?.manifest ?? "null");

describe("the package of a calling bot", () => {
  it("has a manifest of the newest version, with calling", () => {
    expect(manifestOf()).toEqual({
      $schema:
        "https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json",
      manifestVersion: "1.30",
      version: "1.0.0",
      id: APP_ID,
      developer: SETTINGS.developer,
      name: { short: "Reception", full: "Reception" },
      description: { short: "Answers the telephone.", full: "Answers the telephone." },
      icons: { color: "color.png", outline: "outline.png" },
      accentColor: "#4464EE",
      bots: [
        {
          botId: APP_ID,
          scopes: ["personal", "team", "groupChat"],
          isNotificationOnly: false,
          supportsCalling: true,
          supportsVideo: false,
        },
      ],
      webApplicationInfo: { id: APP_ID },
    });
  });

  it("asks for resource-specific consent only when told to, by the official names", () => {
    const manifest = manifestOf({ resourceSpecificPermissions: ["calls.joingroupcalls.chat"] });
    expect(manifest.authorization).toEqual({
      permissions: {
        resourceSpecific: [{ name: "Calls.JoinGroupCalls.Chat", type: "Application" }],
      },
    });
    expect(manifest.webApplicationInfo).toEqual({
      id: APP_ID,
      resource: "https://RscBasedStoreApp",
    });
    expect(manifestOf()).not.toHaveProperty("authorization");
  });

  it("is the same bytes for the same settings, others for others", () => {
    const [first, second, other] = [build(), build(), build({ version: "1.0.1" })];
    expect(first.package?.zip).toEqual(second.package?.zip);
    expect(first.package?.sha256).not.toBe(other.package?.sha256);
    expect(first.package?.sha256).toBe(
      createHash("sha256")
        .update(first.package?.zip ?? "")
        .digest("hex"),
    );
  });

  it.each(CALLING_VERSIONS)(
    "passes every check of this package as version %s",
    (manifestVersion) => {
      const built = build({ manifestVersion, video: true, validDomains: ["bot.contoso.com"] });
      expect(built.issues).toEqual([]);
      const { app } = openApp("app.zip", built.package?.zip ?? new Uint8Array());
      if (app === undefined) throw new Error("it is a package");
      expect([...(app.files?.keys() ?? [])]).toEqual(["manifest.json", "color.png", "outline.png"]);
      expect(checkApp(app, { appId: APP_ID })).toEqual({ issues: [], warnings: [] });
    },
  );

  it("stays at 1.10 in GCC High, where nothing newer is known to work", () => {
    expect(manifestOf({}, Cloud.GccHigh).manifestVersion).toBe("1.10");
    expect(build({ manifestVersion: "1.17" }, Cloud.Dod).issues).toEqual([
      'app.manifestVersion must be 1.10 or earlier in the cloud dod (Microsoft Teams), got "1.17". Write "1.10".',
    ]);
    expect(
      build({ resourceSpecificPermissions: ["Calls.AccessMedia.Chat"] }, Cloud.GccHigh).issues,
    ).toEqual([
      "app.resourceSpecificPermissions must be empty for a manifest before version 1.12, and this one is 1.10 (Microsoft Teams). Raise manifestVersion where the cloud allows it, or ask for app roles in permissions.",
    ]);
  });

  it.each<[object, string]>([
    [
      { name: { short: "x".repeat(31) } },
      "app.name.short must be at most 30 characters long (Microsoft Teams manifest schema), got 31. Shorten it; an emoji counts as two or more.",
    ],
    [
      { name: { short: "📞".repeat(16) } },
      "app.name.short must be at most 30 characters long (Microsoft Teams manifest schema), got 32. Shorten it; an emoji counts as two or more.",
    ],
    [
      { name: { short: " " } },
      "name.short must not be empty, nor hold control characters (Microsoft Teams). Fill it in.",
    ],
    [
      { version: "1.0" },
      'version must be three numbers with dots between them, the first at least 1 (Microsoft Teams), got "1.0". Write it as in 1.0.0, in quotes.',
    ],
    [
      { version: "0.1.0" },
      'version must be three numbers with dots between them, the first at least 1 (Microsoft Teams), got "0.1.0". Write it as in 1.0.0, in quotes.',
    ],
    [
      { manifestVersion: "1.7" },
      'app.manifestVersion must be 1.8 or later for a bot that takes calls (Microsoft Teams), got "1.7". Leave it out to get the newest.',
    ],
    [
      { manifestVersion: "1.18" },
      'manifestVersion must be a published version of the manifest: 1.0 to 1.30 without 1.18, or devPreview (Microsoft Teams), got "1.18". Write the version that the manifest was written for, such as "1.30".',
    ],
    [
      { calling: false, video: true },
      "app.video must be false for an app without calling (Microsoft Teams). Set calling to true as well, or remove video.",
    ],
    [
      { manifestVersion: "1.17", scopes: ["copilot"] },
      'app.scopes[0] must be one of team, personal, groupChat (Microsoft Teams manifest schema), got "copilot". Choose one of them.',
    ],
    [
      { accentColor: "blue" },
      'app.accentColor must be a colour such as #4464EE (Microsoft Teams manifest schema), got "blue". Write # and six hexadecimal digits.',
    ],
    [
      { validDomains: ["https://contoso.com"] },
      'validDomains[0] must be a domain without https:// and without a path (Microsoft Teams), got "https://contoso.com". Write the host name alone, such as bot.contoso.com.',
    ],
    [
      { validDomains: ["*.azurewebsites.net"] },
      'validDomains[0] must not trust every name under a domain that others use too (Microsoft Teams), got "*.azurewebsites.net". Write the host name of the app in full.',
    ],
    [
      { resourceSpecificPermissions: ["Calls.JoinGroupCall.All"] },
      'resourceSpecificPermissions[0] must be a resource-specific permission, such as Calls.JoinGroupCalls.Chat (Microsoft Teams), got "Calls.JoinGroupCall.All". Write "Calls.JoinGroupCalls.Chat", or name it in permissions if it is an app role.',
    ],
    [
      { icons: { color: "../x.png", outline: "o.png" } },
      'icons.color must be a path inside the project, relative to it (this package), got "../x.png". Write it as in teams-app/color.png.',
    ],
    [
      { packagePath: "C:\\app.zip" },
      'packagePath must be a path inside the project, relative to it (this package), got "C:\\\\app.zip". Write it as in teams-app/color.png.',
    ],
    [
      { developer: { ...SETTINGS.developer, privacyUrl: "http://contoso.com" } },
      "developer.privacyUrl must be an https URL (Microsoft Teams). Give the address of the page, such as https://contoso.com/privacy.",
    ],
    [{ supportsCalling: true }, "supportsCalling is no setting of this package"],
  ])("is refused in one sentence for %j", (changes, sentence) => {
    const { issues } = build(changes);
    expect(issues).toHaveLength(1);
    expect(issues[0]?.startsWith(sentence) || issues[0]).toBe(true);
  });
});

describe("whatever settings are accepted", () => {
  // The schema's own count of characters, and nothing of this package's.
  const official = new Map(
    MANIFEST_VERSIONS.map((version) => {
      const ajv = new ajvDraft04.default({ strict: false, allErrors: true, logger: false });
      ajvFormats.default(ajv, ["uri"]);
      const require = createRequire(import.meta.url);
      const file = `@microsoft/app-manifest/build/json-schemas/teams/${schemaFolder(version)}/MicrosoftTeams.schema.json`;
      return [version, () => ajv.compile(require(file))] as const;
    }),
  );
  const compiled = new Map<
    string,
    ReturnType<InstanceType<typeof ajvDraft04.default>["compile"]>
  >();
  const validatorOf = (version: string) => {
    const known = compiled.get(version) ?? official.get(version)?.();
    if (known === undefined) throw new Error(`no schema ${version}`);
    compiled.set(version, known);
    return known;
  };

  /** Mostly good values, so that many manifests are built, and now and then one that must not get through. */
  const mostly = <T>(good: fc.Arbitrary<T>, any: fc.Arbitrary<T>) =>
    fc.oneof({ arbitrary: good, weight: 30 }, { arbitrary: any, weight: 1 });
  const words = (most: number) =>
    mostly(
      fc
        .string({ minLength: 1, maxLength: most, unit: fc.constantFrom(...'aZ é–"\\/☎<&') })
        .filter((t) => t.trim() !== ""),
      fc.string({ maxLength: most + 3, unit: "grapheme" }),
    );
  const text = (short: number, full: number) =>
    fc.record({ short: words(short), full: words(full) }, { requiredKeys: ["short"] });
  const page = mostly(
    fc.webUrl({ validSchemes: ["https"] }),
    fc.webUrl({ validSchemes: ["http"] }),
  );
  const settings = fc.record(
    {
      name: text(30, 100),
      description: text(80, 300),
      developer: fc.record({
        name: words(32),
        websiteUrl: page,
        privacyUrl: page,
        termsOfUseUrl: page,
      }),
      id: fc.uuid(),
      version: mostly(fc.constantFrom("1.0.0", "1.2.30", "999999999.0.1"), fc.string()),
      manifestVersion: mostly(
        fc.constantFrom(...CALLING_VERSIONS),
        fc.constantFrom(...MANIFEST_VERSIONS, "1.18"),
      ),
      scopes: mostly(
        fc.subarray([BotScope.Personal, BotScope.Team, BotScope.GroupChat], { minLength: 1 }),
        fc.array(fc.constantFrom(...Object.values(BotScope)), { maxLength: 5 }),
      ),
      calling: fc.boolean(),
      video: mostly(fc.constant(false), fc.boolean()),
      notificationOnly: fc.boolean(),
      resourceSpecificPermissions: mostly(
        fc.constant<string[]>([]),
        fc.array(fc.constantFrom(...RESOURCE_SPECIFIC, "calls.accessmedia.chat"), {
          maxLength: 18,
        }),
      ),
      validDomains: mostly(
        fc.array(fc.domain(), { maxLength: 16 }),
        fc.array(fc.constantFrom("*.contoso.com", "localhost:3000"), { maxLength: 120 }),
      ),
      accentColor: mostly(fc.constant("#a1B2c3"), fc.string()),
    },
    { requiredKeys: ["name", "description", "developer"] },
  );

  it("yields a manifest that Microsoft's schema accepts", () => {
    let accepted = 0;
    fc.assert(
      fc.property(settings, fc.constantFrom(...Object.values(Cloud)), (input, cloud) => {
        const { value } = parseWithIssues(appSettings, input);
        if (value === undefined) return;
        const built = buildPackage("app", value, { appId: APP_ID, cloud });
        expect(built.package === undefined).toBe(built.issues.length > 0);
        if (built.package === undefined) return;
        accepted += 1;
        const manifest = JSON.parse(built.package.manifest);
        const validate = validatorOf(manifest.manifestVersion);
        expect(validate(manifest) || validate.errors).toBe(true);
        expect(manifest.name.short.length).toBeLessThanOrEqual(30);
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(100);
  }, 120_000);
});

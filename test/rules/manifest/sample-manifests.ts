// Manifests as people have them: one for each version, in the words that the version has.
import {
  isAtLeast,
  MANIFEST_VERSIONS,
  schemaUrl,
} from "../../../rules/manifest/manifest-versions.js";

export const APP_ID = "b5561ec9-8cab-4aa3-8aa2-d8d7172e4311";

/** A valid manifest of that version with a bot, a tab and what else was usual then; `changes` go on top. */
export function sampleManifest(
  version: string,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const since = (first: string) => isAtLeast(version, first);
  return {
    ...(since("1.1") ? { $schema: schemaUrl(version) } : {}),
    manifestVersion: version,
    version: "1.4.0",
    id: "e3e29acb-8c79-412b-b746-e6c39ff4cd22",
    ...(since("1.5") ? {} : { packageName: "com.contoso.reception" }),
    developer: {
      name: "Contoso",
      websiteUrl: "https://contoso.com",
      privacyUrl: "https://contoso.com/privacy",
      termsOfUseUrl: "https://contoso.com/terms",
    },
    name: { short: "Reception", full: "Contoso reception – Zürich ☎" },
    description: { short: "Answers the telephone.", full: "Answers and transfers calls." },
    icons: { outline: "outline.png", color: "color.png" },
    accentColor: "#D85028",
    staticTabs: [
      {
        entityId: "about",
        name: "About",
        contentUrl: "https://contoso.com/about",
        scopes: ["personal"],
      },
    ],
    bots: [
      {
        botId: APP_ID,
        scopes: since("1.3") ? ["personal", "team", "groupChat"] : ["personal", "team"],
        isNotificationOnly: false,
        ...(since("1.4") ? { supportsFiles: false } : {}),
        commandLists: [
          { scopes: ["personal"], commands: [{ title: "help", description: "Help" }] },
        ],
      },
    ],
    permissions: ["identity", "messageTeamMembers"],
    validDomains: ["contoso.com", "*.contoso.com"],
    ...(since("1.4") ? { webApplicationInfo: { id: APP_ID, resource: "api://contoso.com" } } : {}),
    ...changes,
  };
}

/** Every version that calling can be added to as it is. */
export const CALLING_VERSIONS = MANIFEST_VERSIONS.filter((version) => isAtLeast(version, "1.8"));

/** The bytes of a document as a file has them. */
export function asFile(document: unknown, indent: number | string = 2): Uint8Array {
  return new TextEncoder().encode(
    typeof document === "string" ? document : `${JSON.stringify(document, null, indent)}\n`,
  );
}

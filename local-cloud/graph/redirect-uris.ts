// What a reply URL of an application may be ("Redirect URI (reply URL) restrictions and limitations").
import { invalidValue } from "./errors.js";
import { isJsonObject, type JsonObject } from "./json-body.js";

const LONGEST = 256;
const MOST = 256;
const MOST_WITH_PERSONAL_ACCOUNTS = 100;
/** Plain HTTP is for a developer's own machine. */
const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1"]);

/** Throws 400 for a redirect URI, or a number of them, that Entra does not take. */
export function checkRedirectUris(fields: JsonObject): void {
  const personal = /personal/i.test(String(fields["signInAudience"]));
  const uris = (["web", "spa", "publicClient"] as const).flatMap((client) =>
    redirectUrisOf(fields, client).map((uri, index) => ({
      client,
      uri,
      path: `${client}.redirectUris[${index}]`,
    })),
  );
  const most = personal ? MOST_WITH_PERSONAL_ACCOUNTS : MOST;
  if (uris.length > most) {
    throw invalidValue(
      "Application",
      "web.redirectUris",
      `has ${uris.length} redirect URIs in all; at most ${most} are allowed`,
    );
  }
  for (const { client, uri, path } of uris) {
    const problem = problemOf(uri, client, personal);
    if (problem !== undefined) throw invalidValue("Application", path, problem);
  }
}

function redirectUrisOf(fields: JsonObject, client: string): unknown[] {
  const part = fields[client];
  const uris = isJsonObject(part) ? part["redirectUris"] : undefined;
  return Array.isArray(uris) ? uris : [];
}

function problemOf(uri: unknown, client: "web" | "spa" | "publicClient", personal: boolean) {
  if (typeof uri !== "string" || uri === "") return "must be a URI";
  if (uri.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (/[!$'(),;\s]/.test(uri))
    return "holds a character that is not supported: ! $ ' ( ) , ; or a space";
  if (!URL.canParse(uri)) return "must be an absolute URI";
  const url = new URL(uri);
  if (url.hash !== "" || uri.endsWith("#")) return "must have no fragment";
  if (personal && uri.includes("*"))
    return "must have no wildcard when personal accounts can sign in";
  if (personal && url.search !== "") return "must have no query when personal accounts can sign in";
  return schemeProblem(url, client);
}

function schemeProblem(url: URL, client: "web" | "spa" | "publicClient"): string | undefined {
  if (url.protocol === "https:") return undefined;
  if (url.protocol === "http:") {
    return LOOPBACK_HOSTS.has(url.hostname)
      ? undefined
      : "must start with https, or with http://localhost";
  }
  // hashicorp/terraform-provider-azuread, issue 575: URNs are taken for web. Other schemes for web are UNVERIFIED.
  if (client === "publicClient") return undefined;
  if (client === "web" && ["urn:", "ms-appx-web:"].includes(url.protocol)) return undefined;
  if (client === "spa" && url.protocol === "brk-multihub:") return undefined;
  return "must start with https, or with http://localhost";
}

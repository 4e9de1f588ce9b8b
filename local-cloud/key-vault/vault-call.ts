// One request to a vault, as its handlers see it.

import { isJsonObject, type JsonObject } from "../arm/mechanics/body-fields.js";
import type { ResourceRecord } from "../arm/mechanics/resource-store.js";
import type { CloudContext } from "../cloud-context.js";
import { vaultEndpoint } from "./endpoints.js";
import { KeyVaultError } from "./key-vault-error.js";
import { vaultName } from "./secret-writes.js";
import type { VaultOperation } from "./vault-access.js";

export interface VaultCall {
  readonly context: CloudContext;
  readonly vault: ResourceRecord;
  readonly url: URL;
  /** Parsed JSON; empty when there was none. */
  readonly body: JsonObject;
  /** Object of the path; empty for a list. */
  readonly name: string;
  /** Version, or what stands behind the name. */
  readonly version: string;
}

/** What a vault answers to. */
export interface VaultRoute {
  readonly method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  /** Below the vault; `{name}` and `{version}` stand for one part, of which `{version}` may be left out. */
  readonly path: string;
  readonly operation: VaultOperation;
  /** Runs inside a store transaction; `prepare` runs before it. */
  readonly handle: (call: VaultCall) => Response;
  /** What takes time and writes nothing: its result becomes the body. */
  readonly prepare?: (call: VaultCall) => Promise<JsonObject>;
}

/** The JSON object of a request. Throws KeyVaultError 400. */
export async function vaultBody(request: Request): Promise<JsonObject> {
  const text = request.method === "GET" ? "" : await request.text();
  if (text.trim() === "") return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (isJsonObject(parsed)) return parsed;
  } catch {
    // The same refusal.
  }
  throw new KeyVaultError(400, "BadParameter", "The request body is no JSON object.");
}

/** Most items of a page. */
const PAGE = 25;

/** A page of a list, as `maxresults` and the link of the page before ask for it. */
export function vaultPage(
  { context, vault, url }: VaultCall,
  path: string,
  all: readonly unknown[],
): Response {
  const asked = Number(url.searchParams.get("maxresults") ?? PAGE);
  if (!Number.isInteger(asked) || asked < 1 || asked > PAGE) {
    throw new KeyVaultError(400, "BadParameter", `maxresults is a number from 1 to ${PAGE}.`);
  }
  const skip = Number(url.searchParams.get("$skiptoken") ?? 0);
  const value = all.slice(skip, skip + asked);
  const query = new URLSearchParams(url.searchParams);
  query.set("$skiptoken", String(skip + asked));
  const nextLink =
    skip + asked >= all.length
      ? null
      : `${vaultEndpoint(context.origins(), vaultName(vault))}${path}?${query.toString()}`;
  return Response.json({ value, nextLink });
}

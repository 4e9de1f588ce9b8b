// Who calls the catalogue of Teams apps: the one part of Graph here that takes the tokens of people.
import type { CloudContext } from "../cloud-context.js";
import type { AccessTokenClaims } from "../entra/access-tokens.js";
import { GRAPH_APP_ID } from "../well-known.js";
import { authenticate } from "./authorize.js";
import { GraphError } from "./errors.js";

/** A person or an application, and what the token says of either. */
export interface CatalogCaller {
  readonly tenantId: string;
  readonly objectId: string;
  readonly appId: string;
  /** Delegated permissions; `undefined` for an application. */
  readonly scopes: readonly string[] | undefined;
  /** App roles of an application. */
  readonly roles: readonly string[];
  /** Directory roles of a person, by template id. */
  readonly wids: readonly string[];
}

/** Directory roles whose holders publish without a review: Global Administrator and Teams Administrator ("Microsoft Entra built-in roles"). */
export const CATALOG_ADMINISTRATORS = [
  "62e90394-69f5-4237-9190-012177145e10",
  "69091246-20e8-4a56-aa4d-066075b2a7a8",
];
/** Delegated permissions of which one is needed to publish; there is no app role for it. */
export const PUBLISHING = [
  "AppCatalog.Submit",
  "AppCatalog.ReadWrite.All",
  "Directory.ReadWrite.All",
];
/** Delegated permissions of which one is needed to read. */
export const READING = [...PUBLISHING, "AppCatalog.Read.All", "Directory.Read.All"];
/** App roles of which one is needed to read. */
export const READING_APP = ["AppCatalog.Read.All", "AppCatalog.ReadWrite.All"];

/** Checks the `Authorization` header. Throws as `authenticate` does. */
export async function catalogCaller(
  context: CloudContext,
  request: Request,
): Promise<CatalogCaller> {
  const authorization = request.headers.get("authorization") ?? undefined;
  const { graph } = context.origins();
  const audiences = [graph, `${graph}/`, "https://graph.microsoft.com", GRAPH_APP_ID];
  const verified = await context.tokens.verify(authorization, audiences);
  if ("claims" in verified && verified.claims.idtyp === "user") return person(verified.claims);
  const { tenantId, objectId, appId, roles } = await authenticate(context, authorization);
  return { tenantId, objectId, appId, scopes: undefined, roles: [...roles], wids: [] };
}

function person({ tid, oid, appid, scp, wids = [] }: AccessTokenClaims): CatalogCaller {
  const scopes = (scp ?? "").split(" ").filter((scope) => scope !== "");
  return { tenantId: tid, objectId: oid, appId: appid, scopes, roles: [], wids };
}

/** Throws 403 unless the caller holds one of the delegated permissions or, for an application, of the app roles. */
export function requireOneOf(
  caller: CatalogCaller,
  scopes: readonly string[],
  roles: readonly string[],
): void {
  const held = caller.scopes ?? caller.roles;
  const enough = caller.scopes === undefined ? roles : scopes;
  if (enough.some((name) => held.includes(name))) return;
  // The wording of Graph's Teams part; UNVERIFIED for this call.
  const kind = caller.scopes === undefined && roles.length > 0 ? "role" : "scope";
  const names = (kind === "role" ? roles : scopes).join(", ");
  const shown = kind === "role" ? "Roles" : "Scopes";
  const present = caller.scopes === undefined && kind === "scope" ? "" : held.join(", ");
  throw new GraphError(
    403,
    "Forbidden",
    `Missing ${kind} permissions on the request. API requires one of '${names}'. ${shown} on the request '${present}'`,
  );
}

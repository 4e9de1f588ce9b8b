// Who calls, and whether that caller may: the token first, then the app roles that a route asks for.
import type { CloudContext } from "../cloud-context.js";
import type { AccessTokenClaims, TokenProblem } from "../entra/access-tokens.js";
import { GRAPH_APP_ID } from "../well-known.js";
import { forbidden, GraphError, notHere } from "./errors.js";

/** An application that calls with its own token. */
export interface Caller {
  readonly tenantId: string;
  readonly appId: string;
  /** Its service principal. */
  readonly objectId: string;
  /** Values of the app roles in its token: roles granted since then count from its next token on. */
  readonly roles: ReadonlySet<string>;
}

/** What a route asks of an application's token. */
export interface Rights {
  /** One role of each group is needed. No group at all: any valid token will do. */
  readonly allOf: readonly (readonly string[])[];
  /** Roles that suffice for what the caller owns, and for what it creates. */
  readonly ifOwner?: readonly string[];
}

/** How far a caller's rights reach: `owned` only to what it owns. */
export type Reach = "all" | "owned";

/** Checks the `Authorization` header. Throws 401 `InvalidAuthenticationToken`, or 403 for a caller that is gone. */
export async function authenticate(
  context: CloudContext,
  authorization: string | undefined,
): Promise<Caller> {
  const { graph, login } = context.origins();
  const verified = await context.tokens.verify(authorization, audiences(graph));
  if ("problem" in verified) {
    throw new GraphError(401, "InvalidAuthenticationToken", problemText(verified.problem), {
      headers: {
        "WWW-Authenticate": `Bearer realm="", authorization_uri="${login}/common/oauth2/authorize", client_id="${GRAPH_APP_ID}"`,
      },
    });
  }
  return callerOf(context, verified.claims);
}

/** Throws 403 `Authorization_RequestDenied` unless the caller holds what `rights` ask for. */
export function authorize(caller: Caller, rights: Rights): Reach {
  const holdsOneOf = (group: readonly string[]) => group.some((role) => caller.roles.has(role));
  if (rights.allOf.every(holdsOneOf)) return "all";
  if (rights.ifOwner !== undefined && holdsOneOf(rights.ifOwner)) return "owned";
  throw forbidden();
}

function audiences(graph: string): string[] {
  return [
    graph,
    `${graph}/`,
    "https://graph.microsoft.com",
    "https://graph.microsoft.com/",
    GRAPH_APP_ID,
  ];
}

function callerOf(context: CloudContext, claims: AccessTokenClaims): Caller {
  if (claims.idtyp === "user") throw notHere("Microsoft Graph calls on behalf of a user");
  // UNVERIFIED how soon the real service notices that a caller was deleted; here it does at once.
  if (context.directory.servicePrincipal(claims.tid, claims.oid) === undefined) {
    throw new GraphError(
      403,
      "Authorization_IdentityNotFound",
      "The identity of the calling application could not be established.",
    );
  }
  return {
    tenantId: claims.tid,
    appId: claims.appid,
    objectId: claims.oid,
    roles: new Set(claims.roles ?? []),
  };
}

function problemText(problem: TokenProblem): string {
  switch (problem) {
    case "missing":
      return "Access token is empty.";
    case "expired":
      return "Lifetime validation failed, the token is expired.";
    case "audience":
      return "Access token validation failure. Invalid audience.";
    case "malformed":
      return "IDX14100: JWT is not well formed. The token needs to be in JWS or JWE Compact Serialization Format.";
    // UNVERIFIED texts of the last two.
    case "signature":
      return "Access token validation failure. Invalid signature.";
    case "issuer":
      return "Access token validation failure. Invalid issuer.";
  }
}

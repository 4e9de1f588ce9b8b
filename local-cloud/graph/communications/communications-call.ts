// One request to the calls API or about meetings, authenticated and read.
import type { Call } from "../../calls/call.js";
import type { CallingService } from "../../calls/calling-service.js";
import type { CloudContext } from "../../cloud-context.js";
import { GRAPH_APP_ID } from "../../well-known.js";
import type { Caller } from "../authorize.js";
import type { JsonObject } from "../json-body.js";
import type { GraphAnswer } from "../route-table.js";
import {
  callNotFound,
  callTenantMismatch,
  insufficientPermissions,
} from "./communications-error.js";

export interface CommunicationsCall {
  readonly context: CloudContext;
  readonly calls: CallingService;
  /** Address of the webhook of a bot with calling enabled; undefined for any other application. */
  readonly webhookOf: (appId: string) => string | undefined;
  readonly caller: Caller;
  readonly body: JsonObject;
  readonly query: URLSearchParams;
  /** `https://localhost:PORT/v1.0` */
  readonly base: string;
  param(name: string): string;
}

export interface CommunicationsRoute {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below the version; the same in beta. */
  readonly path: string;
  /** For the timeline. */
  readonly action: string;
  readonly handle: (call: CommunicationsCall) => GraphAnswer;
}

/** The call in the path. Throws 404 for one that has ended or belongs to another bot, 403 where the token is of another tenant. */
export function callOf({ calls, caller, param }: CommunicationsCall): Call {
  const call = calls.find(caller.appId, param("id"));
  if (call === undefined) throw callNotFound();
  if (call.tenantId !== caller.tenantId) throw callTenantMismatch();
  return call;
}

/**
 * Throws 403 with code 7504 unless one of the app roles is in the token and in force. That the service asks the tenant as well, and
 * does not go by the token alone, is UNVERIFIED; it is how a bot notices at once here that consent was taken away.
 */
export function requireOneOf(
  { context, caller }: CommunicationsCall,
  roles: readonly string[],
): void {
  const granted = grantedRoles(context, caller);
  if (!roles.some((role) => caller.roles.has(role) && granted.includes(role))) {
    throw insufficientPermissions();
  }
}

function grantedRoles({ directory }: CloudContext, { tenantId, objectId }: Caller): string[] {
  return directory.grantedRoles(tenantId, objectId, GRAPH_APP_ID);
}

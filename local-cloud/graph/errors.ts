// Microsoft Graph's refusals: the code and text that people search for, in the envelope that Graph clients read.
// Texts marked UNVERIFIED are not confirmed in a published source; the status and code are what matters there.
import { randomUUID } from "node:crypto";

/** One entry of `error.details`. */
export interface GraphErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/** A refusal, thrown anywhere below a route and turned into a response in one place. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: {
      readonly details?: readonly GraphErrorDetail[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
  }
}

/** A request that Graph's gateway cannot read (400 `BadRequest`). */
export function malformed(message: string): GraphError {
  return new GraphError(400, "BadRequest", message);
}

/** A request that the directory does not accept (400 `Request_BadRequest`). */
export function badRequest(message: string, details?: readonly GraphErrorDetail[]): GraphError {
  return new GraphError(400, "Request_BadRequest", message, details ? { details } : {});
}

/** A query that the directory does not answer (400 `Request_UnsupportedQuery`). */
export function unsupportedQuery(message: string): GraphError {
  return new GraphError(400, "Request_UnsupportedQuery", message);
}

/**
 * A value that a property may not have. Graph's own text names only the top-level property (repository
 * microsoftgraph/msgraph-sdk-powershell, issue 3149); `rule` says in `details` which value and why.
 */
export function invalidValue(resource: string, path: string, rule: string): GraphError {
  const property = path.split(/[.[]/)[0] ?? path;
  return badRequest(
    `Invalid value specified for property '${property}' of resource '${resource}'.`,
    [{ code: "InvalidValue", message: `${path} ${rule}`, target: path }],
  );
}

export function missingValue(resource: string, property: string): GraphError {
  return badRequest(`A value is required for property '${property}' of resource '${resource}'.`);
}

export function notFound(id: string): GraphError {
  return new GraphError(404, "Request_ResourceNotFound", absent(id));
}

/** The sentence that stands in 404s, and in 400s about a reference to something that is not there. */
function absent(id: string): string {
  return `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
}

/** 409: another object has the key. */
export function sameKey(message: string): GraphError {
  return new GraphError(409, "Request_MultipleObjectsWithSameKeyValue", message);
}

export function forbidden(
  message = "Insufficient privileges to complete the operation.",
): GraphError {
  return new GraphError(403, "Authorization_RequestDenied", message);
}

/** What the real Graph has and this one has not. `what` completes "The local cloud does not have ...". */
export function notHere(what: string): GraphError {
  return new GraphError(501, "notImplemented", `The local cloud does not have ${what}.`);
}

/** The ids by which Graph's support would find a request. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** A new request id, and the client's own or the same one again. */
export function requestIds(headers: Headers): RequestIds {
  const requestId = randomUUID();
  const sent = headers.get("client-request-id");
  return { requestId, clientRequestId: sent === null || sent === "" ? requestId : sent };
}

export function idHeaders(ids: RequestIds): Record<string, string> {
  return { "request-id": ids.requestId, "client-request-id": ids.clientRequestId };
}

/** The error envelope ("Microsoft Graph error responses and resource types"). */
export function graphErrorResponse(error: GraphError, ids: RequestIds, now: Date): Response {
  const { details, headers } = error.more;
  const body = {
    error: {
      code: error.code,
      message: error.message,
      ...(details === undefined ? {} : { details }),
      innerError: {
        date: now.toISOString().slice(0, 19),
        "request-id": ids.requestId,
        "client-request-id": ids.clientRequestId,
      },
    },
  };
  return Response.json(body, {
    status: error.status,
    headers: { "Cache-Control": "no-cache", ...idHeaders(ids), ...headers },
  });
}

// Microsoft Graph: authenticates a request, finds its route, authorizes it, runs it and writes the answer.
import { Hono } from "hono";
import type { CloudContext, Service } from "../cloud-context.js";
import { appCatalogAnswer, isForAppCatalog } from "./app-catalog.js";
import { authenticate, authorize } from "./authorize.js";
import { batchAnswer } from "./batch.js";
import {
  type Communications,
  communicationsAnswer,
  isForCommunications,
} from "./communications/communications.js";
import {
  GraphError,
  graphErrorResponse,
  idHeaders,
  malformed,
  type RequestIds,
  requestIds,
} from "./errors.js";
import { graphRoutes } from "./graph-routes.js";
import { readJsonBody } from "./json-body.js";
import { readQuery } from "./odata-query.js";
import { parseRequestPath, type RequestPath } from "./request-path.js";
import { type GraphAnswer, type GraphCall, matchRoutes, type RouteMatch } from "./route-table.js";
import { unknownPath, wrongMethod } from "./unknown-path.js";

/** Without `communications` there are no calls and meetings: their paths answer 501. */
export function graphService(context: CloudContext, communications?: Communications): Service {
  const app = new Hono();
  const parts = { context, communications };
  app.all("*", ({ req }) => answer(parts, req.raw));
  return {
    name: "graph",
    app,
    refusal: (status, code, message) =>
      graphErrorResponse(
        new GraphError(status, code, message),
        requestIds(new Headers()),
        context.now(),
      ),
  };
}

interface Parts {
  readonly context: CloudContext;
  readonly communications: Communications | undefined;
}

async function answer(parts: Parts, request: Request): Promise<Response> {
  const { context } = parts;
  const ids = requestIds(request.headers);
  try {
    return await answerOrThrow(parts, request, ids);
  } catch (error) {
    if (error instanceof GraphError) return graphErrorResponse(error, ids, context.now());
    console.error(error);
    const failure = new GraphError(
      500,
      "InternalServerError",
      "The local cloud failed; its own output says how.",
    );
    return graphErrorResponse(failure, ids, context.now());
  }
}

async function answerOrThrow(parts: Parts, request: Request, ids: RequestIds): Promise<Response> {
  const { context, communications } = parts;
  if (isForAppCatalog(request)) {
    const answered = await appCatalogAnswer(context, request, ids);
    return answered instanceof Response ? answered : written(answered, ids);
  }
  const authorization = request.headers.get("authorization") ?? undefined;
  const caller = await authenticate(context, authorization);
  const url = new URL(request.url);
  const path = parseRequestPath(url.pathname);
  if (communications !== undefined && isForCommunications(path)) {
    return written(await communicationsAnswer(context, communications, request, path), ids);
  }
  if (path.segments.length === 1 && path.segments[0]?.toLowerCase() === "$batch") {
    if (request.method !== "POST") throw wrongMethod();
    const body = await readJsonBody(request);
    return batchAnswer(body, { url, authorization: authorization ?? "" }, (inner) =>
      answer(parts, inner),
    );
  }
  const match = routeOf(request.method, path);
  const reach = authorize(caller, match.route.rights);
  const writes = request.method === "POST" || request.method === "PATCH";
  const body = writes && takesBody(match) ? await readJsonBody(request) : {};
  const call: GraphCall = {
    context,
    caller,
    reach,
    body,
    query: readQuery(url.searchParams, request.headers),
    base: `${context.origins().graph}/${path.version}`,
    path: url.pathname.slice(path.version.length + 1),
    param: (name) => match.params.get(name) ?? missingParam(name),
  };
  const { handle } = match.route;
  const answered =
    request.method === "GET" ? handle(call) : context.store.transaction(() => handle(call));
  return written(answered, ids);
}

/** Actions without parameters are posted without a body. */
function takesBody(match: RouteMatch): boolean {
  return !match.route.path.endsWith("/restore");
}

function routeOf(method: string, path: RequestPath): RouteMatch {
  const matches = matchRoutes(graphRoutes, path.version, path.segments);
  if (matches.length === 0) throw unknownPath(path);
  const match = matches.find(({ route }) => route.method === method);
  if (match === undefined) throw wrongMethod();
  return match;
}

function missingParam(name: string): never {
  throw malformed(`The path has no '${name}'.`);
}

const JSON_TYPE =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

function written(answered: GraphAnswer, ids: RequestIds): Response {
  const headers = { "Cache-Control": "no-cache", "OData-Version": "4.0", ...idHeaders(ids) };
  if (answered.body === undefined) {
    return new Response(null, {
      status: answered.status,
      headers: { ...headers, ...answered.headers },
    });
  }
  const text = typeof answered.body === "string" ? answered.body : JSON.stringify(answered.body);
  return new Response(text, {
    status: answered.status,
    headers: { ...headers, "Content-Type": JSON_TYPE, ...answered.headers },
  });
}

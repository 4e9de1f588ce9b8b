// Microsoft Graph's calls API and online meetings: `/communications/calls` and `/users/{id}/onlineMeetings`, in v1.0 and beta. It has
// rules of its own: rights depend on the call, and most of what is done in a call asks for none again.
import type { CallingService } from "../../calls/calling-service.js";
import type { CloudContext } from "../../cloud-context.js";
import { authenticate, type Caller } from "../authorize.js";
import { GraphError, notHere } from "../errors.js";
import { type JsonObject, readJsonBody } from "../json-body.js";
import type { RequestPath } from "../request-path.js";
import { type GraphAnswer, matchPath } from "../route-table.js";
import { wrongMethod } from "../unknown-path.js";
import { callRoutes } from "./call-routes.js";
import type { CommunicationsRoute } from "./communications-call.js";
import { incomingCallRoutes } from "./incoming-call-routes.js";
import { onlineMeetingRoutes } from "./online-meetings.js";

/** What stands behind the calls API. */
export interface Communications {
  readonly calls: CallingService;
  /** Address of the webhook of a bot with calling enabled. */
  readonly webhookOf: (appId: string) => string | undefined;
}

const communicationsRoutes: readonly CommunicationsRoute[] = [
  ...incomingCallRoutes,
  ...callRoutes,
  ...onlineMeetingRoutes,
];

/** Whether a path is one of these. */
export function isForCommunications({ segments }: RequestPath): boolean {
  const [first, second, third] = segments.map((segment) => segment.toLowerCase());
  return (
    (first === "communications" && second === "calls") ||
    (first === "users" && second !== undefined && third === "onlinemeetings")
  );
}

/** The answer; throws GraphError. */
export async function communicationsAnswer(
  context: CloudContext,
  communications: Communications,
  request: Request,
  path: RequestPath,
): Promise<GraphAnswer> {
  const began = performance.now();
  const caller = await authenticate(context, request.headers.get("authorization") ?? undefined);
  const { route, params } = routeOf(request.method, path);
  const note = (status: number, refusal?: GraphError) =>
    communications.calls.received(caller.appId, params.get("id") ?? "", {
      method: request.method,
      path: `/${path.segments.join("/")}`,
      action: route.action,
      status,
      tookMs: performance.now() - began,
      ...(refusal === undefined ? {} : { code: refusal.code, message: refusal.message }),
    });
  try {
    const answer = run(context, communications, { request, path, caller, route, params });
    const done = await answer;
    note(done.status);
    return done;
  } catch (error) {
    if (error instanceof GraphError) note(error.status, error);
    throw error;
  }
}

interface Routed {
  readonly request: Request;
  readonly path: RequestPath;
  readonly caller: Caller;
  readonly route: CommunicationsRoute;
  readonly params: ReadonlyMap<string, string>;
}

async function run(
  context: CloudContext,
  communications: Communications,
  { request, path, caller, route, params }: Routed,
): Promise<GraphAnswer> {
  const body = await bodyOf(request);
  return context.store.transaction(() =>
    route.handle({
      context,
      ...communications,
      caller,
      body,
      query: new URL(request.url).searchParams,
      base: `${context.origins().graph}/${path.version}`,
      param: (name) => params.get(name) ?? "",
    }),
  );
}

/** Some of these are posted without a body. */
async function bodyOf(request: Request): Promise<JsonObject> {
  if (request.method !== "POST") return {};
  const empty = (await request.clone().text()).trim() === "";
  return empty ? {} : readJsonBody(request);
}

/** What stands below a call in the real service and not here. */
const NOT_HERE =
  /^(transfer|record|recordResponse|cancelMediaProcessing|subscribeToTone|sendDtmfTones|mute|unmute|changeScreenSharingRole|addLargeGalleryView|audioRoutingGroups|contentSharingSessions|operations|logTeleconferenceDeviceQuality)$/i;

function routeOf(method: string, { segments }: RequestPath) {
  const matches = communicationsRoutes.flatMap((route) => {
    const params = matchPath(route.path, segments);
    return params === undefined ? [] : [{ route, params }];
  });
  const match = matches.find(({ route }) => route.method === method);
  if (match !== undefined) return match;
  if (matches.length > 0) throw wrongMethod();
  const below = segments.slice(2).find((segment) => NOT_HERE.test(segment));
  throw notHere(`'${below ?? segments.slice(2).join("/")}' of calls and meetings`);
}

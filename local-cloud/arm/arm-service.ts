// Azure Resource Manager: who calls, what is asked, whether they may, then the route.
import { Hono } from "hono";
import type { CloudContext, Service } from "../cloud-context.js";
import type { AccessTokenClaims } from "../entra/access-tokens.js";
import { armRoutes } from "./arm-routes.js";
import { roleDefinitionType } from "./authorization/role-definitions.js";
import { extensionTypes } from "./extension-types.js";
import { withArmHeaders } from "./mechanics/answer-headers.js";
import { checkApiVersion, requiredApiVersion } from "./mechanics/api-version.js";
import type { ArmAnswer, ArmCall, ArmCloud, ArmRoute } from "./mechanics/arm-call.js";
import { ArmError } from "./mechanics/arm-error.js";
import { authenticate, wrongTenant } from "./mechanics/authentication.js";
import { authorize } from "./mechanics/authorization.js";
import { Extensions } from "./mechanics/extension-store.js";
import { type OperationOptions, Operations } from "./mechanics/operations.js";
import { Registrations } from "./mechanics/registrations.js";
import { decodedSegments, readBody } from "./mechanics/request.js";
import { ResourceGroups } from "./mechanics/resource-group-store.js";
import { carryOutOn } from "./mechanics/resource-removal.js";
import { ResourceStore } from "./mechanics/resource-store.js";
import type { ResourceType } from "./mechanics/resource-type.js";
import { ResourceTypes } from "./mechanics/resource-types.js";
import { RouteTable } from "./mechanics/route-table.js";
import { resourceTypes } from "./resource-types.js";
import { cloudMetadata } from "./resources/metadata.js";
import { existingSubscription } from "./resources/subscriptions.js";
import { refusalOf } from "./resources/unknown-path.js";

export interface ArmOptions extends OperationOptions {
  /** @default every type the local cloud has */
  readonly types?: readonly ResourceType[];
}

export function armService(context: CloudContext, options: ArmOptions = {}): Service {
  const types = options.types ?? resourceTypes;
  const cloud = cloudOf(context, types, options);
  const table = new RouteTable(armRoutes(types));
  const app = new Hono();
  app.all("*", async ({ req }) => {
    const answer = await answerTo(req.raw, cloud, table).catch((error: unknown) => {
      if (error instanceof ArmError) return error.toResponse();
      throw error;
    });
    return withArmHeaders(answer, req.raw, context.now());
  });
  return {
    name: "arm",
    app,
    refusal: (status, code, message) => new ArmError(status, code, message).toResponse(),
  };
}

function cloudOf(
  context: CloudContext,
  types: readonly ResourceType[],
  options: ArmOptions,
): ArmCloud {
  const cloud: ArmCloud = {
    context,
    types: new ResourceTypes(types, [...extensionTypes, roleDefinitionType]),
    groups: new ResourceGroups(context.store),
    resources: new ResourceStore(context.store),
    extensions: new Extensions(context.store),
    registrations: new Registrations(context.store),
    operations: new Operations(context, options),
  };
  cloud.operations.carriedOutBy(carryOutOn(cloud));
  return cloud;
}

async function answerTo(request: Request, cloud: ArmCloud, table: RouteTable): Promise<Response> {
  const { context } = cloud;
  const url = new URL(request.url);
  const segments = decodedSegments(url.pathname);
  if (segments.join("/").toLowerCase() === "metadata/endpoints" && request.method === "GET") {
    return Response.json(cloudMetadata(context, url.searchParams.get("api-version")));
  }
  const caller = await authenticate(context, request.headers.get("authorization") ?? undefined);
  const apiVersion = requiredApiVersion(url.searchParams);
  checkTenant(context, segments, caller);
  const { route, params } = findRoute(table, cloud, request.method, segments, apiVersion);
  if (route.action !== undefined) {
    const action = route.action.replace("{namespace}", params["namespace"] ?? "");
    const kept = route.scope === "parent" ? segments.slice(0, -1) : segments;
    authorize(context, caller, action, `/${kept.join("/")}`);
  }
  checkApiVersion(route, apiVersion);
  const call: ArmCall = {
    cloud,
    method: request.method,
    path: `/${segments.join("/")}`,
    params,
    query: url.searchParams,
    apiVersion,
    headers: request.headers,
    body: await readBody(request),
    caller,
  };
  return toResponse(
    context.store.transaction(() => {
      cloud.operations.finishDue();
      return route.handle(call);
    }),
  );
}

/** Below a subscription: it exists, and the token is of its tenant. */
function checkTenant(
  context: CloudContext,
  segments: readonly string[],
  caller: AccessTokenClaims,
): void {
  const [first, id] = segments;
  if (first?.toLowerCase() !== "subscriptions" || id === undefined) return;
  const { tenantId } = existingSubscription(id);
  if (tenantId !== caller.tid) throw wrongTenant(context, caller.tid, tenantId);
}

function findRoute(
  table: RouteTable,
  cloud: ArmCloud,
  method: string,
  segments: readonly string[],
  apiVersion: string,
): { readonly route: ArmRoute; readonly params: Readonly<Record<string, string>> } {
  const match = table.match(method, segments);
  if (match === undefined) {
    const hasTypesOf = (namespace: string) => cloud.types.ofNamespace(namespace).length > 0;
    throw refusalOf(segments, apiVersion, hasTypesOf);
  }
  if ("route" in match) return match;
  throw new ArmError(
    405,
    "MethodNotAllowed",
    `The requested resource does not support http method '${method}'.`,
    { headers: { Allow: match.allowed.join(", ") } },
  );
}

function toResponse({ status, body, headers = {} }: ArmAnswer): Response {
  return body === undefined
    ? new Response(null, { status, headers })
    : Response.json(body, { status, headers });
}

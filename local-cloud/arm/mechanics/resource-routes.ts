// The routes that a described resource type has.
import type { ArmAnswer, ArmCall, ArmRoute } from "./arm-call.js";
import { checkConditions } from "./conditional.js";
import { operationHeaders } from "./operation-routes.js";
import { pageOf } from "./pages.js";
import { refuseInUse } from "./references.js";
import type { ResourceId } from "./resource-id.js";
import { notFound, parentFor } from "./resource-place.js";
import { removeResource } from "./resource-removal.js";
import type { ResourceRecord } from "./resource-store.js";
import { fullType, type ResourceAction, type ResourceType } from "./resource-type.js";
import { viewOf } from "./resource-view.js";
import { patchResource, putResource } from "./resource-write.js";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const SUBSCRIPTION = "/subscriptions/{subscriptionId}";

/** GET, PUT, PATCH, DELETE, lists and actions of one type. */
export function routesOf(type: ResourceType): readonly ArmRoute[] {
  const { methods = ["PUT", "PATCH", "DELETE"], actions = [], routes = [] } = type;
  const right = fullType(type);
  const common = { apiVersions: type.apiVersions, typeName: type.type };
  const pattern = patternOf(type);
  const writes: Record<"PUT" | "PATCH" | "DELETE", ArmRoute> = {
    PUT: {
      ...common,
      method: "PUT",
      pattern,
      action: `${right}/write`,
      handle: (call) => putResource(type, call, idOf(type, call)),
    },
    PATCH: {
      ...common,
      method: "PATCH",
      pattern,
      action: `${right}/write`,
      handle: (call) => patchResource(type, call, idOf(type, call)),
    },
    DELETE: {
      ...common,
      method: "DELETE",
      pattern,
      action: `${right}/delete`,
      handle: (call) => deleteResource(type, call),
    },
  };
  return [
    {
      ...common,
      method: "GET",
      pattern,
      action: `${right}/read`,
      handle: (call) => getResource(type, call),
    },
    ...methods.map((method) => writes[method]),
    ...listRoutes(type),
    ...actions.map((action) => actionRoute(type, action)),
    ...routes,
  ];
}

function listRoutes(type: ResourceType): readonly ArmRoute[] {
  const list = (pattern: string, records: (call: ArmCall) => ResourceRecord[]): ArmRoute => ({
    method: "GET",
    pattern,
    action: `${fullType(type)}/read`,
    scope: "parent",
    apiVersions: type.apiVersions,
    typeName: type.type,
    handle: (call) => {
      const views = records(call).map((record) => viewOf(call.cloud, record));
      return { status: 200, body: pageOf(call, views) };
    },
  });
  const inGroup = list(patternOf(type).replace(/\/[^/]+$/, ""), (call) => listed(type, call));
  if (type.type.includes("/")) return [inGroup];
  const inSubscription = list(`${SUBSCRIPTION}/providers/${fullType(type)}`, (call) =>
    call.cloud.resources.inSubscription(call.params["subscriptionId"] ?? "", fullType(type)),
  );
  return [inGroup, inSubscription];
}

function listed(type: ResourceType, call: ArmCall): ResourceRecord[] {
  const { cloud } = call;
  const id = idOf(type, call);
  cloud.groups.existing(id.subscriptionId, id.resourceGroup);
  const parent = parentFor(type, cloud, id);
  return parent === undefined
    ? cloud.resources.inGroup(id.subscriptionId, id.resourceGroup, fullType(type))
    : cloud.resources.children(parent, fullType(type));
}

function actionRoute(type: ResourceType, action: ResourceAction): ArmRoute {
  return {
    method: "POST",
    pattern: `${patternOf(type)}/${action.name}`,
    action: `${fullType(type)}/${action.name}/action`,
    scope: "parent",
    apiVersions: type.apiVersions,
    typeName: type.type,
    handle: (call) => action.handle(call, existing(type, call)),
  };
}

function getResource(type: ResourceType, call: ArmCall): ArmAnswer {
  const record = existing(type, call);
  return {
    status: 200,
    body: viewOf(call.cloud, record),
    ...(record.etag === undefined ? {} : { headers: { ETag: record.etag } }),
  };
}

function deleteResource(type: ResourceType, call: ArmCall): ArmAnswer {
  const { cloud } = call;
  const id = idOf(type, call);
  cloud.groups.open(id.subscriptionId, id.resourceGroup);
  const record = cloud.resources.get(id);
  if (record === undefined) return { status: 204 };
  checkConditions(call.headers, record);
  refuseInUse(cloud, record);
  if (type.longRunning?.includes("DELETE") !== true) {
    removeResource(cloud, record);
    return { status: 200 };
  }
  const properties = { ...record.properties, provisioningState: "Deleting" };
  cloud.resources.put({ ...record, properties });
  const headers = operationHeaders(call, record.id, "delete-resource", type.namespace);
  return { status: 202, headers };
}

function existing(type: ResourceType, call: ArmCall): ResourceRecord {
  const { cloud } = call;
  const id = idOf(type, call);
  cloud.groups.existing(id.subscriptionId, id.resourceGroup);
  parentFor(type, cloud, id);
  const record = cloud.resources.get(id);
  if (record === undefined) throw notFound(type, id);
  return record;
}

function patternOf(type: ResourceType): string {
  const path = type.type.split("/").map((part, index) => `/${part}/{name${index}}`);
  return `${GROUP}/providers/${type.namespace}${path.join("")}`;
}

function idOf(type: ResourceType, call: ArmCall): ResourceId {
  const { subscriptionId = "", resourceGroupName = "" } = call.params;
  const names = type.type.split("/").flatMap((_, index) => call.params[`name${index}`] ?? []);
  return { subscriptionId, resourceGroup: resourceGroupName, type: fullType(type), names };
}

// The routes of a type of extension resources: `{scope}/providers/Microsoft.Authorization/roleAssignments/{name}`.
import type { ArmAnswer, ArmCall, ArmRoute } from "./arm-call.js";
import { BodyFields } from "./body-fields.js";
import { existingScope } from "./extension-scope.js";
import type { ExtensionRecord } from "./extension-store.js";
import type { ExtensionType } from "./extension-type.js";
import { pageOf } from "./pages.js";
import { segmentsOf } from "./route-table.js";

/** GET, PUT, DELETE and the list of one type. */
export function extensionRoutesOf(type: ExtensionType): readonly ArmRoute[] {
  const right = fullType(type);
  const common = { apiVersions: type.apiVersions, typeName: type.type };
  const list = `/{+scope}/providers/${right}`;
  const pattern = `${list}/{name}`;
  return [
    {
      ...common,
      method: "GET",
      pattern,
      action: `${right}/read`,
      handle: (call) => ({ status: 200, body: extensionView(existing(type, call)) }),
    },
    {
      ...common,
      method: "PUT",
      pattern,
      action: `${right}/write`,
      handle: (call) => put(type, call),
    },
    {
      ...common,
      method: "DELETE",
      pattern,
      action: `${right}/delete`,
      handle: (call) => remove(type, call),
    },
    {
      ...common,
      method: "GET",
      pattern: list,
      action: `${right}/read`,
      scope: "parent",
      handle: (call) => ({
        status: 200,
        body: pageOf(call, type.list(call, scopeOf(call)).map(extensionView)),
      }),
    },
  ];
}

/** An extension resource as answers show it. */
function extensionView({ id, name, type, properties }: ExtensionRecord) {
  return { id, name, type, properties };
}

function put(type: ExtensionType, call: ArmCall): ArmAnswer {
  const { cloud, caller, apiVersion } = call;
  const scope = scopeOf(call);
  const [, subscriptionId = ""] = segmentsOf(scope);
  cloud.registrations.require(subscriptionId, type.namespace);
  const { name = "" } = call.params;
  const before = cloud.extensions.get(scope, fullType(type), name);
  const properties = type.write({
    cloud,
    caller,
    apiVersion,
    scope,
    name: before?.name ?? name,
    fields: new BodyFields(call.body).object("properties"),
    ...(before === undefined ? {} : { existing: before }),
  });
  const now = cloud.context.now().toISOString();
  const record: ExtensionRecord = {
    id: before?.id ?? `${scope}/providers/${fullType(type)}/${name}`,
    scope,
    type: fullType(type),
    name: before?.name ?? name,
    properties,
    createdTime: before?.createdTime ?? now,
    changedTime: now,
  };
  cloud.extensions.put(record);
  return { status: before === undefined ? type.created : 200, body: extensionView(record) };
}

function remove(type: ExtensionType, call: ArmCall): ArmAnswer {
  const { extensions } = call.cloud;
  const record = extensions.get(scopeOf(call), fullType(type), call.params["name"] ?? "");
  if (record === undefined) return { status: 204 };
  extensions.remove(record);
  return { status: 200, ...(type.deleteShows === true ? { body: extensionView(record) } : {}) };
}

function existing(type: ExtensionType, call: ArmCall): ExtensionRecord {
  const [scope, name] = [scopeOf(call), call.params["name"] ?? ""];
  const record = call.cloud.extensions.get(scope, fullType(type), name);
  if (record === undefined) throw type.missing(scope, name);
  return record;
}

function scopeOf(call: ArmCall): string {
  return existingScope(call.cloud, call.params["scope"] ?? "");
}

function fullType({ namespace, type }: ExtensionType): string {
  return `${namespace}/${type}`;
}

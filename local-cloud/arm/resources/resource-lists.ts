// Lists over all resource types, and resources by whichever id.
import type { ArmAnswer, ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { notHere } from "../mechanics/arm-error.js";
import { CORE_API_VERSIONS } from "../mechanics/core-api-versions.js";
import { pageOf } from "../mechanics/pages.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { listViewOf } from "../mechanics/resource-view.js";
import { type Filterable, filterOf } from "./list-filter.js";

const FIELDS = [
  "resourceType",
  "name",
  "location",
  "resourceGroup",
  "tagName",
  "tagValue",
] as const;
const EXPANDABLE = ["createdTime", "changedTime", "provisioningState"];

export const resourceListRoutes: readonly ArmRoute[] = [
  {
    method: "GET",
    pattern: "/subscriptions/{subscriptionId}/resources",
    action: "Microsoft.Resources/subscriptions/resources/read",
    scope: "parent",
    apiVersions: CORE_API_VERSIONS,
    handle: (call) =>
      list(call, call.cloud.resources.inSubscription(call.params["subscriptionId"] ?? "")),
  },
  {
    method: "GET",
    pattern: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/resources",
    action: "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
    scope: "parent",
    apiVersions: CORE_API_VERSIONS,
    handle: (call) => {
      const { subscriptionId = "", resourceGroupName = "" } = call.params;
      call.cloud.groups.existing(subscriptionId, resourceGroupName);
      return list(call, call.cloud.resources.inGroup(subscriptionId, resourceGroupName));
    },
  },
];

function list(call: ArmCall, records: readonly ResourceRecord[]): ArmAnswer {
  const expand = (call.query.get("$expand") ?? "").split(",").filter((name) => name !== "");
  const unknown = expand.find((name) => !EXPANDABLE.includes(name));
  if (unknown !== undefined) throw notHere(`the $expand "${unknown}"`);
  const matches = filterOf(call, FIELDS);
  // Nested resources are not in these lists at the real service either.
  const shown = records.filter(({ names }) => names.length === 1);
  return {
    status: 200,
    body: pageOf(
      call,
      shown
        .filter((record) => matches(filterableOf(record)))
        .map((record) => ({
          ...listViewOf(call.cloud.types, record),
          ...Object.fromEntries(expand.map((name) => [name, expanded(record, name)])),
        })),
    ),
  };
}

function expanded(record: ResourceRecord, name: string): unknown {
  if (name === "createdTime") return record.createdTime;
  if (name === "changedTime") return record.changedTime;
  return record.properties["provisioningState"] ?? "Succeeded";
}

function filterableOf(record: ResourceRecord): Filterable {
  const { type, location, resourceGroup, tags = {} } = record;
  const name = record.names.at(-1) ?? "";
  return { name, type, resourceGroup, tags, ...(location === undefined ? {} : { location }) };
}

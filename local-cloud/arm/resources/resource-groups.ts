// Resource groups.
import type { ArmAnswer, ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { CORE_API_VERSIONS } from "../mechanics/core-api-versions.js";
import { normalizeLocation, REGIONS } from "../mechanics/locations.js";
import { operationHeaders } from "../mechanics/operation-routes.js";
import { pageOf } from "../mechanics/pages.js";
import type { ResourceGroupRecord } from "../mechanics/resource-group-store.js";
import { groupId } from "../mechanics/resource-id.js";
import { removeGroupContents } from "../mechanics/resource-removal.js";
import { checkTags } from "../mechanics/tags.js";
import { type Filterable, filterOf } from "./list-filter.js";

const RIGHT = "Microsoft.Resources/subscriptions/resourceGroups";
const LIST = "/subscriptions/{subscriptionId}/resourceGroups";
const ONE = `${LIST}/{resourceGroupName}`;
const common = { apiVersions: CORE_API_VERSIONS, typeName: "resourceGroups" };

export const resourceGroupRoutes: readonly ArmRoute[] = [
  {
    ...common,
    method: "GET",
    pattern: LIST,
    action: `${RIGHT}/read`,
    scope: "parent",
    handle: (call) => {
      const matches = filterOf(call, ["tagName", "tagValue"]);
      const groups = call.cloud.groups.list(call.params["subscriptionId"] ?? "");
      return {
        status: 200,
        body: pageOf(call, groups.filter((group) => matches(filterableOf(group))).map(viewOf)),
      };
    },
  },
  {
    ...common,
    method: "GET",
    pattern: ONE,
    action: `${RIGHT}/read`,
    handle: (call) => ({ status: 200, body: viewOf(existing(call)) }),
  },
  {
    ...common,
    method: "HEAD",
    pattern: ONE,
    action: `${RIGHT}/read`,
    handle: (call) => ({ status: find(call) === undefined ? 404 : 204 }),
  },
  { ...common, method: "PUT", pattern: ONE, action: `${RIGHT}/write`, handle: put },
  { ...common, method: "PATCH", pattern: ONE, action: `${RIGHT}/write`, handle: patch },
  { ...common, method: "DELETE", pattern: ONE, action: `${RIGHT}/delete`, handle: remove },
];

function put(call: ArmCall): ArmAnswer {
  const { cloud } = call;
  const { subscriptionId = "", resourceGroupName = "" } = call.params;
  const before = find(call);
  if (before === undefined) checkName(resourceGroupName);
  else cloud.groups.open(subscriptionId, resourceGroupName);
  const fields = new BodyFields(call.body);
  const location = checkLocation(fields.string("location"), before);
  const tags = checkTags(call.body);
  const managedBy = fields.string("managedBy") ?? before?.managedBy;
  const now = cloud.context.now().toISOString();
  const group: ResourceGroupRecord = {
    subscriptionId,
    name: before?.name ?? resourceGroupName,
    location,
    ...(managedBy === undefined ? {} : { managedBy }),
    ...(tags === undefined ? {} : { tags }),
    provisioningState: "Succeeded",
    createdTime: before?.createdTime ?? now,
    changedTime: now,
  };
  cloud.groups.put(group);
  return { status: before === undefined ? 201 : 200, body: viewOf(group) };
}

function patch(call: ArmCall): ArmAnswer {
  const { cloud } = call;
  const before = existing(call);
  cloud.groups.open(before.subscriptionId, before.name);
  const fields = new BodyFields(call.body);
  if (fields.has("location")) checkLocation(fields.string("location"), before);
  const tags = checkTags(call.body);
  const changedTime = cloud.context.now().toISOString();
  const group = { ...before, ...(tags === undefined ? {} : { tags }), changedTime };
  cloud.groups.put(group);
  return { status: 200, body: viewOf(group) };
}

// What the group holds is gone at once; the group itself stays, as Deleting, until the operation is over.
function remove(call: ArmCall): ArmAnswer {
  const { cloud } = call;
  const group = existing(call);
  cloud.groups.open(group.subscriptionId, group.name);
  removeGroupContents(cloud, group.subscriptionId, group.name);
  cloud.groups.put({ ...group, provisioningState: "Deleting" });
  const target = groupId(group.subscriptionId, group.name);
  return {
    status: 202,
    headers: operationHeaders(call, target, "delete-group", "Microsoft.Resources"),
  };
}

function find(call: ArmCall): ResourceGroupRecord | undefined {
  const { subscriptionId = "", resourceGroupName = "" } = call.params;
  return call.cloud.groups.get(subscriptionId, resourceGroupName);
}

function existing(call: ArmCall): ResourceGroupRecord {
  const { subscriptionId = "", resourceGroupName = "" } = call.params;
  return call.cloud.groups.existing(subscriptionId, resourceGroupName);
}

// "Naming rules and restrictions for Azure resources", resourcegroups: 1-90, no period at the end.
function checkName(name: string): void {
  const invalid = [...new Set(name.match(/[^\p{L}\p{N}\-._()]/gu) ?? [])];
  const problem =
    invalid.length > 0
      ? `has these invalid characters: '${invalid.join("")}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'`
      : name.length > 90
        ? "exceeds the maximum length of 90 characters"
        : name.endsWith(".")
          ? "ends with a period"
          : undefined;
  if (problem === undefined) return;
  throw new ArmError(
    400,
    "InvalidResourceGroup",
    `The provided resource group name '${name}' ${problem}.`,
  );
}

function checkLocation(given: string | undefined, before: ResourceGroupRecord | undefined): string {
  if (given === undefined || given.trim() === "") {
    throw new ArmError(
      400,
      "LocationRequired",
      "The location property is required for this definition.",
    );
  }
  const location = normalizeLocation(given);
  if (before !== undefined && before.location !== location) {
    throw new ArmError(
      409,
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${before.location}'.`,
    );
  }
  if (!REGIONS.has(location)) {
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceGroup",
      `The provided location '${given}' is not available for resource group. List of available regions is '${[...REGIONS.keys()].join(",")}'.`,
    );
  }
  return location;
}

function viewOf(group: ResourceGroupRecord) {
  const { subscriptionId, name, location, managedBy, tags, provisioningState } = group;
  return {
    id: groupId(subscriptionId, name),
    name,
    type: "Microsoft.Resources/resourceGroups",
    location,
    ...(managedBy === undefined ? {} : { managedBy }),
    ...(tags === undefined ? {} : { tags }),
    properties: { provisioningState },
  };
}

function filterableOf({ name, location, tags }: ResourceGroupRecord): Filterable {
  return { name, location, type: "Microsoft.Resources/resourceGroups", tags: tags ?? {} };
}

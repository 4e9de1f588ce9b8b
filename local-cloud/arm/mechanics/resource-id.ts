// Resource ids: taken apart, put together. They are compared without regard to case.
import { segmentsOf } from "./route-table.js";

export interface ResourceId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Such as `Microsoft.BotService/botServices/channels`. */
  readonly type: string;
  /** One name for each part of the type after the namespace. */
  readonly names: readonly string[];
}

/** The parts of the id of a resource in a resource group; undefined for anything else. */
export function parseResourceId(id: string): ResourceId | undefined {
  const [subscriptions, subscriptionId, groups, resourceGroup, providers, namespace, ...rest] =
    segmentsOf(id);
  const fixed = [subscriptions, groups, providers].map((part) => part?.toLowerCase()).join("/");
  if (fixed !== "subscriptions/resourcegroups/providers") return undefined;
  if (subscriptionId === undefined || resourceGroup === undefined || namespace === undefined) {
    return undefined;
  }
  if (rest.length === 0 || rest.length % 2 !== 0) return undefined;
  return {
    subscriptionId,
    resourceGroup,
    type: [namespace, ...rest.filter((_, index) => index % 2 === 0)].join("/"),
    names: rest.filter((_, index) => index % 2 === 1),
  };
}

export function formatResourceId(id: ResourceId): string {
  const [namespace = "", ...types] = id.type.split("/");
  const path = types.map((type, index) => `/${type}/${id.names[index] ?? ""}`).join("");
  return `${groupId(id.subscriptionId, id.resourceGroup)}/providers/${namespace}${path}`;
}

export function groupId(subscriptionId: string, resourceGroup: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
}

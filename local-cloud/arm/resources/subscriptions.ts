// Subscriptions, tenants and regions.
import { findTenant, SUBSCRIPTION_ID, TENANT_ID } from "../../well-known.js";
import type { ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { hasAnyRole } from "../mechanics/authorization.js";
import { CORE_API_VERSIONS } from "../mechanics/core-api-versions.js";
import { isGuid } from "../mechanics/guid.js";
import { REGIONS } from "../mechanics/locations.js";

export interface Subscription {
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
}

const SUBSCRIPTIONS: readonly Subscription[] = [
  { id: SUBSCRIPTION_ID, tenantId: TENANT_ID, displayName: "Local cloud" },
];

/** The subscription. Throws 400 InvalidSubscriptionId and 404 SubscriptionNotFound. */
export function existingSubscription(id: string): Subscription {
  const found = SUBSCRIPTIONS.find((subscription) => subscription.id === id.toLowerCase());
  if (found !== undefined) return found;
  if (!isGuid(id)) {
    throw new ArmError(
      400,
      "InvalidSubscriptionId",
      `The provided subscription identifier '${id}' is malformed or invalid.`,
    );
  }
  throw new ArmError(404, "SubscriptionNotFound", `The subscription '${id}' could not be found.`);
}

export const subscriptionRoutes: readonly ArmRoute[] = [
  {
    method: "GET",
    pattern: "/subscriptions",
    apiVersions: CORE_API_VERSIONS,
    handle: ({ cloud, caller }) => {
      const seen = SUBSCRIPTIONS.filter(
        ({ id, tenantId }) => tenantId === caller.tid && hasAnyRole(cloud.context, caller, id),
      );
      return {
        status: 200,
        body: {
          value: seen.map(viewOf),
          count: { type: "Total", value: seen.length },
        },
      };
    },
  },
  {
    method: "GET",
    pattern: "/subscriptions/{subscriptionId}",
    action: "Microsoft.Resources/subscriptions/read",
    apiVersions: CORE_API_VERSIONS,
    handle: (call) => ({ status: 200, body: viewOf(subscriptionOf(call)) }),
  },
  {
    method: "GET",
    pattern: "/subscriptions/{subscriptionId}/locations",
    action: "Microsoft.Resources/subscriptions/locations/read",
    apiVersions: CORE_API_VERSIONS,
    handle: (call) => ({ status: 200, body: { value: regionsOf(subscriptionOf(call)) } }),
  },
  {
    method: "GET",
    pattern: "/tenants",
    apiVersions: CORE_API_VERSIONS,
    handle: ({ caller }) => {
      const tenant = findTenant(caller.tid);
      const value =
        tenant === undefined
          ? []
          : [
              {
                id: `/tenants/${tenant.id}`,
                tenantId: tenant.id,
                displayName: tenant.displayName,
                defaultDomain: tenant.domain,
                domains: [tenant.domain],
                tenantCategory: "Home",
              },
            ];
      return { status: 200, body: { value } };
    },
  },
];

function subscriptionOf(call: ArmCall): Subscription {
  return existingSubscription(call.params["subscriptionId"] ?? "");
}

function viewOf({ id, tenantId, displayName }: Subscription) {
  return {
    id: `/subscriptions/${id}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId: id,
    tenantId,
    displayName,
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
  };
}

function regionsOf({ id }: Subscription) {
  return [...REGIONS].map(([name, displayName]) => ({
    id: `/subscriptions/${id}/locations/${name}`,
    name,
    type: "Region",
    displayName,
    regionalDisplayName: displayName,
  }));
}

// Policies of the tenant, as Graph shows them ("Get tenantAppManagementPolicy", "List appManagementPolicies", "Get
// authorizationPolicy").
import { Policies, type TenantPolicies } from "../directory/policies.js";
import { type Collection, collectionAnswer, entityAnswer } from "./collection.js";
import { applicationOf } from "./directory-lookup.js";
import type { JsonObject } from "./json-body.js";
import { readAppManagementPolicies, readAuthorizationPolicy } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";

export const policyRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: "/policies/defaultAppManagementPolicy",
    rights: readAppManagementPolicies,
    handle: getDefault,
  },
  {
    method: "GET",
    path: "/policies/appManagementPolicies",
    rights: readAppManagementPolicies,
    handle: list,
  },
  {
    // The relationship of "application resource type"; the right that it takes is UNVERIFIED, its page has no table.
    method: "GET",
    path: "/applications/{id}/appManagementPolicies",
    rights: readAppManagementPolicies,
    handle: listOfApplication,
  },
  {
    method: "GET",
    path: "/policies/authorizationPolicy",
    rights: readAuthorizationPolicy,
    handle: getAuthorization,
  },
];

function policiesOf({ context, caller }: GraphCall) {
  return new Policies(context.store).of(caller.tenantId);
}

function getDefault(call: GraphCall): GraphAnswer {
  return single(call, "defaultAppManagementPolicy", "tenantAppManagementPolicy", {
    id: "00000000-0000-0000-0000-000000000000",
    displayName: "Default app management tenant policy",
    description: "Default tenant policy that enforces app management restrictions.",
    ...policiesOf(call).defaultAppManagementPolicy,
  });
}

function getAuthorization(call: GraphCall): GraphAnswer {
  const { allowedToCreateApps, permissionGrantPoliciesAssigned } =
    policiesOf(call).authorizationPolicy;
  return single(call, "authorizationPolicy", "authorizationPolicy", {
    id: "authorizationPolicy",
    displayName: "Authorization Policy",
    description: "Authorization related settings across the company.",
    allowInvitesFrom: "everyone",
    allowedToSignUpEmailBasedSubscriptions: true,
    allowedToUseSSPR: true,
    allowEmailVerifiedUsersToJoinOrganization: false,
    allowUserConsentForRiskyApps: null,
    blockMsolPowerShell: false,
    guestUserRoleId: "10dae51f-b6af-4016-8d66-8c2a99b929b3",
    defaultUserRolePermissions: {
      allowedToCreateApps,
      allowedToCreateSecurityGroups: true,
      allowedToReadOtherUsers: true,
      permissionGrantPoliciesAssigned,
    },
  });
}

function single(call: GraphCall, path: string, type: string, policy: JsonObject): GraphAnswer {
  const known = new Set(Object.keys(policy));
  return entityAnswer(
    call,
    { context: `policies/${path}`, known, type: `microsoft.graph.${type}` },
    policy,
  );
}

const KNOWN = new Set(["id", "displayName", "description", "isEnabled", "restrictions"]);

const collection: Collection = {
  resource: "AppManagementPolicy",
  type: "microsoft.graph.appManagementPolicy",
  context: "policies/appManagementPolicies",
  known: KNOWN,
  others: KNOWN,
  sortable: [],
  properties: { id: "text", displayName: "text" },
};

function list(call: GraphCall): GraphAnswer {
  return collectionAnswer(call, collection, policiesOf(call).appManagementPolicies.map(view));
}

/** At most one policy can be assigned to an application. */
function listOfApplication(call: GraphCall): GraphAnswer {
  const { id } = applicationOf(call);
  const own = policiesOf(call).appManagementPolicies.filter(({ appliesTo }) =>
    appliesTo.includes(id),
  );
  return collectionAnswer(call, collection, own.map(view));
}

function view({ appliesTo: _, ...policy }: TenantPolicies["appManagementPolicies"][number]) {
  return { description: "", ...policy };
}

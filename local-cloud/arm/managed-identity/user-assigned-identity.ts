// User-assigned managed identities: each is a service principal of the tenant, without an application.
import { REGIONS } from "../mechanics/locations.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { makePrincipal, removePrincipal } from "./identity-principal.js";

export const IDENTITY_API_VERSIONS = [
  "2018-11-30",
  "2022-01-31-preview",
  "2023-01-31",
  "2023-07-31-preview",
  "2024-11-30",
  "2025-01-31-preview",
];

/** "Naming rules and restrictions for Azure resources", Microsoft.ManagedIdentity. */
export const userAssignedIdentity: ResourceType = {
  namespace: "Microsoft.ManagedIdentity",
  type: "userAssignedIdentities",
  apiVersions: IDENTITY_API_VERSIONS,
  locations: [...REGIONS.keys()],
  nameRule: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/,
    minLength: 3,
    maxLength: 128,
    says: "letters, digits, hyphens and underscores, with a letter or digit first",
  },
  write: (request) => ({ properties: request.existing?.properties ?? newIdentity(request) }),
  removed: ({ properties }, { context }) =>
    removePrincipal(context, properties["tenantId"], properties["principalId"]),
};

function newIdentity(request: WriteRequest): Written["properties"] {
  const principal = makePrincipal(request, true);
  return { tenantId: principal.tenantId, principalId: principal.id, clientId: principal.appId };
}

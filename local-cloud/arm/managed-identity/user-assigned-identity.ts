// User-assigned managed identities: each is a service principal of the tenant, without an application.
import { randomUUID } from "node:crypto";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { REGIONS } from "../mechanics/locations.js";
import { formatResourceId } from "../mechanics/resource-id.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";

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
  removed: removeServicePrincipal,
};

function newIdentity(request: WriteRequest): Written["properties"] {
  const { context } = request.cloud;
  const tenantId = request.caller.tid;
  const [principalId, clientId] = [randomUUID(), randomUUID()];
  context.directory.putServicePrincipal({
    id: principalId,
    appId: clientId,
    tenantId,
    appOwnerOrganizationId: null,
    servicePrincipalType: "ManagedIdentity",
    createdDateTime: context.now().toISOString(),
    fields: {
      displayName: request.id.names.at(-1),
      accountEnabled: true,
      alternativeNames: [
        "isExplicit=True",
        formatResourceId({
          ...request.id,
          type: "Microsoft.ManagedIdentity/userAssignedIdentities",
        }),
      ],
      servicePrincipalNames: [clientId],
      tags: [],
    },
    appRoles: [],
    owners: [],
  });
  context.replication.created(principalId);
  return { tenantId, principalId, clientId };
}

function removeServicePrincipal(record: ResourceRecord, { context }: ArmCloud): void {
  const { tenantId, principalId } = record.properties;
  const { directory } = context;
  const principal = directory.servicePrincipal(String(tenantId), String(principalId));
  if (principal !== undefined) directory.removeServicePrincipal(principal);
}

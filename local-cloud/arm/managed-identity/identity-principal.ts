// The service principal that every managed identity is in its tenant: it has no application.
import { randomUUID } from "node:crypto";
import type { CloudContext } from "../../cloud-context.js";
import type { ServicePrincipalRecord } from "../../directory/records.js";
import type { WriteRequest } from "../mechanics/resource-type.js";

/** @param explicit whether the identity is a resource by itself, not one that another resource has */
export function makePrincipal(
  { cloud: { context }, caller, id, resourceId }: WriteRequest,
  explicit: boolean,
): ServicePrincipalRecord {
  const [objectId, appId] = [randomUUID(), randomUUID()];
  const principal: ServicePrincipalRecord = {
    id: objectId,
    appId,
    tenantId: caller.tid,
    appOwnerOrganizationId: null,
    servicePrincipalType: "ManagedIdentity",
    createdDateTime: context.now().toISOString(),
    fields: {
      displayName: id.names.at(-1),
      accountEnabled: true,
      alternativeNames: [`isExplicit=${explicit ? "True" : "False"}`, resourceId],
      servicePrincipalNames: [appId],
      tags: [],
    },
    appRoles: [],
    owners: [],
  };
  context.directory.putServicePrincipal(principal);
  context.replication.created(objectId);
  return principal;
}

export function removePrincipal(
  { directory }: CloudContext,
  tenantId: unknown,
  principalId: unknown,
): void {
  const principal = directory.servicePrincipal(String(tenantId), String(principalId));
  if (principal !== undefined) directory.removeServicePrincipal(principal);
}

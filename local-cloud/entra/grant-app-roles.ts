// What an accepted consent leaves in the directory: the application's service principal and its app role assignments.
import { randomBytes, randomUUID } from "node:crypto";
import type { CloudContext } from "../cloud-context.js";
import type { ApplicationRecord, ServicePrincipalRecord } from "../directory/records.js";
import { appRolesOf } from "../graph/applications.js";
import { timestamp } from "../graph/timestamp.js";
import type { Tenant } from "../well-known.js";
import type { RequestedRole } from "./requested-permissions.js";

/**
 * Grants what is not granted yet, all or nothing; doing it again changes nothing. Tokens that were issued before stay
 * as they are. App roles that are granted and no longer asked for stay granted. UNVERIFIED: Entra's documentation says
 * that a tenant-wide grant may revoke earlier ones, and not when.
 */
export function grantAppRoles(
  context: CloudContext,
  application: ApplicationRecord,
  tenant: Tenant,
  roles: readonly RequestedRole[],
): void {
  const { directory, store, now } = context;
  store.transaction(() => {
    const principal = servicePrincipalIn(context, application, tenant);
    const granted = new Set(
      directory
        .assignmentsOfPrincipal(tenant.id, principal.id)
        .map(({ resourceId, appRoleId }) => `${resourceId}/${appRoleId.toLowerCase()}`),
    );
    for (const { resource, role } of roles) {
      if (granted.has(`${resource.id}/${role.id.toLowerCase()}`)) continue;
      directory.putAssignment({
        id: randomBytes(32).toString("base64url"),
        tenantId: tenant.id,
        appRoleId: role.id.toLowerCase(),
        principalId: principal.id,
        resourceId: resource.id,
        createdDateTime: timestamp(now()),
      });
    }
  });
}

/** The application as it is in this tenant; consent brings it there. Call it inside a transaction. */
export function servicePrincipalIn(
  { directory, replication, now }: CloudContext,
  application: ApplicationRecord,
  tenant: Tenant,
): ServicePrincipalRecord {
  const existing = directory.servicePrincipalByAppId(tenant.id, application.appId);
  if (existing !== undefined) return existing;
  const made: ServicePrincipalRecord = {
    id: randomUUID(),
    appId: application.appId,
    tenantId: tenant.id,
    appOwnerOrganizationId: application.tenantId,
    servicePrincipalType: "Application",
    createdDateTime: timestamp(now()),
    fields: { displayName: application.fields["displayName"], accountEnabled: true, tags: [] },
    appRoles: appRolesOf(application),
    owners: [],
  };
  directory.putServicePrincipal(made);
  replication.created(made.id);
  return made;
}

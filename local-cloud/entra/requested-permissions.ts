// The app roles that an application asks for, as the tenant's own resources offer them.
import { z } from "zod";
import type { CloudContext } from "../cloud-context.js";
import type {
  ApplicationRecord,
  AppRoleRecord,
  ServicePrincipalRecord,
} from "../directory/records.js";
import type { Tenant } from "../well-known.js";
import type { EntraError } from "./entra-errors.js";
import { nothingToConsentTo, resourceNotInTenant, unknownPermission } from "./sign-in-errors.js";

/** An app role and the resource that offers it. */
export interface RequestedRole {
  readonly resource: ServicePrincipalRecord;
  readonly role: AppRoleRecord;
}

export interface RequestedPermissions {
  readonly roles: readonly RequestedRole[];
  /** Delegated permissions by id, which the local cloud does not grant to a whole tenant. */
  readonly delegatedIds: readonly string[];
}

const RequiredResourceAccess = z.array(
  z.object({
    resourceAppId: z.string(),
    resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
  }),
);

/** What the application registered that it needs, by resource. */
export function requiredResourceAccessOf(
  application: ApplicationRecord,
): z.infer<typeof RequiredResourceAccess> {
  return RequiredResourceAccess.parse(application.fields["requiredResourceAccess"] ?? []);
}

/** What `requiredResourceAccess` asks for; a problem when a resource or an app role of it does not exist. */
export function requestedPermissions(
  { directory }: CloudContext,
  application: ApplicationRecord,
  tenant: Tenant,
): RequestedPermissions | { readonly problem: EntraError } {
  const roles: RequestedRole[] = [];
  const delegatedIds: string[] = [];
  for (const { resourceAppId, resourceAccess } of requiredResourceAccessOf(application)) {
    const resource = directory.servicePrincipalByAppId(tenant.id, resourceAppId);
    if (resource === undefined) return { problem: resourceNotInTenant(resourceAppId, tenant) };
    for (const { id, type } of resourceAccess) {
      if (type === "Scope") delegatedIds.push(id);
      else {
        const role = offeredRole(resource, id);
        if (role === undefined)
          return { problem: unknownPermission(application, id, resourceAppId) };
        roles.push({ resource, role });
      }
    }
  }
  if (roles.length + delegatedIds.length === 0) return { problem: nothingToConsentTo(application) };
  return { roles: unique(roles), delegatedIds };
}

function offeredRole(resource: ServicePrincipalRecord, id: string): AppRoleRecord | undefined {
  return resource.appRoles.find(
    (role) =>
      role.id.toLowerCase() === id.toLowerCase() &&
      role.isEnabled &&
      role.allowedMemberTypes.includes("Application"),
  );
}

function unique(roles: readonly RequestedRole[]): RequestedRole[] {
  return [...new Map(roles.map((one) => [`${one.resource.id}/${one.role.id}`, one])).values()];
}

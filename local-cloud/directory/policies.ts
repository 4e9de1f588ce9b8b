// Policies of a tenant: which credentials applications may have, and what people may do themselves. A tenant that nobody has
// told anything restricts nothing ("tenantAppManagementPolicy resource type", "authorizationPolicy resource type").
import { z } from "zod";
import type { Store } from "../state/store.js";

const Restriction = z.strictObject({
  restrictionType: z.string(),
  state: z.enum(["enabled", "disabled"]).default("enabled"),
  /** ISO 8601 duration, such as `P180D`. */
  maxLifetime: z
    .string()
    .regex(/^P(?=.)/)
    .nullable()
    .default(null),
  /** The restriction holds for applications that were created since; null for all. */
  restrictForAppsCreatedAfterDateTime: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type Restriction = z.output<typeof Restriction>;

const Restrictions = z.strictObject({
  passwordCredentials: z.array(Restriction).default([]),
  keyCredentials: z.array(Restriction).default([]),
});

/** What a test or a person may set; what is left out is as in a new tenant. */
export const TenantPolicies = z.strictObject({
  defaultAppManagementPolicy: z
    .strictObject({
      isEnabled: z.boolean().default(false),
      applicationRestrictions: Restrictions.prefault({}),
      servicePrincipalRestrictions: Restrictions.prefault({}),
    })
    .prefault({}),
  /** Policies of their own, which take the place of the default one for the applications that they are assigned to. */
  appManagementPolicies: z
    .array(
      z.strictObject({
        id: z.guid(),
        displayName: z.string(),
        isEnabled: z.boolean().default(true),
        restrictions: Restrictions.prefault({}),
        /** Object ids of applications. */
        appliesTo: z.array(z.guid()).default([]),
      }),
    )
    .default([]),
  authorizationPolicy: z
    .strictObject({
      allowedToCreateApps: z.boolean().default(true),
      permissionGrantPoliciesAssigned: z
        .array(z.string())
        .default([
          "ManagePermissionGrantsForSelf.microsoft-user-default-recommended",
          "ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-chat",
          "ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-team",
        ]),
    })
    .prefault({}),
});
export type TenantPolicies = z.output<typeof TenantPolicies>;

/** Policies by tenant; set through the control interface, since changing them through Graph is not here. */
export class Policies {
  constructor(private readonly store: Store) {}

  of(tenantId: string): TenantPolicies {
    return this.store.get<TenantPolicies>("policies", tenantId) ?? TenantPolicies.parse({});
  }

  set(tenantId: string, policies: z.input<typeof TenantPolicies>): void {
    this.store.put("policies", tenantId, TenantPolicies.parse(policies));
  }
}

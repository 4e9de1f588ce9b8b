// Policies of a tenant that decide what a deployment may do there, and what people may. Reading them takes Policy.Read.All.
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import { getOrNothing } from "./bounded-reading.js";
import { readAll } from "./read-all.js";

const Restriction = z.object({
  restrictionType: z.string(),
  /** Absent in older answers, where a restriction that is listed is in force. */
  state: z.string().nullish(),
  /** ISO 8601 duration, such as `P180D`. */
  maxLifetime: z.string().nullish(),
  restrictForAppsCreatedAfterDateTime: z.string().nullish(),
});

/** One restriction; its fields have the names of Microsoft Graph. */
export type CredentialRestriction = z.output<typeof Restriction>;

const Restrictions = z.object({
  passwordCredentials: z.array(Restriction).nullish(),
  keyCredentials: z.array(Restriction).nullish(),
});

/** Of secrets and certificates together: their types have different names. */
function allOf(restrictions: z.output<typeof Restrictions> | null | undefined) {
  const { passwordCredentials, keyCredentials } = restrictions ?? {};
  return [...(passwordCredentials ?? []), ...(keyCredentials ?? [])];
}

const DefaultPolicy = z.object({
  isEnabled: z.boolean().nullish(),
  applicationRestrictions: Restrictions.nullish(),
});

/** What holds for client secrets and certificates. */
export interface CredentialPolicy {
  /** Of the policy that was made for the application; undefined for the tenant's default. */
  readonly name: string | undefined;
  readonly restrictions: readonly CredentialRestriction[];
}

/** What holds for client secrets and certificates of any application; without restrictions where the tenant restricts nothing. @throws ReadError */
export async function defaultCredentialPolicy(
  client: Client,
  signal: AbortSignal,
): Promise<CredentialPolicy> {
  const answer = await getOrNothing(client, "/policies/defaultAppManagementPolicy", signal);
  if (answer === undefined) return { name: undefined, restrictions: [] };
  const { isEnabled, applicationRestrictions } = parseAnswer(DefaultPolicy, answer);
  const restrictions = isEnabled === true ? allOf(applicationRestrictions) : [];
  return { name: undefined, restrictions };
}

const OwnPolicy = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
  restrictions: Restrictions.nullish(),
});

/**
 * What holds for the client secrets and certificates of one application in place of the tenant's default; undefined where nothing was assigned to it.
 * A policy of its service principal is about secrets of that, of which a deployment makes none.
 * @param objectId the application's. @throws ReadError
 */
export async function assignedCredentialPolicy(
  client: Client,
  objectId: string,
  signal: AbortSignal,
): Promise<CredentialPolicy | undefined> {
  const path = `/applications/${encodeURIComponent(objectId)}/appManagementPolicies`;
  const assigned = (await readAll(client, path, OwnPolicy, signal)) ?? [];
  const own = assigned.find(({ isEnabled }) => isEnabled !== false);
  if (own === undefined) return undefined;
  const { id, displayName, restrictions } = own;
  return { name: displayName ?? id, restrictions: allOf(restrictions) };
}

/** Names of the policies that can be assigned to an application in place of the tenant's. @throws ReadError */
export async function assignablePolicies(client: Client, signal: AbortSignal): Promise<string[]> {
  const path = "/policies/appManagementPolicies?$select=id,displayName";
  const found = (await readAll(client, path, OwnPolicy, signal)) ?? [];
  return found.map(({ id, displayName }) => displayName ?? id);
}

const AuthorizationPolicy = z.object({
  defaultUserRolePermissions: z.object({
    allowedToCreateApps: z.boolean().nullish(),
    permissionGrantPoliciesAssigned: z.array(z.string()).nullish(),
  }),
});

/** What people without a directory role may do. */
export interface PeoplesRights {
  readonly mayRegisterApplications: boolean;
  /** `ManagePermissionGrantsForSelf.microsoft-user-default-low` and so on. */
  readonly grantPolicies: readonly string[];
}

/** @throws ReadError */
export async function peoplesRights(client: Client, signal: AbortSignal): Promise<PeoplesRights> {
  const answer = await getOrNothing(client, "/policies/authorizationPolicy", signal);
  const { allowedToCreateApps, permissionGrantPoliciesAssigned } = parseAnswer(
    AuthorizationPolicy,
    answer,
  ).defaultUserRolePermissions;
  return {
    mayRegisterApplications: allowedToCreateApps !== false,
    grantPolicies: permissionGrantPoliciesAssigned ?? [],
  };
}

// Role assignments. Texts of the refusals: Azure/azure-cli#29148 and "Troubleshoot Azure RBAC".
import { ArmError, notHere } from "../mechanics/arm-error.js";
import type { ExtensionRecord } from "../mechanics/extension-store.js";
import type { ExtensionType, ExtensionWrite } from "../mechanics/extension-type.js";
import { isGuid } from "../mechanics/guid.js";
import { listedAssignments } from "./assignment-list.js";
import { ROLE_ASSIGNMENTS } from "./granted.js";
import { principalType } from "./principals.js";
import { isAssignable, roleDefinition, roleNameIn } from "./role-definition.js";

const PRINCIPAL_TYPES = ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"];

export const roleAssignment: ExtensionType = {
  namespace: "Microsoft.Authorization",
  type: "roleAssignments",
  apiVersions: [
    "2015-07-01",
    "2018-01-01-preview",
    "2018-09-01-preview",
    "2020-04-01-preview",
    "2020-08-01-preview",
    "2020-10-01-preview",
    "2022-01-01-preview",
    "2022-04-01",
  ],
  created: 201,
  deleteShows: true,
  write,
  list: listedAssignments,
  missing: (_scope, name) =>
    new ArmError(404, "RoleAssignmentNotFound", `The role assignment '${name}' is not found.`),
};

function write(request: ExtensionWrite) {
  const { cloud, caller, scope, name, fields, existing } = request;
  if (!isGuid(name)) {
    throw new ArmError(
      400,
      "InvalidRoleAssignmentId",
      `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
    );
  }
  for (const unknown of ["condition", "conditionVersion", "delegatedManagedIdentityResourceId"]) {
    if (fields.has(unknown)) throw notHere(`the property '${unknown}' of role assignments`);
  }
  const roleDefinitionId = existingRole(request);
  const principalId = fields.string("principalId") ?? "";
  if (!isGuid(principalId)) {
    throw new ArmError(
      400,
      "InvalidPrincipalId",
      "A valid principal ID must be provided for role assignment.",
    );
  }
  checkUnchanged(request, principalId, roleDefinitionId);
  const type = checkedPrincipalType(request, principalId);
  if (existing === undefined) refuseTwin(request, principalId, roleDefinitionId);
  const now = cloud.context.now().toISOString();
  return {
    roleDefinitionId,
    principalId,
    principalType: type,
    scope,
    description: fields.string("description") ?? null,
    condition: null,
    conditionVersion: null,
    delegatedManagedIdentityResourceId: null,
    createdOn: existing?.properties["createdOn"] ?? now,
    updatedOn: now,
    createdBy: existing?.properties["createdBy"] ?? caller.oid,
    updatedBy: caller.oid,
  };
}

/** The id of the role as answers spell it: at the subscription. */
function existingRole({ cloud, scope, fields }: ExtensionWrite): string {
  const given = fields.string("roleDefinitionId") ?? "";
  const name = roleNameIn(given);
  if (name === undefined) {
    // The code was not seen at the real service, which refuses as well.
    throw new ArmError(
      400,
      "InvalidRoleDefinitionId",
      `The role definition ID '${given}' is not valid. It looks like '/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/{guid}'.`,
    );
  }
  const role = roleDefinition(cloud.context.store, name);
  if (role !== undefined && isAssignable(role, scope)) {
    return `/subscriptions/${scope.split("/")[2] ?? ""}/providers/Microsoft.Authorization/roleDefinitions/${name}`;
  }
  throw new ArmError(
    400,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${name.replaceAll("-", "")}' does not exist.`,
  );
}

/** One GUID is one assignment in the whole tenant, also when the principal of it is long gone. */
function checkUnchanged(
  { cloud, scope, name }: ExtensionWrite,
  principalId: string,
  roleDefinitionId: string,
): void {
  const same = cloud.extensions.named(ROLE_ASSIGNMENTS, name);
  if (same === undefined) return;
  const unchanged =
    same.scope.toLowerCase() === scope.toLowerCase() &&
    isFor(same, principalId) &&
    same.properties["roleDefinitionId"] === roleDefinitionId;
  if (unchanged) return;
  throw new ArmError(
    400,
    "RoleAssignmentUpdateNotPermitted",
    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
  );
}

/** Without `principalType` the directory is asked; with it a new principal need not have reached it yet. */
function checkedPrincipalType(request: ExtensionWrite, principalId: string): string {
  const { cloud, caller, fields } = request;
  const given = fields.string("principalType");
  if (given !== undefined && !PRINCIPAL_TYPES.includes(given)) {
    // Code and words were not seen.
    throw new ArmError(
      400,
      "InvalidPrincipalType",
      `The principal type '${given}' is not valid. Valid types are ${PRINCIPAL_TYPES.join(", ")}.`,
    );
  }
  const found = principalType(cloud.context, caller.tid, principalId);
  if (found !== undefined && given !== undefined && given !== found) {
    throw new ArmError(
      400,
      "UnmatchedPrincipalType",
      `The PrincipalId '${principalId.replaceAll("-", "")}' has type '${found}' , which is different from specified PrinciaplType '${given}'.`,
    );
  }
  const type = found ?? given;
  if (type !== undefined) return type;
  throw new ArmError(
    400,
    "PrincipalNotFound",
    `Principal ${principalId.replaceAll("-", "")} does not exist in the directory ${caller.tid}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
  );
}

function refuseTwin(
  { cloud, scope }: ExtensionWrite,
  principalId: string,
  roleDefinitionId: string,
): void {
  const twin = cloud.extensions
    .at(scope, ROLE_ASSIGNMENTS)
    .find(
      (other) =>
        isFor(other, principalId) && other.properties["roleDefinitionId"] === roleDefinitionId,
    );
  if (twin === undefined) return;
  throw new ArmError(
    409,
    "RoleAssignmentExists",
    `The role assignment already exists. The ID of the existing role assignment is ${twin.name.replaceAll("-", "")}.`,
  );
}

function isFor({ properties }: ExtensionRecord, principalId: string): boolean {
  return String(properties["principalId"]).toLowerCase() === principalId.toLowerCase();
}

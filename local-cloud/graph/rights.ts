// Which app roles each kind of call asks for, as the "Permissions" table of each operation's reference page says
// (also: repository microsoftgraph/microsoft-graph-devx-content, permissions/new/permissions.json).
import type { Rights } from "./authorize.js";

const READ_APPLICATIONS = ["Application.Read.All", "Application.ReadWrite.All"];
const READ_DIRECTORY = ["Directory.Read.All", "Directory.ReadWrite.All"];
const OWNED_BY = "Application.ReadWrite.OwnedBy";

/** `Application.ReadWrite.OwnedBy` may read every application, not only its own. */
export const readApplications: Rights = {
  allOf: [[...READ_APPLICATIONS, OWNED_BY, ...READ_DIRECTORY]],
};

export const writeApplications: Rights = {
  allOf: [["Application.ReadWrite.All"]],
  ifOwner: [OWNED_BY],
};

/** Service principals, and passwords and owners of applications. */
export const writeApplicationParts: Rights = {
  allOf: [["Application.ReadWrite.All", "Directory.ReadWrite.All"]],
  ifOwner: [OWNED_BY],
};

/** Granting takes two rights: to grant, and to read what is granted. */
export const grantAppRoles: Rights = {
  allOf: [["AppRoleAssignment.ReadWrite.All"], [...READ_APPLICATIONS, ...READ_DIRECTORY]],
};

export const revokeAppRoles: Rights = { allOf: [["AppRoleAssignment.ReadWrite.All"]] };

export const readDirectory: Rights = { allOf: [READ_DIRECTORY] };

export const writeDirectory: Rights = { allOf: [["Directory.ReadWrite.All"]] };

export const writeOrganization: Rights = { allOf: [["Organization.ReadWrite.All"]] };

export const readOrganization: Rights = {
  allOf: [
    ["Organization.Read.All", "Organization.ReadWrite.All", "User.Read.All", ...READ_DIRECTORY],
  ],
};

/** "Get tenantAppManagementPolicy" and "List appManagementPolicies". */
export const readAppManagementPolicies: Rights = {
  allOf: [["Policy.Read.All", "Policy.ReadWrite.ApplicationConfiguration"]],
};

export const readAuthorizationPolicy: Rights = { allOf: [["Policy.Read.All"]] };

export const readDelegatedGrants: Rights = {
  allOf: [
    [
      "DelegatedPermissionGrant.Read.All",
      "DelegatedPermissionGrant.ReadWrite.All",
      ...READ_DIRECTORY,
    ],
  ],
};

export const writeDelegatedGrants: Rights = {
  allOf: [["DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All"]],
};

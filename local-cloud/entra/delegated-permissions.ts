// The delegated permissions of Microsoft Graph that somebody can consent to here: those of commands that act for a
// person. Ids, values and display names: repository microsoftgraph/microsoft-graph-devx-content
// (permissions/permissions-descriptions.json).

/** A delegated permission ("scope") of Microsoft Graph. */
export interface DelegatedPermission {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  /** Only an administrator may consent to it. */
  readonly isAdmin: boolean;
}

/** Delegated permissions of Microsoft Graph in the local cloud; the real one has more than 700. */
const DELEGATED_PERMISSIONS: readonly DelegatedPermission[] = [
  permission(
    "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
    "User.Read",
    "Sign in and read user profile",
    false,
  ),
  permission(
    "3db89e36-7fa6-4012-b281-85f3d9d9fd2e",
    "AppCatalog.Submit",
    "Submit application packages to the catalog and cancel pending submissions",
    false,
  ),
  permission(
    "88e58d74-d3df-44f3-ad47-e89edf4472e4",
    "AppCatalog.Read.All",
    "Read all app catalogs",
    false,
  ),
  permission(
    "1ca167d5-1655-44a1-8adf-1414072e1ef9",
    "AppCatalog.ReadWrite.All",
    "Read and write to all app catalogs",
    true,
  ),
  permission(
    "c79f8feb-a9db-4090-85f9-90d820caa0eb",
    "Application.Read.All",
    "Read applications",
    true,
  ),
  permission(
    "bdfbf15f-ee85-4955-8675-146e8e5296b5",
    "Application.ReadWrite.All",
    "Read and write all applications",
    true,
  ),
  permission(
    "84bccea3-f856-4a8a-967b-dbe0a3d53a64",
    "AppRoleAssignment.ReadWrite.All",
    "Manage app permission grants and app role assignments",
    true,
  ),
  permission(
    "06da0dbc-49e2-44d2-8312-53f166ab848a",
    "Directory.Read.All",
    "Read directory data",
    true,
  ),
  permission(
    "093f8818-d05f-49b8-95bc-9d2a73e9a43c",
    "TeamsAppInstallation.ReadWriteForUser",
    "Manage user's installed Teams apps",
    true,
  ),
];

/** By value, in any case, or by id. */
export function findDelegatedPermission(valueOrId: string): DelegatedPermission | undefined {
  const wanted = valueOrId.toLowerCase();
  return DELEGATED_PERMISSIONS.find(
    ({ id, value }) => id === wanted || value.toLowerCase() === wanted,
  );
}

const ONLY_APP_ROLES: ReadonlySet<string> = new Set([
  "Calls.Initiate.All",
  "Calls.InitiateGroupCall.All",
  "Calls.JoinGroupCall.All",
  "Calls.JoinGroupCallAsGuest.All",
  "Calls.AccessMedia.All",
  "OnlineMeetings.Read.All",
  "OnlineMeetings.ReadWrite.All",
  "CallRecords.Read.All",
  "CallRecord-PstnCalls.Read.All",
  "CallEvents.Read.All",
  "VirtualAppointment.Read.All",
  "VirtualAppointment.ReadWrite.All",
  "Presence.ReadWrite.All",
  "Chat.ReadBasic.All",
  "Chat.Read.All",
  "Chat.ReadBasic.WhereInstalled",
  "Chat.Read.WhereInstalled",
  "Chat.ReadWrite.WhereInstalled",
  "ChatMember.Read.All",
  "Application.ReadWrite.OwnedBy",
  "TeamsAppInstallation.ReadWriteSelfForUser.All",
  "TeamsAppInstallation.ReadWriteForUser.All",
]);

/** Whether Microsoft Graph offers a permission of this name to applications only: as a scope it does not exist. */
export function isOnlyAppRole(value: string): boolean {
  return ONLY_APP_ROLES.has(value);
}

function permission(
  id: string,
  value: string,
  displayName: string,
  isAdmin: boolean,
): DelegatedPermission {
  return { id, value, displayName, isAdmin };
}

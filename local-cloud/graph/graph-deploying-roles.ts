// App roles of Microsoft Graph for an identity that deploys a bot: applications, consent, the Teams app catalogue.
import type { AppRoleRecord } from "../directory/records.js";
import { graphAppRole } from "./graph-app-role.js";

/** What registering, consenting and publishing take, and the wider roles that include it. */
export const graphDeployingRoles: readonly AppRoleRecord[] = [
  graphAppRole(
    "Application.Read.All",
    "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
    "Read all applications",
    "Read all applications and service principals.",
  ),
  graphAppRole(
    "Application.ReadWrite.OwnedBy",
    "18a4783c-866b-4cc7-a460-3d5e5662c884",
    "Manage apps that this app creates or owns",
    "Create applications and manage those that the caller owns.",
  ),
  graphAppRole(
    "Application.ReadWrite.All",
    "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
    "Read and write all applications",
    "Create, read, change and delete all applications and service principals.",
  ),
  graphAppRole(
    "AppRoleAssignment.ReadWrite.All",
    "06b708a9-e830-4db3-a914-8e69da51d44f",
    "Manage app permission grants and app role assignments",
    "Grant app roles of any API, Microsoft Graph included, to any application.",
  ),
  graphAppRole(
    "DelegatedPermissionGrant.Read.All",
    "81b4724a-58aa-41c1-8a55-84ef97466587",
    "Read all delegated permission grants",
    "Read all delegated permission grants.",
  ),
  graphAppRole(
    "DelegatedPermissionGrant.ReadWrite.All",
    "8e8e4742-1d95-4f68-9d56-6ee75648c72a",
    "Manage all delegated permission grants",
    "Read and write all delegated permission grants.",
  ),
  graphAppRole(
    "AppCatalog.Read.All",
    "e12dae10-5a57-4817-b79d-dfbec5348930",
    "Read all app catalogs",
    "Read the apps of the organisation's Teams catalogue.",
  ),
  graphAppRole(
    "AppCatalog.ReadWrite.All",
    "dc149144-f292-421e-b185-5953f2e98d7f",
    "Read and write to all app catalogs",
    "Publish, change and delete apps of the organisation's Teams catalogue.",
  ),
  graphAppRole(
    "TeamsAppInstallation.ReadWriteSelfForUser.All",
    "908de74d-f8b2-4d6b-a9ed-2a17b3b78179",
    "Allow the app to manage itself for all users",
    "Install, upgrade and remove the app itself for any user.",
  ),
  graphAppRole(
    "TeamsAppInstallation.ReadWriteForUser.All",
    "74ef0291-ca83-4d02-8c7e-d2391e6a444f",
    "Manage Teams apps for all users",
    "Install, upgrade and remove any Teams app for any user.",
  ),
  graphAppRole(
    "Directory.Read.All",
    "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
    "Read directory data",
    "Read the directory: users, groups, applications.",
  ),
  graphAppRole(
    "Directory.ReadWrite.All",
    "19dbc75e-c2e2-444c-a770-ec69d8559fc7",
    "Read and write directory data",
    "Read and write the directory: users, groups, applications.",
  ),
  graphAppRole(
    "Organization.Read.All",
    "498476ce-e0fe-48b0-b801-37ba7e2685c6",
    "Read organization information",
    "Read the organisation.",
  ),
  graphAppRole(
    "Organization.ReadWrite.All",
    "292d869f-3427-49a8-9dab-8c70152b74e9",
    "Read and write organization information",
    "Read and write the organisation.",
  ),
  graphAppRole(
    "Policy.Read.All",
    "246dd0d5-5bd0-4def-940b-0421030a5b68",
    "Read your organization's policies",
    "Read the organisation's policies.",
  ),
  graphAppRole(
    "Policy.ReadWrite.ApplicationConfiguration",
    "be74164b-cff1-491c-8741-e671cb536e13",
    "Read and write your organization's application configuration policies",
    "Read and write policies for applications.",
  ),
];

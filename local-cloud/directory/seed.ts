// What every tenant holds before anybody deploys: Microsoft Graph, Resource Manager, App Service, and the deployers.
import { seedOwners } from "../arm/authorization/seeded-assignments.js";
import { hashSecret } from "../entra/secrets.js";
import { graphAppRoles } from "../graph/graph-app-roles.js";
import type { Settings } from "../state/state-folder.js";
import type { Store } from "../state/store.js";
import {
  APP_SERVICE_APP_ID,
  APP_SERVICE_PRINCIPAL_ID,
  ARM_APP_ID,
  DEPLOYER,
  DEPLOYER_WITHOUT_DIRECTORY_RIGHTS,
  GRAPH_APP_ID,
  GRAPH_COMMAND_LINE_APP_ID,
  GRAPH_SERVICE_PRINCIPAL_ID,
  SECOND_GRAPH_SERVICE_PRINCIPAL_ID,
  SECOND_TENANT_ID,
  type SeededApplication,
  TENANT_ID,
} from "../well-known.js";
import type { Directory } from "./directory.js";
import type { AppRoleRecord } from "./records.js";

/** Microsoft's own tenant, which owns its first-party applications. */
const MICROSOFT_SERVICES_TENANT_ID = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";
const ARM_SERVICE_PRINCIPAL_ID = "10ca1000-0000-4000-8000-000000000005";
const SEEDED_AT = "2026-01-01T00:00:00Z";
const SECRETS_END_AT = "2099-12-31T00:00:00Z";

/** App roles of a deployer that creates applications, grants app roles and publishes Teams apps. */
const DEPLOYER_ROLES = [
  "Application.Read.All",
  "Application.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
  "AppCatalog.ReadWrite.All",
  "Organization.Read.All",
  "Policy.Read.All",
];

/** Fills an empty store; of one that has been filled before only what has come since is added. */
export function seed(store: Store, directory: Directory, settings: Settings): void {
  store.transaction(() => {
    seedGraphCommandLine(directory);
    if (store.get("meta", "seeded") !== undefined) return;
    seedMicrosoftServices(directory);
    seedDeployer(directory, DEPLOYER, settings.deployerSecret);
    seedDeployer(
      directory,
      DEPLOYER_WITHOUT_DIRECTORY_RIGHTS,
      settings.deployerWithoutDirectoryRightsSecret,
    );
    grantToDeployer(directory, DEPLOYER_ROLES);
    const owners = [DEPLOYER, DEPLOYER_WITHOUT_DIRECTORY_RIGHTS].map(
      (one) => one.servicePrincipalId,
    );
    for (const owner of owners) store.put("armRoles", owner, "Owner");
    seedOwners(store, owners, SEEDED_AT);
    store.put("meta", "seeded", SEEDED_AT);
  });
}

function seedMicrosoftServices(directory: Directory): void {
  const services: [
    tenantId: string,
    id: string,
    appId: string,
    name: string,
    roles: readonly AppRoleRecord[],
  ][] = [
    [TENANT_ID, GRAPH_SERVICE_PRINCIPAL_ID, GRAPH_APP_ID, "Microsoft Graph", graphAppRoles],
    [
      SECOND_TENANT_ID,
      SECOND_GRAPH_SERVICE_PRINCIPAL_ID,
      GRAPH_APP_ID,
      "Microsoft Graph",
      graphAppRoles,
    ],
    [TENANT_ID, ARM_SERVICE_PRINCIPAL_ID, ARM_APP_ID, "Windows Azure Service Management API", []],
    [TENANT_ID, APP_SERVICE_PRINCIPAL_ID, APP_SERVICE_APP_ID, "Microsoft Azure App Service", []],
  ];
  for (const [tenantId, id, appId, displayName, appRoles] of services) {
    directory.putServicePrincipal({
      id,
      appId,
      tenantId,
      appOwnerOrganizationId: MICROSOFT_SERVICES_TENANT_ID,
      servicePrincipalType: "Application",
      createdDateTime: SEEDED_AT,
      fields: {
        displayName,
        accountEnabled: true,
        signInAudience: "AzureADMultipleOrgs",
        tags: [],
      },
      appRoles,
      owners: [],
    });
  }
}

/** Microsoft's own client for command lines that act for a person: public, for every tenant. */
function seedGraphCommandLine(directory: Directory): void {
  if (directory.applicationByAppId(GRAPH_COMMAND_LINE_APP_ID) !== undefined) return;
  directory.putApplication({
    id: "10ca1000-0000-4000-8000-000000000006",
    appId: GRAPH_COMMAND_LINE_APP_ID,
    tenantId: MICROSOFT_SERVICES_TENANT_ID,
    createdDateTime: SEEDED_AT,
    fields: {
      displayName: "Microsoft Graph Command Line Tools",
      signInAudience: "AzureADMultipleOrgs",
      isFallbackPublicClient: true,
      publicClient: { redirectUris: ["http://localhost"] },
      tags: [],
    },
    passwordCredentials: [],
    federatedIdentityCredentials: [],
    owners: [],
  });
}

function seedDeployer(directory: Directory, deployer: SeededApplication, secret: string): void {
  directory.putApplication({
    id: deployer.objectId,
    appId: deployer.appId,
    tenantId: TENANT_ID,
    createdDateTime: SEEDED_AT,
    fields: { displayName: deployer.displayName, signInAudience: "AzureADMyOrg", tags: [] },
    passwordCredentials: [
      {
        keyId: `${deployer.objectId.slice(0, -2)}00`,
        displayName: "local cloud",
        hint: secret.slice(0, 3),
        startDateTime: SEEDED_AT,
        endDateTime: SECRETS_END_AT,
        secretHash: hashSecret(secret),
      },
    ],
    federatedIdentityCredentials: [],
    owners: [],
  });
  directory.putServicePrincipal({
    id: deployer.servicePrincipalId,
    appId: deployer.appId,
    tenantId: TENANT_ID,
    appOwnerOrganizationId: TENANT_ID,
    servicePrincipalType: "Application",
    createdDateTime: SEEDED_AT,
    fields: { displayName: deployer.displayName, accountEnabled: true, tags: [] },
    appRoles: [],
    owners: [],
  });
}

function grantToDeployer(directory: Directory, values: readonly string[]): void {
  for (const value of values) {
    const role = graphAppRoles.find((candidate) => candidate.value === value);
    if (role === undefined) throw new Error(`Microsoft Graph has no app role ${value}`);
    directory.putAssignment({
      id: Buffer.from(`local-deployer-${value}`).toString("base64url"),
      tenantId: TENANT_ID,
      appRoleId: role.id,
      principalId: DEPLOYER.servicePrincipalId,
      resourceId: GRAPH_SERVICE_PRINCIPAL_ID,
      createdDateTime: SEEDED_AT,
    });
  }
}

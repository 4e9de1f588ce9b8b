// Resources that existed before the stack: they are imported, keep what the stack says nothing of, and outlive it.
import type * as pulumi from "@pulumi/pulumi";

/**
 * Options of a resource that is taken over by its id; none for one that is made.
 * @param kept properties that stay as they were found, whatever the program says
 */
export function adoptedResource(
  id: string | undefined,
  kept: readonly string[],
): pulumi.CustomResourceOptions {
  return id === undefined ? {} : { import: id, retainOnDelete: true, ignoreChanges: [...kept] };
}

/**
 * Properties of an application that this package has no setting for. Left out of a program the provider would empty them.
 * Not among them: `featureTags`, which the provider derives from `tags` and takes only in their place.
 */
export const KEPT_OF_APPLICATION: readonly string[] = [
  "api",
  "appRoles",
  "description",
  "deviceOnlyAuthEnabled",
  "displayName",
  "fallbackPublicClientEnabled",
  "groupMembershipClaims",
  "identifierUris",
  "logoImage",
  "marketingUrl",
  "notes",
  "oauth2PostResponseRequired",
  "optionalClaims",
  "owners",
  "password",
  "preventDuplicateNames",
  "privacyStatementUrl",
  "publicClient",
  "serviceManagementReference",
  "signInAudience",
  "singlePageApplication",
  "supportUrl",
  "templateId",
  "termsOfServiceUrl",
  "web.homepageUrl",
  "web.implicitGrant",
  "web.logoutUrl",
];

/** The same of a service principal. `tags`, `features` and `featureTags` are the provider's to compute. */
export const KEPT_OF_SERVICE_PRINCIPAL: readonly string[] = [
  "accountEnabled",
  "alternativeNames",
  "appRoleAssignmentRequired",
  "description",
  "loginUrl",
  "notes",
  "notificationEmailAddresses",
  "owners",
  "preferredSingleSignOnMode",
  "samlSingleSignOn",
  "useExisting",
];

/** What of an Azure Bot has no setting here, or can never change. */
const KEPT_OF_BOT: readonly string[] = [
  "kind",
  "location",
  "tags",
  ...[
    "allSettings",
    "appPasswordHint",
    "cmekKeyVaultUrl",
    "developerAppInsightKey",
    "developerAppInsightsApplicationId",
    "disableLocalAuth",
    "isCmekEnabled",
    "isStreamingSupported",
    "luisAppIds",
    "manifestUrl",
    "msaAppId",
    "msaAppMSIResourceId",
    "msaAppTenantId",
    "msaAppType",
    "openWithHint",
    "parameters",
    "publicNetworkAccess",
    "publishingCredentials",
    "schemaTransformationVersion",
    "storageResourceId",
    "tenantId",
  ].map(inProperties),
];

/** The properties of a bot that stay as they were found: those without a setting, and those that the program leaves out. */
export function keptOfBot(said: { readonly description?: unknown; readonly iconUrl?: unknown }) {
  const unsaid = (["description", "iconUrl"] as const).filter((name) => said[name] === undefined);
  return [...KEPT_OF_BOT, ...unsaid.map(inProperties)];
}

function inProperties(name: string): string {
  return `properties.${name}`;
}

/** What of a Teams channel has no setting here. */
export const KEPT_OF_CHANNEL: readonly string[] = [
  "kind",
  "location",
  "sku",
  "tags",
  "properties.etag",
  "properties.location",
  "properties.properties.acceptedTerms",
  "properties.properties.deploymentEnvironment",
  "properties.properties.incomingCallRoute",
];

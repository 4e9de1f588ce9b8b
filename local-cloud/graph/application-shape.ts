// The properties of an application ("application resource type", Microsoft Graph v1.0).
import {
  anything,
  dateTime,
  type EntityShape,
  flag,
  guid,
  listOf,
  object,
  orElse,
  type Shape,
  text,
  texts,
  whole,
} from "./shape.js";

/** An app role that an application offers. */
const appRole: Shape = object("microsoft.graph.appRole", {
  allowedMemberTypes: texts,
  description: text,
  displayName: text,
  id: guid,
  isEnabled: flag,
  origin: text,
  value: text,
});

/** A delegated permission that an application offers. */
const permissionScope: Shape = object("microsoft.graph.permissionScope", {
  adminConsentDescription: text,
  adminConsentDisplayName: text,
  id: guid,
  isEnabled: flag,
  type: text,
  userConsentDescription: text,
  userConsentDisplayName: text,
  value: text,
  origin: text,
});

/** What a client may say of a secret; the secret itself is made by the service. */
export const passwordCredential: Shape = object("microsoft.graph.passwordCredential", {
  customKeyIdentifier: anything,
  displayName: text,
  endDateTime: dateTime,
  hint: text,
  keyId: guid,
  secretText: text,
  startDateTime: dateTime,
});

/** Marketing and legal links. */
const informationalUrl: Shape = object("microsoft.graph.informationalUrl", {
  logoUrl: text,
  marketingUrl: text,
  privacyStatementUrl: text,
  supportUrl: text,
  termsOfServiceUrl: text,
});

export const applicationShape: EntityShape = {
  resource: "Application",
  type: "microsoft.graph.application",
  collection: "applications",
  writable: {
    applicationTemplateId: text,
    displayName: text,
    description: text,
    groupMembershipClaims: text,
    identifierUris: texts,
    isDeviceOnlyAuthSupported: flag,
    isFallbackPublicClient: flag,
    nativeAuthenticationApisEnabled: text,
    notes: text,
    oauth2RequirePostResponse: flag,
    serviceManagementReference: text,
    signInAudience: text,
    tags: texts,
    tokenEncryptionKeyId: guid,
    uniqueName: text,
    samlMetadataUrl: text,
    defaultRedirectUri: text,
    optionalClaims: anything,
    servicePrincipalLockConfiguration: anything,
    requestSignatureVerification: anything,
    addIns: listOf(anything),
    api: object("microsoft.graph.apiApplication", {
      acceptMappedClaims: flag,
      knownClientApplications: listOf(guid),
      requestedAccessTokenVersion: whole,
      oauth2PermissionScopes: listOf(permissionScope),
      preAuthorizedApplications: listOf(
        object("microsoft.graph.preAuthorizedApplication", {
          appId: guid,
          delegatedPermissionIds: listOf(guid),
        }),
      ),
    }),
    appRoles: listOf(appRole),
    info: informationalUrl,
    keyCredentials: listOf(anything),
    parentalControlSettings: object("microsoft.graph.parentalControlSettings", {
      countriesBlockedForMinors: texts,
      legalAgeGroupRule: orElse("string", "Allow"),
    }),
    passwordCredentials: listOf(passwordCredential),
    publicClient: object("microsoft.graph.publicClientApplication", { redirectUris: texts }),
    requiredResourceAccess: listOf(
      object("microsoft.graph.requiredResourceAccess", {
        resourceAppId: text,
        resourceAccess: listOf(object("microsoft.graph.resourceAccess", { id: guid, type: text })),
      }),
    ),
    spa: object("microsoft.graph.spaApplication", { redirectUris: texts }),
    web: object("microsoft.graph.webApplication", {
      homePageUrl: text,
      logoutUrl: text,
      redirectUris: texts,
      implicitGrantSettings: object("microsoft.graph.implicitGrantSettings", {
        enableAccessTokenIssuance: orElse("boolean", false),
        enableIdTokenIssuance: orElse("boolean", false),
      }),
      redirectUriSettings: listOf(
        object("microsoft.graph.redirectUriSettings", { uri: text, index: whole }),
      ),
    }),
  },
  readOnly: [
    "id",
    "appId",
    "createdDateTime",
    "deletedDateTime",
    "publisherDomain",
    "disabledByMicrosoftStatus",
    "certification",
    "verifiedPublisher",
  ],
};

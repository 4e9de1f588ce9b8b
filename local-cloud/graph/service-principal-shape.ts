// The properties of a service principal ("servicePrincipal resource type", Microsoft Graph v1.0).
import { type EntityShape, guid, orElse, type Shape, text, texts } from "./shape.js";

const samlSingleSignOnSettings: Shape = {
  kind: "object",
  type: "microsoft.graph.samlSingleSignOnSettings",
  properties: { relayState: text },
  nullable: true,
};

export const servicePrincipalShape: EntityShape = {
  resource: "ServicePrincipal",
  type: "microsoft.graph.servicePrincipal",
  collection: "servicePrincipals",
  writable: {
    accountEnabled: orElse("boolean", true),
    alternativeNames: texts,
    appRoleAssignmentRequired: orElse("boolean", false),
    description: text,
    loginUrl: text,
    notes: text,
    notificationEmailAddresses: texts,
    preferredSingleSignOnMode: text,
    preferredTokenSigningKeyThumbprint: text,
    samlSingleSignOnSettings,
    tags: texts,
    tokenEncryptionKeyId: guid,
  },
  readOnly: [
    "id",
    "appId",
    "deletedDateTime",
    "createdDateTime",
    "appDisplayName",
    "appDescription",
    "applicationTemplateId",
    "appOwnerOrganizationId",
    "disabledByMicrosoftStatus",
    "servicePrincipalType",
    "signInAudience",
    "info",
    "oauth2PermissionScopes",
    "resourceSpecificApplicationPermissions",
    "verifiedPublisher",
  ],
  // Here these follow the application, always.
  notWritableHere: [
    "addIns",
    "appRoles",
    "displayName",
    "homepage",
    "keyCredentials",
    "logoutUrl",
    "passwordCredentials",
    "replyUrls",
    "servicePrincipalNames",
  ],
};

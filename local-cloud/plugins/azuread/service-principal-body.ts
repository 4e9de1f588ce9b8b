// A service principal as it goes to Graph and as it comes from there ("servicePrincipal resource type", Graph v1.0).
import { objectOf, objectsOf, type Properties, textOf, textsOf } from "../wire/property-values.js";
import { featuresOf, featureTagsOf, tagsOf } from "./feature-tags.js";
import { orEmpty, orFalse, orNull } from "./graph-values.js";
import { appRoleOutput, idsByValue, scopeOutput } from "./permission-shape.js";

/** Everything that a program can say, without the application it belongs to. */
export function servicePrincipalBody(inputs: Properties): Properties {
  const relayState = textOf(objectOf(inputs, "samlSingleSignOn"), "relayState");
  return {
    accountEnabled: inputs["accountEnabled"] !== false,
    alternativeNames: textsOf(inputs, "alternativeNames").sort(),
    appRoleAssignmentRequired: orFalse(inputs["appRoleAssignmentRequired"]),
    description: orNull(inputs["description"]),
    loginUrl: orNull(inputs["loginUrl"]),
    notes: orNull(inputs["notes"]),
    notificationEmailAddresses: textsOf(inputs, "notificationEmailAddresses").sort(),
    preferredSingleSignOnMode: orNull(inputs["preferredSingleSignOnMode"]),
    samlSingleSignOnSettings: relayState === undefined ? null : { relayState },
    tags: tagsOf(inputs),
  };
}

/** What Graph says of a service principal, as the state has it. The SAML metadata address comes from the beta version. */
export function servicePrincipalOutputs(found: Properties, samlMetadataUrl: string): Properties {
  const tags = textsOf(found, "tags").sort();
  const roles = objectsOf(found, "appRoles");
  const scopes = objectsOf(found, "oauth2PermissionScopes");
  return {
    accountEnabled: orFalse(found["accountEnabled"]),
    alternativeNames: textsOf(found, "alternativeNames").sort(),
    appRoleAssignmentRequired: orFalse(found["appRoleAssignmentRequired"]),
    appRoleIds: idsByValue(roles),
    appRoles: roles.map(appRoleOutput),
    applicationTenantId: orEmpty(found["appOwnerOrganizationId"]),
    clientId: orEmpty(found["appId"]),
    description: orEmpty(found["description"]),
    displayName: orEmpty(found["displayName"]),
    featureTags: featureTagsOf(tags),
    features: featuresOf(tags),
    homepageUrl: orEmpty(found["homepage"]),
    loginUrl: orEmpty(found["loginUrl"]),
    logoutUrl: orEmpty(found["logoutUrl"]),
    notes: orEmpty(found["notes"]),
    notificationEmailAddresses: textsOf(found, "notificationEmailAddresses").sort(),
    oauth2PermissionScopeIds: idsByValue(scopes),
    oauth2PermissionScopes: scopes.map(scopeOutput),
    objectId: orEmpty(found["id"]),
    preferredSingleSignOnMode: orEmpty(found["preferredSingleSignOnMode"]),
    redirectUris: textsOf(found, "replyUrls"),
    samlMetadataUrl,
    samlSingleSignOn: {
      relayState: orEmpty(objectOf(found, "samlSingleSignOnSettings")["relayState"]),
    },
    servicePrincipalNames: textsOf(found, "servicePrincipalNames"),
    signInAudience: orEmpty(found["signInAudience"]),
    tags,
    type: orEmpty(found["servicePrincipalType"]),
  };
}

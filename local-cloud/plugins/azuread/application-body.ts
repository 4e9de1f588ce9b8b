// An application as it goes to Graph and as it comes from there ("application resource type", Microsoft Graph v1.0).
import {
  objectOf,
  objectsOf,
  type Properties,
  type PropertyValue,
  textOf,
  textsOf,
} from "../wire/property-values.js";
import { featureTagsOf, tagsOf } from "./feature-tags.js";
import { orEmpty, orFalse, orNull } from "./graph-values.js";
import {
  appRoleBody,
  appRoleOutput,
  idsByValue,
  scopeBody,
  scopeOutput,
} from "./permission-shape.js";

/** Everything that a program can say, with null and [] for what it does not say. */
export function applicationBody(inputs: Properties): Properties {
  const api = objectOf(inputs, "api");
  return {
    displayName: orNull(inputs["displayName"]),
    description: orNull(inputs["description"]),
    api: {
      acceptMappedClaims: orFalse(api["mappedClaimsEnabled"]),
      knownClientApplications: textsOf(api, "knownClientApplications").sort(),
      oauth2PermissionScopes: objectsOf(api, "oauth2PermissionScopes").map(scopeBody),
      requestedAccessTokenVersion: api["requestedAccessTokenVersion"] ?? 1,
    },
    appRoles: objectsOf(inputs, "appRoles").map(appRoleBody),
    // Graph has them as one text with commas.
    groupMembershipClaims: orNull(textsOf(inputs, "groupMembershipClaims").sort().join(",")),
    identifierUris: textsOf(inputs, "identifierUris").sort(),
    info: {
      marketingUrl: orNull(inputs["marketingUrl"]),
      privacyStatementUrl: orNull(inputs["privacyStatementUrl"]),
      supportUrl: orNull(inputs["supportUrl"]),
      termsOfServiceUrl: orNull(inputs["termsOfServiceUrl"]),
    },
    isDeviceOnlyAuthSupported: orFalse(inputs["deviceOnlyAuthEnabled"]),
    isFallbackPublicClient: orFalse(inputs["fallbackPublicClientEnabled"]),
    notes: orNull(inputs["notes"]),
    optionalClaims: optionalClaimsBody(objectOf(inputs, "optionalClaims")),
    publicClient: redirectsBody(objectOf(inputs, "publicClient")),
    requiredResourceAccess: objectsOf(inputs, "requiredResourceAccesses").map((access) => ({
      resourceAppId: orNull(access["resourceAppId"]),
      resourceAccess: objectsOf(access, "resourceAccesses").map(({ id, type }) => ({
        id: orNull(id),
        type: orNull(type),
      })),
    })),
    serviceManagementReference: orNull(inputs["serviceManagementReference"]),
    signInAudience: orNull(inputs["signInAudience"]),
    spa: redirectsBody(objectOf(inputs, "singlePageApplication")),
    tags: tagsOf(inputs),
    web: webBody(objectOf(inputs, "web")),
  };
}

function redirectsBody(client: Properties): Properties {
  return { redirectUris: textsOf(client, "redirectUris").sort() };
}

function webBody(web: Properties): Properties {
  const grant = objectOf(web, "implicitGrant");
  return {
    homePageUrl: orNull(web["homepageUrl"]),
    implicitGrantSettings: {
      enableAccessTokenIssuance: orFalse(grant["accessTokenIssuanceEnabled"]),
      enableIdTokenIssuance: orFalse(grant["idTokenIssuanceEnabled"]),
    },
    logoutUrl: orNull(web["logoutUrl"]),
    redirectUris: textsOf(web, "redirectUris").sort(),
  };
}

const CLAIMS = [
  ["accessTokens", "accessToken"],
  ["idTokens", "idToken"],
  ["saml2Tokens", "saml2Token"],
] as const;

function optionalClaimsBody(claims: Properties): PropertyValue {
  return Object.fromEntries(
    CLAIMS.map(([name, graphName]) => [
      graphName,
      objectsOf(claims, name).map((claim) => ({
        additionalProperties: textsOf(claim, "additionalProperties"),
        essential: orFalse(claim["essential"]),
        name: orNull(claim["name"]),
        source: orNull(claim["source"]),
      })),
    ]),
  );
}

/** What Graph says of an application, as the state has it: every property, empty where unset. */
export function applicationOutputs(application: Properties): Properties {
  const api = objectOf(application, "api");
  const info = objectOf(application, "info");
  const scopes = objectsOf(api, "oauth2PermissionScopes");
  const roles = objectsOf(application, "appRoles");
  const tags = textsOf(application, "tags").sort();
  const claims = textOf(application, "groupMembershipClaims") ?? "";
  return {
    api: {
      knownClientApplications: textsOf(api, "knownClientApplications").sort(),
      mappedClaimsEnabled: orFalse(api["acceptMappedClaims"]),
      oauth2PermissionScopes: scopes.map(scopeOutput),
      requestedAccessTokenVersion: api["requestedAccessTokenVersion"] ?? 1,
    },
    appRoleIds: idsByValue(roles),
    appRoles: roles.map(appRoleOutput),
    clientId: orEmpty(application["appId"]),
    description: orEmpty(application["description"]),
    deviceOnlyAuthEnabled: orFalse(application["isDeviceOnlyAuthSupported"]),
    disabledByMicrosoft: orEmpty(application["disabledByMicrosoftStatus"]),
    displayName: orEmpty(application["displayName"]),
    fallbackPublicClientEnabled: orFalse(application["isFallbackPublicClient"]),
    featureTags: featureTagsOf(tags),
    groupMembershipClaims: claims.split(",").flatMap((claim) => claim.trim() || []),
    identifierUris: textsOf(application, "identifierUris").sort(),
    logoUrl: orEmpty(info["logoUrl"]),
    marketingUrl: orEmpty(info["marketingUrl"]),
    notes: orEmpty(application["notes"]),
    oauth2PermissionScopeIds: idsByValue(scopes),
    objectId: orEmpty(application["id"]),
    optionalClaims: optionalClaimsOutput(objectOf(application, "optionalClaims")),
    privacyStatementUrl: orEmpty(info["privacyStatementUrl"]),
    publicClient: redirectsBody(objectOf(application, "publicClient")),
    publisherDomain: orEmpty(application["publisherDomain"]),
    requiredResourceAccesses: objectsOf(application, "requiredResourceAccess").map((access) => ({
      resourceAppId: orEmpty(access["resourceAppId"]),
      resourceAccesses: objectsOf(access, "resourceAccess").map(({ id, type }) => ({
        id: orEmpty(id),
        type: orEmpty(type),
      })),
    })),
    serviceManagementReference: orEmpty(application["serviceManagementReference"]),
    signInAudience: orEmpty(application["signInAudience"]),
    singlePageApplication: redirectsBody(objectOf(application, "spa")),
    supportUrl: orEmpty(info["supportUrl"]),
    tags,
    templateId: orEmpty(application["applicationTemplateId"]),
    termsOfServiceUrl: orEmpty(info["termsOfServiceUrl"]),
    web: webOutput(objectOf(application, "web")),
  };
}

function webOutput(web: Properties): Properties {
  const grant = objectOf(web, "implicitGrantSettings");
  return {
    homepageUrl: orEmpty(web["homePageUrl"]),
    implicitGrant: {
      accessTokenIssuanceEnabled: orFalse(grant["enableAccessTokenIssuance"]),
      idTokenIssuanceEnabled: orFalse(grant["enableIdTokenIssuance"]),
    },
    logoutUrl: orEmpty(web["logoutUrl"]),
    redirectUris: textsOf(web, "redirectUris").sort(),
  };
}

function optionalClaimsOutput(claims: Properties): Properties {
  return Object.fromEntries(
    CLAIMS.map(([name, graphName]) => [
      name,
      objectsOf(claims, graphName).map((claim) => ({
        additionalProperties: textsOf(claim, "additionalProperties"),
        essential: orFalse(claim["essential"]),
        name: orEmpty(claim["name"]),
        source: orEmpty(claim["source"]),
      })),
    ]),
  );
}

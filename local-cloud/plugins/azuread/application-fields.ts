// The inputs of an application.
import { objectOf, type Properties, textOf } from "../wire/property-values.js";
import { type Field, type Fields, flag, text, textSet } from "./field.js";
import {
  date,
  httpUrl,
  identifierUri,
  logoutUrl,
  notEmpty,
  oneOf,
  publicRedirectUri,
  redirectUri,
  uuid,
} from "./field-rules.js";
import { APP_ROLES, PERMISSION_SCOPES } from "./permission-shape.js";

/** Each list of redirect URIs. */
const MAX_REDIRECT_URIS = 256;
const webUris: Field = {
  kind: "set",
  maxItems: MAX_REDIRECT_URIS,
  items: { kind: "text", rule: redirectUri },
};
const url: Field = { kind: "text", rule: httpUrl };
const PERSONAL_AUDIENCES = ["AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"];
export const SIGN_IN_AUDIENCES = ["AzureADMyOrg", "AzureADMultipleOrgs", ...PERSONAL_AUDIENCES];

export const FEATURE_TAGS: Field = {
  kind: "list",
  computed: true,
  items: {
    kind: "object",
    fields: { customSingleSignOn: flag, enterprise: flag, gallery: flag, hide: flag },
  },
};

const CLAIMS: Field = {
  kind: "list",
  items: {
    kind: "object",
    fields: {
      additionalProperties: { kind: "list", items: text },
      essential: flag,
      name: { kind: "text", required: true },
      source: text,
    },
  },
};

export const APPLICATION_FIELDS: Fields = {
  api: {
    kind: "object",
    fields: {
      knownClientApplications: { kind: "set", items: { kind: "text", rule: uuid } },
      mappedClaimsEnabled: flag,
      oauth2PermissionScopes: PERMISSION_SCOPES,
      requestedAccessTokenVersion: { kind: "whole", default: 1 },
    },
  },
  appRoles: APP_ROLES,
  description: text,
  deviceOnlyAuthEnabled: flag,
  displayName: { kind: "text", required: true, rule: notEmpty },
  fallbackPublicClientEnabled: flag,
  featureTags: FEATURE_TAGS,
  groupMembershipClaims: {
    kind: "set",
    items: {
      kind: "text",
      rule: oneOf("All", "None", "ApplicationGroup", "DirectoryRole", "SecurityGroup"),
    },
  },
  identifierUris: { kind: "set", items: { kind: "text", rule: identifierUri } },
  logoImage: text,
  marketingUrl: url,
  notes: text,
  oauth2PostResponseRequired: flag,
  optionalClaims: {
    kind: "object",
    fields: { accessTokens: CLAIMS, idTokens: CLAIMS, saml2Tokens: CLAIMS },
  },
  owners: { kind: "set", items: { kind: "text", rule: uuid } },
  password: {
    kind: "object",
    computed: true,
    fields: {
      displayName: { kind: "text", required: true, rule: notEmpty },
      endDate: { kind: "text", computed: true, rule: date },
      keyId: { kind: "text", computed: true },
      startDate: { kind: "text", computed: true, rule: date },
      value: { kind: "text", computed: true },
    },
  },
  preventDuplicateNames: flag,
  privacyStatementUrl: url,
  publicClient: {
    kind: "object",
    fields: {
      redirectUris: {
        kind: "set",
        maxItems: MAX_REDIRECT_URIS,
        items: { kind: "text", rule: publicRedirectUri },
      },
    },
  },
  requiredResourceAccesses: {
    kind: "set",
    items: {
      kind: "object",
      fields: {
        resourceAccesses: {
          kind: "list",
          required: true,
          minItems: 1,
          items: {
            kind: "object",
            fields: {
              id: { kind: "text", required: true, rule: uuid },
              type: { kind: "text", required: true, rule: oneOf("Role", "Scope") },
            },
          },
        },
        resourceAppId: { kind: "text", required: true },
      },
    },
  },
  serviceManagementReference: text,
  signInAudience: { kind: "text", default: "AzureADMyOrg", rule: oneOf(...SIGN_IN_AUDIENCES) },
  singlePageApplication: { kind: "object", fields: { redirectUris: webUris } },
  supportUrl: url,
  tags: { ...textSet, computed: true },
  templateId: { kind: "text", computed: true, replaces: true },
  termsOfServiceUrl: url,
  web: {
    kind: "object",
    fields: {
      homepageUrl: url,
      implicitGrant: {
        kind: "object",
        fields: { accessTokenIssuanceEnabled: flag, idTokenIssuanceEnabled: flag },
      },
      logoutUrl: { kind: "text", rule: logoutUrl },
      redirectUris: webUris,
    },
  },
};

/** The rules over several fields. */
export function checkApplication(inputs: Properties): string[] {
  const version = objectOf(inputs, "api")["requestedAccessTokenVersion"] ?? 1;
  const audience = textOf(inputs, "signInAudience") ?? "";
  const personal = PERSONAL_AUDIENCES.includes(audience);
  return [
    ...(version === 1 || version === 2 || typeof version !== "number"
      ? []
      : [`Value must be one of: 1, 2, got ${version}`]),
    ...(personal && version === 1
      ? [`\`requested_access_token_version\` must be 2 when \`sign_in_audience\` is "${audience}"`]
      : []),
    ...(inputs["tags"] !== undefined && inputs["featureTags"] !== undefined
      ? ['Conflicting configuration arguments: "tags" conflicts with "featureTags"']
      : []),
    ...["logoImage", "templateId"].flatMap((name) =>
      inputs[name] === undefined
        ? []
        : [
            `${name} is not known to the local cloud, which keeps no logos and no templates. Leave it out.`,
          ],
    ),
  ];
}

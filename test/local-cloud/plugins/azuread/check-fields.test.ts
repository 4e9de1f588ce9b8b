import { expect, test } from "vitest";
import {
  APPLICATION_FIELDS,
  checkApplication,
} from "../../../../local-cloud/plugins/azuread/application-fields.js";
import {
  checkFields,
  withFieldDefaults,
} from "../../../../local-cloud/plugins/azuread/check-fields.js";
import { redirectUri } from "../../../../local-cloud/plugins/azuread/field-rules.js";
import { type Properties, UNKNOWN } from "../../../../local-cloud/plugins/wire/property-values.js";

const reasons = (inputs: Properties) =>
  checkFields(APPLICATION_FIELDS, { displayName: "Bot", ...inputs }, "bot").map(
    ({ reason }) => reason,
  );

test("accepts what the real provider accepts, also where it is unknown", () => {
  expect(reasons({ web: { redirectUris: ["https://a.example/", UNKNOWN] }, api: UNKNOWN })).toEqual(
    [],
  );
});

test("refuses unknown and missing properties by their place", () => {
  expect(reasons({ web: { redirectUrls: [] } })).toEqual([
    "Invalid or unknown key. Examine values at 'bot.web.redirectUrls'.",
  ]);
  expect(checkFields(APPLICATION_FIELDS, {}, "bot")).toEqual([
    {
      reason:
        "Missing required argument. The argument \"displayName\" is required, but no definition was found. Examine values at 'bot.displayName'.",
    },
  ]);
});

test("knows only Role and Scope", () => {
  const access = (type: string) => ({
    requiredResourceAccesses: [
      {
        resourceAppId: "00000003-0000-0000-c000-000000000000",
        resourceAccesses: [{ id: "284383ee-7f6e-4e40-a2a8-e85dcb029101", type }],
      },
    ],
  });
  expect(reasons(access("Role"))).toEqual([]);
  expect(reasons(access("role"))).toEqual([
    'expected requiredResourceAccesses[0].resourceAccesses[0].type to be one of ["Role" "Scope"], got role. Examine values at \'bot.requiredResourceAccesses[0].resourceAccesses[0].type\'.',
  ]);
});

test("checks redirect URIs: scheme, host, slash, length", () => {
  const said = (uri: string) => redirectUri(uri, "p");
  expect(said("https://a.example/")).toBeUndefined();
  expect(said("https://a.example/b")).toBeUndefined();
  expect(said("http://localhost:3000/")).toBeUndefined();
  expect(said("https://a.example")).toBe(
    'URI must have a trailing slash when there is no path segment for "p"',
  );
  expect(said("ftp://a.example/")).toBe(
    'unexpected URI scheme for "p", expected one of: http, https, ms-appx-web, brk-multihub',
  );
  expect(said("https:///b")).toBe('URI has no host for "p"');
  expect(said("nonsense")).toBe('URI has no host for "p"');
  expect(said("")).toBe('URI must not be empty for "p"');
  const long = `https://a.example/${"x".repeat(238)}`;
  expect(said(long)).toBeUndefined();
  expect(said(`${long}x`)).toBe('URI must be 256 characters or less for "p"');
});

test("refuses token version 1 for personal accounts, and what the local cloud has not", () => {
  expect(checkApplication({ signInAudience: "AzureADandPersonalMicrosoftAccount" })).toEqual([
    '`requested_access_token_version` must be 2 when `sign_in_audience` is "AzureADandPersonalMicrosoftAccount"',
  ]);
  expect(checkApplication({ logoImage: "x" })).toEqual([
    "logoImage is not known to the local cloud, which keeps no logos and no templates. Leave it out.",
  ]);
});

test("fills in defaults, also inside objects and lists, but makes no objects up", () => {
  const filled = withFieldDefaults(APPLICATION_FIELDS, { api: {}, appRoles: [{ id: "x" }] });
  expect(filled).toEqual({
    api: { requestedAccessTokenVersion: 1 },
    appRoles: [{ id: "x", enabled: true }],
    signInAudience: "AzureADMyOrg",
  });
});

import { expect, test } from "vitest";
import { applicationOutputs } from "../../../../local-cloud/plugins/azuread/application-body.js";
import { APPLICATION_FIELDS } from "../../../../local-cloud/plugins/azuread/application-fields.js";
import {
  diffFields,
  importedInputs,
  refreshedFields,
} from "../../../../local-cloud/plugins/azuread/diff-fields.js";
import type { Properties } from "../../../../local-cloud/plugins/wire/property-values.js";

const ROLE = { id: "r", type: "Role" };

const state = (over: Properties = {}): Properties =>
  applicationOutputs({
    id: "o",
    appId: "a",
    displayName: "Bot",
    signInAudience: "AzureADMyOrg",
    api: { requestedAccessTokenVersion: 1 },
    web: { redirectUris: ["https://b/", "https://a/"] },
    requiredResourceAccess: [{ resourceAppId: "g", resourceAccess: [ROLE] }],
    tags: ["of the service"],
    ...over,
  });

const inputs = (over: Properties = {}): Properties => ({
  displayName: "Bot",
  signInAudience: "AzureADMyOrg",
  web: { redirectUris: ["https://b/", "https://a/"] },
  requiredResourceAccesses: [{ resourceAppId: "g", resourceAccesses: [ROLE] }],
  ...over,
});

const paths = (before: Properties, after: Properties) =>
  [...diffFields(APPLICATION_FIELDS, before, after).detailed].map(
    ([path, { kind, replaces }]) => `${kind} ${path}${replaces ? " replaces" : ""}`,
  );

test("finds nothing to do when the state says what the program says", () => {
  expect(paths(state(), inputs())).toEqual([]);
});

test("takes unset, empty and false for the same, and leaves the service's choices alone", () => {
  const nothing = { notes: "", deviceOnlyAuthEnabled: false, identifierUris: [], api: {} };
  expect(paths(state(), inputs(nothing))).toEqual([]);
});

test("sees what was changed elsewhere and what the program dropped", () => {
  expect(paths(state({ displayName: "Renamed" }), inputs())).toEqual(["update displayName"]);
  expect(paths(state({ notes: "x" }), inputs())).toEqual(["delete notes"]);
  expect(paths(state({ web: { redirectUris: ["https://c/"] } }), inputs())).toEqual([
    "update web.redirectUris[0]",
    "add web.redirectUris[1]",
  ]);
});

test("notices a change of tags only when the program names tags", () => {
  expect(paths(state(), inputs({ tags: ["mine"] }))).toEqual(["update tags[0]"]);
});

test("replaces for a template", () => {
  expect(paths(state(), inputs({ templateId: "t" }))).toEqual(["add templateId replaces"]);
});

test("imports what is set, without zeros and outputs", () => {
  expect(importedInputs(APPLICATION_FIELDS, state())).toEqual({
    ...inputs({ web: { redirectUris: ["https://a/", "https://b/"] } }),
    api: { requestedAccessTokenVersion: 1 },
    tags: ["of the service"],
  });
});

test("refreshes what the program wrote, in the program's order where only that differs", () => {
  const refreshed = refreshedFields(
    APPLICATION_FIELDS,
    inputs(),
    state({ displayName: "Renamed", notes: "not the program's" }),
  );
  expect(refreshed).toEqual(inputs({ displayName: "Renamed" }));
});

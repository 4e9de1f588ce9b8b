// azuread.ApplicationRegistration: the application alone; its lists are resources of their own.
import { objectOf, type Properties, textOf, textsOf } from "../wire/property-values.js";
import { SIGN_IN_AUDIENCES } from "./application-fields.js";
import type { DirectoryCall, DirectoryResource } from "./directory-resource.js";
import { flag, text } from "./field.js";
import { httpUrl, logoutUrl, notEmpty, oneOf } from "./field-rules.js";
import { doing } from "./graph-client.js";
import { orEmpty, orFalse, orNull } from "./graph-values.js";
import { until } from "./replication.js";
import { objectIdOf } from "./resource-ids.js";

const CLIENT = "ApplicationsClient";
const url = { kind: "text", rule: httpUrl } as const;

export const applicationRegistration: DirectoryResource = {
  token: "azuread:index/applicationRegistration:ApplicationRegistration",
  fields: {
    description: text,
    displayName: { kind: "text", required: true, rule: notEmpty },
    groupMembershipClaims: { kind: "set", items: text },
    homepageUrl: url,
    implicitAccessTokenIssuanceEnabled: flag,
    implicitIdTokenIssuanceEnabled: flag,
    logoutUrl: { kind: "text", rule: logoutUrl },
    marketingUrl: url,
    notes: text,
    privacyStatementUrl: url,
    requestedAccessTokenVersion: { kind: "whole", default: 2 },
    serviceManagementReference: text,
    signInAudience: { kind: "text", default: "AzureADMyOrg", rule: oneOf(...SIGN_IN_AUDIENCES) },
    supportUrl: url,
    termsOfServiceUrl: url,
  },
  outputs: ["clientId", "disabledByMicrosoft", "objectId", "publisherDomain"],
  create: async (inputs, { graph, signal }) => {
    const created = await doing(
      "creating Application Registration",
      graph.ask({
        method: "POST",
        path: "/applications",
        body: registrationBody(inputs),
        client: CLIENT,
        signal,
      }),
    );
    return { id: `/applications/${textOf(created, "id") ?? ""}` };
  },
  read,
  // No retry of 404 and 409 here: the real provider asks for none.
  update: async (id, { news }, { graph, signal }) => {
    await doing(
      `updating Application Registration "${id}"`,
      graph.ask({
        method: "PATCH",
        path: id,
        body: registrationBody(news),
        client: CLIENT,
        signal,
      }),
    );
    return {};
  },
  delete: async (id, _state, call) => {
    const request = { path: id, client: CLIENT, signal: call.signal } as const;
    await doing(
      `deleting Application Registration "${id}"`,
      call.graph.find({ ...request, method: "DELETE" }),
    );
    await until(
      call,
      async () => (await call.graph.find({ ...request, method: "GET" })) === undefined,
    );
  },
};

function registrationBody(inputs: Properties): Properties {
  return {
    api: { requestedAccessTokenVersion: inputs["requestedAccessTokenVersion"] ?? 2 },
    description: orNull(inputs["description"]),
    displayName: orNull(inputs["displayName"]),
    groupMembershipClaims: orNull(textsOf(inputs, "groupMembershipClaims").sort().join(",")),
    info: {
      marketingUrl: orNull(inputs["marketingUrl"]),
      privacyStatementUrl: orNull(inputs["privacyStatementUrl"]),
      supportUrl: orNull(inputs["supportUrl"]),
      termsOfServiceUrl: orNull(inputs["termsOfServiceUrl"]),
    },
    notes: orNull(inputs["notes"]),
    serviceManagementReference: orNull(inputs["serviceManagementReference"]),
    signInAudience: orNull(inputs["signInAudience"]),
    web: {
      homePageUrl: orNull(inputs["homepageUrl"]),
      implicitGrantSettings: {
        enableAccessTokenIssuance: orFalse(inputs["implicitAccessTokenIssuanceEnabled"]),
        enableIdTokenIssuance: orFalse(inputs["implicitIdTokenIssuanceEnabled"]),
      },
      logoutUrl: orNull(inputs["logoutUrl"]),
    },
  };
}

async function read(
  id: string,
  _known: Properties,
  { graph, signal }: DirectoryCall,
): Promise<Properties | undefined> {
  const path = `/applications/${objectIdOf(id)}`;
  const found = await graph.find({ method: "GET", path, client: CLIENT, signal });
  if (found === undefined) return undefined;
  const web = objectOf(found, "web");
  const grant = objectOf(web, "implicitGrantSettings");
  const info = objectOf(found, "info");
  const claims = textOf(found, "groupMembershipClaims") ?? "";
  return {
    clientId: orEmpty(found["appId"]),
    description: orEmpty(found["description"]),
    disabledByMicrosoft: orEmpty(found["disabledByMicrosoftStatus"]),
    displayName: orEmpty(found["displayName"]),
    groupMembershipClaims: claims.split(",").flatMap((claim) => claim.trim() || []),
    homepageUrl: orEmpty(web["homePageUrl"]),
    implicitAccessTokenIssuanceEnabled: orFalse(grant["enableAccessTokenIssuance"]),
    implicitIdTokenIssuanceEnabled: orFalse(grant["enableIdTokenIssuance"]),
    logoutUrl: orEmpty(web["logoutUrl"]),
    marketingUrl: orEmpty(info["marketingUrl"]),
    notes: orEmpty(found["notes"]),
    objectId: orEmpty(found["id"]),
    privacyStatementUrl: orEmpty(info["privacyStatementUrl"]),
    publisherDomain: orEmpty(found["publisherDomain"]),
    requestedAccessTokenVersion: objectOf(found, "api")["requestedAccessTokenVersion"] ?? 1,
    serviceManagementReference: orEmpty(found["serviceManagementReference"]),
    signInAudience: orEmpty(found["signInAudience"]),
    supportUrl: orEmpty(info["supportUrl"]),
    termsOfServiceUrl: orEmpty(info["termsOfServiceUrl"]),
  };
}

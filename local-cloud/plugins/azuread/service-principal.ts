// azuread.ServicePrincipal: an application's presence in the tenant, made or (useExisting) taken over.
import { randomUUID } from "node:crypto";
import { equal } from "../wire/detailed-diff.js";
import { type Properties, textOf, textsOf } from "../wire/property-values.js";
import { FEATURE_TAGS } from "./application-fields.js";
import type { DirectoryCall, DirectoryResource, Made } from "./directory-resource.js";
import { type Field, flag, text } from "./field.js";
import { httpUrl, notEmpty, oneOf, uuid } from "./field-rules.js";
import { doing, filterOf, GraphFailure } from "./graph-client.js";
import { orNull } from "./graph-values.js";
import { boundOwners, ownersAfterCreate, readOwners, setOwners } from "./owners.js";
import { backingApplicationMissing, notFoundYet, until } from "./replication.js";
import { objectIdOf } from "./resource-ids.js";
import { servicePrincipalBody, servicePrincipalOutputs } from "./service-principal-body.js";

const CLIENT = "ServicePrincipalsClient";

const filledTexts: Field = { kind: "set", items: { kind: "text", rule: notEmpty } };

export const servicePrincipal: DirectoryResource = {
  token: "azuread:index/servicePrincipal:ServicePrincipal",
  fields: {
    accountEnabled: { ...flag, default: true },
    alternativeNames: filledTexts,
    appRoleAssignmentRequired: flag,
    clientId: { kind: "text", required: true, replaces: true, rule: uuid },
    description: text,
    featureTags: FEATURE_TAGS,
    features: {
      kind: "list",
      computed: true,
      items: {
        kind: "object",
        fields: {
          customSingleSignOnApp: flag,
          enterpriseApplication: flag,
          galleryApplication: flag,
          visibleToUsers: { ...flag, default: true },
        },
      },
    },
    loginUrl: { kind: "text", rule: httpUrl },
    notes: text,
    notificationEmailAddresses: filledTexts,
    owners: { kind: "set", items: { kind: "text", rule: uuid } },
    preferredSingleSignOnMode: {
      kind: "text",
      rule: oneOf("", "notSupported", "oidc", "password", "saml"),
    },
    samlSingleSignOn: { kind: "object", fields: { relayState: { kind: "text", rule: notEmpty } } },
    tags: { ...filledTexts, computed: true },
    useExisting: flag,
  },
  outputs: [
    "appRoleIds",
    "appRoles",
    "applicationTenantId",
    "displayName",
    "homepageUrl",
    "logoutUrl",
    "oauth2PermissionScopeIds",
    "oauth2PermissionScopes",
    "objectId",
    "redirectUris",
    "samlMetadataUrl",
    "servicePrincipalNames",
    "signInAudience",
    "type",
  ],
  check: (inputs) => {
    const given = ["features", "featureTags", "tags"].filter((name) => inputs[name] !== undefined);
    const [one, other] = given;
    if (other === undefined) return [];
    return [`Conflicting configuration arguments: "${one}" conflicts with "${other}"`];
  },
  create,
  finish,
  read,
  update: (id, { news, state }, call) => update(id, news, state, call),
  delete: deleteServicePrincipal,
};

async function create(inputs: Properties, call: DirectoryCall): Promise<Made> {
  const { graph, signal } = call;
  const clientId = textOf(inputs, "clientId") ?? "";
  const path = `/servicePrincipals?${filterOf("appId", clientId)}`;
  const [existing] = await doing(
    "Could not list existing service principals",
    graph.list({ path, client: CLIENT, signal }),
  );
  if (existing !== undefined) return takeOver(existing, inputs);
  const created = await doing(
    "Could not create service principal",
    graph.ask({
      method: "POST",
      path: "/servicePrincipals",
      body: {
        ...servicePrincipalBody(inputs),
        appId: clientId,
        // Changed to the real one once the object is known everywhere, see finish.
        description: `TERRAFORM_UPDATE_${randomUUID()}`,
        "owners@odata.bind": boundOwners(textsOf(inputs, "owners"), call),
      },
      client: CLIENT,
      signal,
      retryWhen: backingApplicationMissing,
    }),
  );
  return { id: `/servicePrincipals/${textOf(created, "id") ?? ""}` };
}

function takeOver(existing: Properties, inputs: Properties): Made {
  const id = `/servicePrincipals/${textOf(existing, "id") ?? ""}`;
  if (inputs["useExisting"] === true) return { id };
  throw new Error(
    `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "azuread_service_principal" for more information.`,
  );
}

async function finish(id: string, inputs: Properties, call: DirectoryCall): Promise<Properties> {
  const owned = { path: id, client: CLIENT };
  await doing(
    "Timed out whilst waiting for new service principal to be replicated in Azure AD",
    patch(id, { description: orNull(inputs["description"]) }, call),
  );
  if (inputs["useExisting"] === true) {
    const owners = await readOwners(owned, call);
    return await update(id, inputs, { owners }, call);
  }
  const wanted = textsOf(inputs, "owners");
  await setOwners(owned, ownersAfterCreate(wanted, call), wanted, call);
  return {};
}

async function read(
  id: string,
  known: Properties,
  call: DirectoryCall,
): Promise<Properties | undefined> {
  const { graph, signal } = call;
  const request = { method: "GET", client: CLIENT, signal } as const;
  const path = `/servicePrincipals/${objectIdOf(id)}`;
  const found = await graph.find({ ...request, path });
  if (found === undefined) return undefined;
  const beta = await graph.find({
    ...request,
    version: "beta",
    path: `${path}?$select=samlMetadataUrl`,
  });
  return {
    ...servicePrincipalOutputs(found, textOf(beta ?? {}, "samlMetadataUrl") ?? ""),
    owners: await readOwners({ path, client: CLIENT }, call),
    useExisting: known["useExisting"] === true,
  };
}

async function update(
  id: string,
  news: Properties,
  state: Properties,
  call: DirectoryCall,
): Promise<Properties> {
  await doing(
    `Updating service principal with object ID: "${objectIdOf(id)}"`,
    patch(id, servicePrincipalBody(news), call),
  );
  const owned = { path: id, client: CLIENT };
  const [before, wanted] = [textsOf(state, "owners"), textsOf(news, "owners").sort()];
  // An adopted service principal keeps the owners it has, unless the program names some.
  const left = news["useExisting"] === true && news["owners"] === undefined;
  if (!left && !equal(before, wanted)) {
    await setOwners(owned, await readOwners(owned, call), wanted, call);
  }
  return {};
}

/** Sent for an adopted one as well; there a refusal is no failure, and nobody waits. */
async function deleteServicePrincipal(
  id: string,
  state: Properties,
  call: DirectoryCall,
): Promise<void> {
  const { graph, signal } = call;
  const request = { path: id, client: CLIENT, signal } as const;
  const deleting = doing(
    `Deleting service principal with object ID "${objectIdOf(id)}"`,
    graph.find({ ...request, method: "DELETE" }),
  );
  if (state["useExisting"] === true) {
    await deleting.catch((error: unknown) => {
      if (!(error instanceof GraphFailure)) throw error;
    });
    return;
  }
  await deleting;
  await until(call, async () => (await graph.find({ ...request, method: "GET" })) === undefined);
}

async function patch(id: string, body: Properties, { graph, signal }: DirectoryCall) {
  await graph.ask({
    method: "PATCH",
    path: id,
    body,
    client: CLIENT,
    signal,
    retryWhen: notFoundYet,
  });
}

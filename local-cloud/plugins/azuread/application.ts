// azuread.Application: the application with everything in one resource.
import { randomUUID } from "node:crypto";
import { equal } from "../wire/detailed-diff.js";
import { objectOf, objectsOf, type Properties, textOf, textsOf } from "../wire/property-values.js";
import { applicationBody, applicationOutputs } from "./application-body.js";
import { APPLICATION_FIELDS, checkApplication } from "./application-fields.js";
import type { DirectoryCall, DirectoryResource, Made } from "./directory-resource.js";
import { doing, filterOf } from "./graph-client.js";
import { asSecret, orEmpty } from "./graph-values.js";
import { boundOwners, ownersAfterCreate, readOwners, setOwners } from "./owners.js";
import { addPassword, removePassword } from "./passwords.js";
import { applicationNotReady, until } from "./replication.js";
import { objectIdOf } from "./resource-ids.js";

const APPLICATIONS = "ApplicationsClient";

export const application: DirectoryResource = {
  token: "azuread:index/application:Application",
  fields: APPLICATION_FIELDS,
  outputs: [
    "appRoleIds",
    "clientId",
    "disabledByMicrosoft",
    "logoUrl",
    "oauth2PermissionScopeIds",
    "objectId",
    "publisherDomain",
  ],
  check: checkApplication,
  recomputed: (before, after) => [
    ...(equal(before["appRoles"], after["appRoles"]) ? [] : ["appRoleIds"]),
    ...(equal(
      objectOf(before, "api")["oauth2PermissionScopes"],
      objectOf(after, "api")["oauth2PermissionScopes"],
    )
      ? []
      : ["oauth2PermissionScopeIds"]),
  ],
  create,
  finish,
  read,
  update,
  delete: deleteApplication,
};

async function create(inputs: Properties, call: DirectoryCall): Promise<Made> {
  const { graph, signal } = call;
  if (inputs["preventDuplicateNames"] === true) await refuseDuplicate(inputs, undefined, call);
  const created = await doing(
    "Could not create application",
    graph.ask({
      method: "POST",
      path: "/applications",
      body: {
        ...applicationBody(inputs),
        "owners@odata.bind": boundOwners(textsOf(inputs, "owners"), call),
      },
      client: APPLICATIONS,
      signal,
    }),
  );
  return { id: `/applications/${textOf(created, "id") ?? ""}` };
}

/** The name is changed and changed back: once that works, the application is known everywhere. */
async function finish(id: string, inputs: Properties, call: DirectoryCall): Promise<Properties> {
  for (const displayName of [`TERRAFORM_UPDATE_${randomUUID()}`, inputs["displayName"] ?? null]) {
    await doing(
      "Timed out whilst waiting for new application to be replicated in Azure AD",
      patch(id, { displayName }, call),
    );
  }
  if (inputs["oauth2PostResponseRequired"] === true) await patchPostResponse(id, true, call);
  const wanted = textsOf(inputs, "owners");
  await setOwners(
    { path: id, client: APPLICATIONS },
    ownersAfterCreate(wanted, call),
    wanted,
    call,
  );
  return await newPassword(id, objectOf(inputs, "password"), call);
}

async function read(
  id: string,
  known: Properties,
  call: DirectoryCall,
): Promise<Properties | undefined> {
  const { graph, signal } = call;
  const request = { method: "GET", client: APPLICATIONS, signal } as const;
  const found = await graph.find({ ...request, path: id });
  if (found === undefined) return undefined;
  const beta = await graph.find({
    ...request,
    version: "beta",
    path: `${id}?$select=oauth2RequirePostResponse`,
  });
  const password = passwordIn(found, objectOf(known, "password"));
  return {
    ...applicationOutputs(found),
    oauth2PostResponseRequired: beta?.["oauth2RequirePostResponse"] === true,
    owners: await readOwners({ path: id, client: APPLICATIONS }, call),
    preventDuplicateNames: known["preventDuplicateNames"] === true,
    ...(password === undefined ? {} : { password }),
  };
}

async function update(
  id: string,
  { news, state }: { news: Properties; state: Properties },
  call: DirectoryCall,
): Promise<Properties> {
  if (news["preventDuplicateNames"] === true) await refuseDuplicate(news, objectIdOf(id), call);
  await disableRemoved(id, news, call);
  await doing(
    `Could not update application with ID: "${id}"`,
    patch(id, applicationBody(news), call),
  );
  const postResponse = news["oauth2PostResponseRequired"] === true;
  if (postResponse !== (state["oauth2PostResponseRequired"] === true)) {
    await patchPostResponse(id, postResponse, call);
  }
  const owned = { path: id, client: APPLICATIONS };
  const [before, wanted] = [textsOf(state, "owners"), textsOf(news, "owners").sort()];
  if (!equal(before, wanted)) await setOwners(owned, await readOwners(owned, call), wanted, call);
  return await renewedPassword(id, objectOf(news, "password"), objectOf(state, "password"), call);
}

async function deleteApplication(
  id: string,
  _state: Properties,
  call: DirectoryCall,
): Promise<void> {
  const { graph, signal } = call;
  const request = { path: id, client: APPLICATIONS, signal } as const;
  await doing(
    `Deleting application with object ID "${objectIdOf(id)}"`,
    graph.find({ ...request, method: "DELETE" }),
  );
  await until(call, async () => (await graph.find({ ...request, method: "GET" })) === undefined);
}

async function patch(
  id: string,
  body: Properties,
  { graph, signal }: DirectoryCall,
): Promise<void> {
  await graph.ask({
    method: "PATCH",
    path: id,
    body,
    client: APPLICATIONS,
    signal,
    retryWhen: applicationNotReady,
  });
}

/** Only the beta version of Graph has it. */
async function patchPostResponse(id: string, on: boolean, { graph, signal }: DirectoryCall) {
  await graph.ask({
    method: "PATCH",
    version: "beta",
    path: id,
    body: { oauth2RequirePostResponse: on },
    client: APPLICATIONS,
    signal,
    retryWhen: applicationNotReady,
  });
}

/** Roles and permissions have to be disabled before they may be taken away or changed. */
async function disableRemoved(id: string, news: Properties, call: DirectoryCall): Promise<void> {
  const { graph, signal } = call;
  const now = await graph.find({ method: "GET", path: id, client: APPLICATIONS, signal });
  if (now === undefined) return;
  const wanted = applicationBody(news);
  const roles = withRemovedDisabled(objectsOf(now, "appRoles"), objectsOf(wanted, "appRoles"));
  if (roles !== undefined) await patch(id, { appRoles: roles }, call);
  const scopes = withRemovedDisabled(
    objectsOf(objectOf(now, "api"), "oauth2PermissionScopes"),
    objectsOf(objectOf(wanted, "api"), "oauth2PermissionScopes"),
  );
  if (scopes !== undefined) await patch(id, { api: { oauth2PermissionScopes: scopes } }, call);
}

function withRemovedDisabled(
  now: readonly Properties[],
  wanted: readonly Properties[],
): Properties[] | undefined {
  const removed = (item: Properties) =>
    item["isEnabled"] === true && !wanted.some(({ id }) => id === item["id"]);
  if (!now.some(removed)) return undefined;
  return now.map((item) => (removed(item) ? { ...item, isEnabled: false } : item));
}

async function refuseDuplicate(
  inputs: Properties,
  ownObjectId: string | undefined,
  { graph, signal }: DirectoryCall,
): Promise<void> {
  const displayName = textOf(inputs, "displayName") ?? "";
  const path = `/applications?${filterOf("displayName", displayName)}`;
  const found = await graph.list({ path, client: APPLICATIONS, signal });
  const other = found.find(({ id }) => id !== ownObjectId);
  if (other === undefined) return;
  throw new Error(
    `Duplicate name: an existing application was found with the name "${displayName}" and the ID "${textOf(other, "id") ?? ""}", and \`preventDuplicateNames\` was specified. Import it, or choose another name.`,
  );
}

async function newPassword(
  id: string,
  wanted: Properties,
  call: DirectoryCall,
): Promise<Properties> {
  if (textOf(wanted, "displayName") === undefined) return {};
  const added = await addPassword(id, wanted, call);
  return { password: { ...added, value: asSecret(added["value"]) } };
}

async function renewedPassword(
  id: string,
  wanted: Properties,
  before: Properties,
  call: DirectoryCall,
): Promise<Properties> {
  const names = ["displayName", "startDate", "endDate"];
  const changed = names.some(
    (name) => wanted[name] !== undefined && !equal(wanted[name], before[name]),
  );
  if (!changed) return {};
  const keyId = textOf(before, "keyId");
  if (keyId !== undefined) await removePassword(id, keyId, call);
  return await newPassword(id, wanted, call);
}

/** The password that this resource made, with the value that only the state still has. */
function passwordIn(found: Properties, known: Properties): Properties | undefined {
  const keyId = textOf(known, "keyId");
  const credential = objectsOf(found, "passwordCredentials").find((one) => one["keyId"] === keyId);
  if (keyId === undefined || credential === undefined) return undefined;
  return {
    displayName: orEmpty(credential["displayName"]),
    endDate: orEmpty(credential["endDateTime"]),
    keyId,
    startDate: orEmpty(credential["startDateTime"]),
    value: asSecret(known["value"]),
  };
}

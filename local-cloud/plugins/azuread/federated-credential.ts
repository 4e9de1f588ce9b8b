// azuread.ApplicationFederatedIdentityCredential: an outside identity that may sign in as the application.
import { type Properties, textOf, textsOf } from "../wire/property-values.js";
import type { DirectoryCall, DirectoryResource, Made } from "./directory-resource.js";
import { text } from "./field.js";
import { applicationId, notEmpty } from "./field-rules.js";
import { doing } from "./graph-client.js";
import { orEmpty, orNull } from "./graph-values.js";
import { until } from "./replication.js";
import { applicationPath, childIdOf, objectIdOf } from "./resource-ids.js";

const KIND = "federatedIdentityCredential";
const CLIENT = "ApplicationsClient";

export const federatedCredential: DirectoryResource = {
  token:
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  fields: {
    applicationId,
    audiences: {
      kind: "list",
      required: true,
      minItems: 1,
      maxItems: 1,
      items: { kind: "text", rule: notEmpty },
    },
    description: text,
    displayName: { kind: "text", required: true, replaces: true, rule: notEmpty },
    issuer: { kind: "text", required: true, rule: notEmpty },
    subject: { kind: "text", required: true, rule: notEmpty },
  },
  outputs: ["credentialId"],
  create,
  read,
  update,
  delete: deleteCredential,
};

async function create(inputs: Properties, call: DirectoryCall): Promise<Made> {
  const { graph, locks, signal } = call;
  const path = applicationPath(textOf(inputs, "applicationId") ?? "");
  const objectId = objectIdOf(path);
  return await locks.hold(path, signal, async () => {
    await doing(
      `Retrieving application with object ID "${objectId}"`,
      graph.ask({ method: "GET", path, client: CLIENT, signal }),
    );
    const created = await doing(
      `Adding federated identity credential for application with object ID "${objectId}"`,
      graph.ask({
        method: "POST",
        path: `${path}/federatedIdentityCredentials`,
        body: { name: orNull(inputs["displayName"]), ...body(inputs) },
        client: CLIENT,
        signal,
      }),
    );
    const credentialId = textOf(created, "id") ?? "";
    await until(call, async () => (await find(path, credentialId, call)) !== undefined);
    return { id: `${objectId}/${KIND}/${credentialId}` };
  });
}

async function read(
  id: string,
  _known: Properties,
  call: DirectoryCall,
): Promise<Properties | undefined> {
  const { applicationObjectId, childId } = childIdOf(KIND, id);
  const path = applicationPath(applicationObjectId);
  const found = await find(path, childId, call);
  if (found === undefined) return undefined;
  return {
    applicationId: path,
    audiences: textsOf(found, "audiences"),
    credentialId: childId,
    description: orEmpty(found["description"]),
    displayName: orEmpty(found["name"]),
    issuer: orEmpty(found["issuer"]),
    subject: orEmpty(found["subject"]),
  };
}

async function update(
  id: string,
  { news }: { news: Properties },
  { graph, locks, signal }: DirectoryCall,
): Promise<Properties> {
  const { applicationObjectId, childId } = childIdOf(KIND, id);
  const path = applicationPath(applicationObjectId);
  return await locks.hold(path, signal, async () => {
    await doing(
      `Updating federated identity credential with ID "${childId}" for application with object ID "${applicationObjectId}"`,
      graph.ask({
        method: "PATCH",
        path: `${path}/federatedIdentityCredentials/${childId}`,
        body: body(news),
        client: CLIENT,
        signal,
      }),
    );
    return {};
  });
}

async function deleteCredential(
  id: string,
  _state: Properties,
  call: DirectoryCall,
): Promise<void> {
  const { graph, locks, signal } = call;
  const { applicationObjectId, childId } = childIdOf(KIND, id);
  const path = applicationPath(applicationObjectId);
  await locks.hold(path, signal, async () => {
    await doing(
      `Removing federated identity credential "${childId}" from application with object ID "${applicationObjectId}"`,
      graph.find({
        method: "DELETE",
        path: `${path}/federatedIdentityCredentials/${childId}`,
        client: CLIENT,
        signal,
      }),
    );
    await until(call, async () => (await find(path, childId, call)) === undefined);
  });
}

function body(inputs: Properties): Properties {
  return {
    audiences: textsOf(inputs, "audiences"),
    description: orNull(inputs["description"]),
    issuer: orNull(inputs["issuer"]),
    subject: orNull(inputs["subject"]),
  };
}

async function find(
  path: string,
  credentialId: string,
  { graph, signal }: DirectoryCall,
): Promise<Properties | undefined> {
  return await graph.find({
    method: "GET",
    path: `${path}/federatedIdentityCredentials/${credentialId}`,
    client: CLIENT,
    signal,
  });
}

// azuread.ApplicationRedirectUris: one of the three lists of redirect URIs of an application.
import { objectOf, type Properties, textOf, textsOf } from "../wire/property-values.js";
import type { DirectoryCall, DirectoryResource, Made } from "./directory-resource.js";
import { applicationId, oneOf, publicRedirectUri, redirectUri } from "./field-rules.js";
import { doing } from "./graph-client.js";
import { applicationPath, childIdOf } from "./resource-ids.js";

const KIND = "redirectUris";
const CLIENT = "ApplicationsClient";
/** The property of the application that holds each type's list. */
const HOLDERS: Readonly<Record<string, string>> = {
  PublicClient: "publicClient",
  SPA: "spa",
  Web: "web",
};

export const applicationRedirectUris: DirectoryResource = {
  token: "azuread:index/applicationRedirectUris:ApplicationRedirectUris",
  fields: {
    applicationId,
    redirectUris: {
      kind: "set",
      required: true,
      minItems: 1,
      maxItems: 256,
      items: { kind: "text", rule: publicRedirectUri },
    },
    type: { kind: "text", required: true, replaces: true, rule: oneOf(...Object.keys(HOLDERS)) },
  },
  outputs: [],
  check: (inputs) =>
    textOf(inputs, "type") === "PublicClient"
      ? []
      : textsOf(inputs, "redirectUris").flatMap(
          (uri, index) => redirectUri(uri, `redirectUris[${index}]`) ?? [],
        ),
  create,
  read: async (id, _known, call) => {
    const { path, type } = placeOf(id);
    const redirectUris = await readUris(path, type, call);
    // An empty list is no resource.
    return redirectUris.length === 0 ? undefined : { applicationId: path, redirectUris, type };
  },
  update: async (id, { news }, call) => {
    const { path, type } = placeOf(id);
    await write(path, type, textsOf(news, "redirectUris"), call);
    return {};
  },
  delete: async (id, _state, call) => {
    const { path, type } = placeOf(id);
    await write(path, type, [], call);
  },
};

async function create(inputs: Properties, call: DirectoryCall): Promise<Made> {
  const path = applicationPath(textOf(inputs, "applicationId") ?? "");
  const type = textOf(inputs, "type") ?? "";
  const id = `${path}/${KIND}/${type}`;
  await call.locks.hold(path, call.signal, async () => {
    if ((await readUris(path, type, call)).length > 0) {
      throw new Error(
        `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "azuread_application_redirect_uris" for more information.`,
      );
    }
    await patchUris(path, type, textsOf(inputs, "redirectUris"), call);
  });
  return { id };
}

/** `/applications/{objectId}/redirectUris/{type}` */
function placeOf(id: string): { path: string; type: string } {
  const { applicationObjectId, childId } = childIdOf(KIND, id.replace(/^\/applications\//, ""));
  return { path: applicationPath(applicationObjectId), type: childId };
}

async function readUris(
  path: string,
  type: string,
  { graph, signal }: DirectoryCall,
): Promise<string[]> {
  const found = (await graph.find({ method: "GET", path, client: CLIENT, signal })) ?? {};
  return textsOf(objectOf(found, HOLDERS[type] ?? ""), "redirectUris").sort();
}

async function write(
  path: string,
  type: string,
  uris: readonly string[],
  call: DirectoryCall,
): Promise<void> {
  await call.locks.hold(path, call.signal, () => patchUris(path, type, uris, call));
}

async function patchUris(
  path: string,
  type: string,
  uris: readonly string[],
  { graph, signal }: DirectoryCall,
): Promise<void> {
  await doing(
    `Setting redirect URIs of ${path}`,
    graph.ask({
      method: "PATCH",
      path,
      body: { [HOLDERS[type] ?? ""]: { redirectUris: [...uris].sort() } },
      client: CLIENT,
      signal,
    }),
  );
}

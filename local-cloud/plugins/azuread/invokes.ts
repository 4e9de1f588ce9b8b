// The functions of azuread that the local cloud knows.
import type { TokenClaims } from "../http/tokens.js";
import { objectOf, type Properties, textOf, textsOf } from "../wire/property-values.js";
import type { InvokeRequest } from "../wire/resource-plugin.js";
import { applicationOutputs } from "./application-body.js";
import type { DirectoryCall } from "./directory-resource.js";
import { doing, filterOf } from "./graph-client.js";
import { readOwners } from "./owners.js";
import { PUBLISHED_APP_IDS } from "./published-app-ids.js";
import { servicePrincipalOutputs } from "./service-principal-body.js";

type InvokeCall = DirectoryCall & { readonly claims: TokenClaims };

const FUNCTIONS: Readonly<
  Record<string, (args: Properties, call: InvokeCall) => Promise<Properties>>
> = {
  "azuread:index/getClientConfig:getClientConfig": async (_args, { claims }) => {
    const { appId, objectId, tenantId } = claims;
    return { id: `${tenantId}-${appId}-${objectId}`, clientId: appId, objectId, tenantId };
  },
  "azuread:index/getApplicationPublishedAppIds:getApplicationPublishedAppIds": async () => ({
    id: "appIds",
    result: PUBLISHED_APP_IDS,
  }),
  "azuread:index/getServicePrincipal:getServicePrincipal": getServicePrincipal,
  "azuread:index/getApplication:getApplication": getApplication,
};

export async function invoke(
  { token, args }: InvokeRequest,
  call: InvokeCall,
): Promise<Properties> {
  const found = FUNCTIONS[token];
  if (found !== undefined) return await found(args, call);
  throw new Error(
    `Function ${token} is not known to the local cloud, which has ${Object.keys(FUNCTIONS).join(", ")}. Deploy to Azure, or do without it.`,
  );
}

const SERVICE_PRINCIPALS: Collection = {
  path: "/servicePrincipals",
  client: "ServicePrincipalsClient",
  one: "service principal",
  filters: { clientId: "appId", displayName: "displayName" },
};

async function getServicePrincipal(args: Properties, call: InvokeCall): Promise<Properties> {
  const found = await findOne(SERVICE_PRINCIPALS, args, call);
  const { graph, signal } = call;
  const id = `/servicePrincipals/${textOf(found, "id") ?? ""}`;
  const beta = await graph.find({
    method: "GET",
    version: "beta",
    path: `${id}?$select=samlMetadataUrl`,
    client: SERVICE_PRINCIPALS.client,
    signal,
  });
  const { samlSingleSignOn, ...outputs } = servicePrincipalOutputs(
    found,
    textOf(beta ?? {}, "samlMetadataUrl") ?? "",
  );
  return { ...outputs, samlSingleSignOns: asList(samlSingleSignOn), id };
}

const APPLICATIONS: Collection = {
  path: "/applications",
  client: "ApplicationsClient",
  one: "application",
  filters: { clientId: "appId", displayName: "displayName" },
};

async function getApplication(args: Properties, call: InvokeCall): Promise<Properties> {
  const found = await findOne(APPLICATIONS, args, call);
  const path = `/applications/${textOf(found, "id") ?? ""}`;
  const { graph, signal } = call;
  const { client } = APPLICATIONS;
  const beta = await graph.find({
    method: "GET",
    version: "beta",
    path: `${path}?$select=oauth2RequirePostResponse`,
    client,
    signal,
  });
  const outputs = applicationOutputs(found);
  const { api, optionalClaims, publicClient, singlePageApplication, web, templateId, ...same } =
    outputs;
  const webObject = objectOf(outputs, "web");
  const { implicitGrant, ...webRest } = webObject;
  return {
    ...same,
    id: path,
    identifierUri: textOf(args, "identifierUri") ?? textsOf(outputs, "identifierUris")[0] ?? "",
    apis: asList(api),
    oauth2PostResponseRequired: beta?.["oauth2RequirePostResponse"] === true,
    optionalClaims: asList(optionalClaims),
    owners: await readOwners({ path, client }, call),
    publicClients: asList(publicClient),
    singlePageApplications: asList(singlePageApplication),
    webs: [{ ...webRest, implicitGrants: asList(implicitGrant) }],
  };
}

/** The bridge turns single blocks of a function's result into lists. */
function asList(value: Properties[string] | undefined): Properties[string] {
  return value === undefined ? [] : [value];
}

interface Collection {
  readonly path: string;
  readonly client: string;
  /** In sentences. */
  readonly one: string;
  /** Argument to the property that is searched. */
  readonly filters: Readonly<Record<string, string>>;
}

/** The one that the arguments name. Throws when there is none or more than one. */
async function findOne(
  collection: Collection,
  args: Properties,
  { graph, signal }: InvokeCall,
): Promise<Properties> {
  const { path, client, one, filters } = collection;
  const objectId = textOf(args, "objectId");
  if (objectId !== undefined) {
    const request = { method: "GET", path: `${path}/${objectId}`, client, signal } as const;
    const found = await doing(
      `Retrieving ${one} with object ID "${objectId}"`,
      graph.find(request),
    );
    if (found !== undefined) return found;
    throw new Error(`${capital(one)} with object ID "${objectId}" was not found`);
  }
  const { filter, words } = filterFor(filters, args, one);
  const query = `${path}?${filter}`;
  const found = await doing(
    `Listing ${one}s for filter "${words}"`,
    graph.list({ path: query, client, signal }),
  );
  const [first, second] = found;
  if (first === undefined) throw new Error(`No ${one} found matching filter: "${words}"`);
  if (second !== undefined) throw new Error(`Found multiple ${one}s matching filter: "${words}"`);
  return first;
}

function filterFor(
  filters: Collection["filters"],
  args: Properties,
  one: string,
): { filter: string; words: string } {
  for (const [name, property] of Object.entries(filters)) {
    const value = textOf(args, name);
    if (value !== undefined) {
      return { filter: filterOf(property, value), words: `${property} eq '${value}'` };
    }
  }
  const identifierUri = textOf(args, "identifierUri");
  if (identifierUri !== undefined) {
    const words = `identifierUris/any(uri:uri eq '${identifierUri.replaceAll("'", "''")}')`;
    return { filter: `$filter=${encodeURIComponent(words)}`, words };
  }
  const names = [...Object.keys(filters), "objectId"].join(", ");
  throw new Error(`One of ${names} must be given to find the ${one}.`);
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// What was registered, read over HTTP by clients that know nothing of Pulumi: Microsoft Graph's own client, and Azure's
// client for Bot Service. Nothing here comes from the state.
import { AzureBotService } from "@azure/arm-botservice";
import { ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";
import { z } from "zod";

/** A local cloud as the environment names it. */
export interface CloudAccess {
  readonly arm: string;
  readonly graph: string;
  readonly subscriptionId: string;
  readonly credential: ClientSecretCredential;
}

/** The access that `npm run local` puts into the environment. */
export function cloudAccess(environment: NodeJS.ProcessEnv): CloudAccess {
  const variable = (name: string) => {
    const value = environment[name];
    if (value === undefined) throw new Error(`${name} is not set: run this below npm run local`);
    return value;
  };
  return {
    arm: variable("LOCAL_ARM_URL"),
    graph: variable("LOCAL_GRAPH_URL"),
    subscriptionId: variable("AZURE_SUBSCRIPTION_ID"),
    credential: new ClientSecretCredential(
      variable("AZURE_TENANT_ID"),
      variable("AZURE_CLIENT_ID"),
      variable("AZURE_CLIENT_SECRET"),
      { authorityHost: variable("AZURE_AUTHORITY_HOST"), disableInstanceDiscovery: true },
    ),
  };
}

/** Microsoft Graph's client, pointed at the local cloud. */
export function graphClientOf({ graph, credential }: CloudAccess): Client {
  return Client.initWithMiddleware({
    baseUrl: graph,
    // Without the port: with it, or without this, requests go out silently without a token.
    customHosts: new Set([new URL(graph).hostname]),
    authProvider: new TokenCredentialAuthenticationProvider(credential, {
      scopes: [`${graph}/.default`],
    }),
  });
}

/** Azure's client for Bot Service, pointed at the local cloud. */
export function botServiceOf({ arm, credential, subscriptionId }: CloudAccess): AzureBotService {
  return new AzureBotService(credential, subscriptionId, { endpoint: arm });
}

/** What is compared with the stack's outputs, under their names. */
export interface Registered {
  readonly appId: string;
  readonly replyUrls: string[];
  /** App roles that the application asks for, by name, sorted. */
  readonly permissions: string[];
  /** App roles that are granted to its service principal, by name, sorted. */
  readonly grantedPermissions: string[];
  readonly messagingEndpoint: string | undefined;
  readonly botResourceId: string | undefined;
  readonly callingEnabled: boolean | undefined;
  readonly callingWebhook: string | undefined;
}

/** Reads a registration back. */
export async function readBack(
  access: CloudAccess,
  bot: { readonly appId: string; readonly resourceGroupName: string; readonly botName: string },
): Promise<Registered> {
  const [directory, service] = await Promise.all([
    readDirectory(graphClientOf(access), bot.appId),
    readBotService(botServiceOf(access), bot.resourceGroupName, bot.botName),
  ]);
  return { ...directory, ...service };
}

const Role = z.object({ id: z.string(), value: z.string() });
const Application = z.object({
  appId: z.string(),
  web: z.object({ redirectUris: z.array(z.string()) }),
  requiredResourceAccess: z.array(
    z.object({ resourceAccess: z.array(z.object({ id: z.string() })) }),
  ),
});
const Resource = z.object({ appRoles: z.array(Role) });
const Assignments = z.object({ value: z.array(z.object({ appRoleId: z.string() })) });

async function readDirectory(graph: Client, appId: string) {
  const [application, resource, assignments] = await Promise.all([
    graph.api(`/applications(appId='${appId}')`).get().then(Application.parse),
    graph
      .api("/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')")
      .get()
      .then(Resource.parse),
    graph
      .api(`/servicePrincipals(appId='${appId}')/appRoleAssignments`)
      .get()
      .then(Assignments.parse),
  ]);
  const nameOf = (id: string) => resource.appRoles.find((role) => role.id === id)?.value ?? id;
  return {
    appId: application.appId,
    replyUrls: application.web.redirectUris,
    permissions: application.requiredResourceAccess
      .flatMap(({ resourceAccess }) => resourceAccess.map(({ id }) => nameOf(id)))
      .sort(),
    grantedPermissions: assignments.value.map(({ appRoleId }) => nameOf(appRoleId)).sort(),
  };
}

const TeamsChannel = z.object({
  properties: z.object({ enableCalling: z.boolean(), callingWebhook: z.string() }),
});

async function readBotService(service: AzureBotService, resourceGroup: string, botName: string) {
  const [bot, channel] = await Promise.all([
    service.bots.get(resourceGroup, botName),
    service.channels.get(resourceGroup, botName, "MsTeamsChannel"),
  ]);
  const { properties: teams } = TeamsChannel.parse(channel.properties);
  return {
    botResourceId: bot.id,
    messagingEndpoint: bot.properties?.endpoint ?? undefined,
    callingEnabled: teams.enableCalling,
    callingWebhook: teams.callingWebhook,
  };
}

const Found = z.object({ value: z.array(z.object({ displayName: z.string() })) });

/** What is left of a project on the local cloud: names of its applications and ids of its Azure resources. */
export async function leftOvers(access: CloudAccess, project: string): Promise<string[]> {
  const filter = `tags/any(t:t eq 'pulumi-project:${project}')`;
  const [applications, resources] = await Promise.all([
    graphClientOf(access).api("/applications").filter(filter).get().then(Found.parse),
    Promise.all(["resourcegroups", "resources"].map((kind) => tagged(access, kind, project))),
  ]);
  return [...applications.value.map(({ displayName }) => displayName), ...resources.flat()];
}

const Tagged = z.object({
  value: z.array(z.object({ id: z.string(), tags: z.record(z.string(), z.string()).optional() })),
});

/** Ids of the groups or resources that carry the tag of the project. */
async function tagged(
  { arm, subscriptionId, credential }: CloudAccess,
  kind: string,
  project: string,
): Promise<string[]> {
  const { token } = await credential.getToken(`${arm}/.default`);
  const path = `/subscriptions/${subscriptionId}/${kind}?api-version=2021-04-01`;
  const answer = await fetch(`${arm}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  const { value } = Tagged.parse(await answer.json());
  return value.filter(({ tags }) => tags?.["pulumi-project"] === project).map(({ id }) => id);
}

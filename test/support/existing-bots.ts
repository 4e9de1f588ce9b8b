// Bots that were registered before any stack, by the portal, a script or another tool: made with plain calls of Resource
// Manager and Microsoft Graph, each different from the others.
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import { cloudAccess, graphClientOf } from "../../scripts/read-back.js";
import { asDeployer } from "./as-deployer.js";
import type { TestCloud } from "./test-cloud.js";

/** App role and delegated permission of Microsoft Graph, and an API that has nothing to do with calls. */
const GRAPH = "00000003-0000-0000-c000-000000000000";
export const JOIN = "f6b49018-60ab-4f81-83bd-22caeabfed2d";
const INITIATE = "284383ee-7f6e-4e40-a2a8-e85dcb029101";
const MAIL_SEND = "b633e1c5-b582-4048-a93e-9f11b44c7e96";
const USER_READ = "e1fe6dd8-ba31-4d61-89e7-88639da4683d";
const OTHER_API = "00000002-0000-0ff1-ce00-000000000000";

const role = (id: string) => ({ id, type: "Role" });
const graphAccess = (...resourceAccess: { id: string; type: string }[]) => [
  { resourceAppId: GRAPH, resourceAccess },
];

/** How a bot was registered. */
export interface Existing {
  readonly name: string;
  /** On top of a plain bot. */
  readonly bot?: { readonly [name: string]: unknown; readonly properties?: object };
  /** On top of a plain application; undefined properties are left out. */
  readonly application?: object;
  /** Settings of the Teams channel; none where there is no channel. */
  readonly channel?: object;
  readonly isOld?: boolean;
  readonly noServicePrincipal?: boolean;
  readonly secret?: boolean;
  readonly managed?: boolean;
  /** What `adopt` is told besides. */
  readonly said?: readonly string[];
}

const CALLS = "https://contoso.com/api/calling";

export const EXISTING: readonly Existing[] = [
  {
    name: "plain",
    application: { requiredResourceAccess: graphAccess(role(JOIN)) },
    channel: { isEnabled: true, enableCalling: true, callingWebhook: CALLS },
  },
  {
    name: "multitenant",
    isOld: true,
    bot: { properties: { msaAppType: "MultiTenant", msaAppTenantId: undefined } },
    application: {
      signInAudience: "AzureADandPersonalMicrosoftAccount",
      api: { requestedAccessTokenVersion: 2 },
    },
    channel: { isEnabled: true },
    said: ["--capabilities", "answerCalls", "--calling-webhook", CALLS],
  },
  {
    name: "channels-registration",
    isOld: true,
    bot: { kind: "bot", sku: { name: "S1" }, properties: { msaAppType: "MultiTenant" } },
    noServicePrincipal: true,
    said: ["--capabilities", "callUsers", "--calling-webhook", CALLS],
  },
  {
    name: "secret-alone",
    secret: true,
    application: { requiredResourceAccess: graphAccess(role(INITIATE), role(JOIN)) },
    channel: { isEnabled: true, enableCalling: false },
    said: ["--credential", "keep", "--calling-webhook", CALLS],
  },
  {
    name: "host-alone-webhook",
    application: { requiredResourceAccess: graphAccess(role(JOIN)) },
    // Resource Manager gives it back with a slash.
    channel: { isEnabled: true, enableCalling: true, callingWebhook: "https://contoso.com" },
    said: ["--calling-webhook", "https://contoso.com"],
  },
  {
    name: "much-configured",
    application: {
      description: "Hands off",
      notes: "of the sales team",
      identifierUris: [],
      groupMembershipClaims: "SecurityGroup",
      isFallbackPublicClient: true,
      info: { privacyStatementUrl: "https://contoso.com/privacy" },
      spa: { redirectUris: ["https://contoso.com/spa"] },
      publicClient: { redirectUris: ["http://localhost"] },
      web: {
        homePageUrl: "https://contoso.com/",
        logoutUrl: "https://contoso.com/out",
        implicitGrantSettings: { enableIdTokenIssuance: true, enableAccessTokenIssuance: false },
        redirectUris: ["https://contoso.com/b", "https://contoso.com/a"],
      },
      optionalClaims: {
        idToken: [{ name: "email", essential: true, additionalProperties: [], source: null }],
        accessToken: [],
        saml2Token: [],
      },
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [
          {
            id: "11111111-1111-4111-8111-111111111111",
            value: "access_as_user",
            type: "User",
            isEnabled: true,
            adminConsentDisplayName: "Sign in",
            adminConsentDescription: "Sign in",
            userConsentDisplayName: "Sign in",
            userConsentDescription: "Sign in",
          },
        ],
      },
      requiredResourceAccess: [
        {
          resourceAppId: OTHER_API,
          resourceAccess: [{ id: "22222222-2222-4222-8222-222222222222", type: "Scope" }],
        },
        ...graphAccess({ id: USER_READ, type: "Scope" }, role(MAIL_SEND), role(JOIN)),
      ],
      tags: ["HideApp", "WindowsAzureActiveDirectoryIntegratedApp"],
    },
    channel: { isEnabled: true, enableCalling: true, callingWebhook: CALLS },
    said: ["--redirect-url", "https://contoso.com/consented", "--capabilities", "callUsers"],
  },
  {
    name: "dressed",
    bot: {
      tags: { team: "sales" },
      properties: {
        displayName: "Reception of Contoso",
        description: "Answers",
        iconUrl: "https://contoso.com/icon.png",
        publicNetworkAccess: "Disabled",
        isStreamingSupported: true,
        developerAppInsightKey: "33333333-3333-4333-8333-333333333333",
      },
    },
    application: { requiredResourceAccess: graphAccess(role(JOIN)) },
    channel: {
      isEnabled: true,
      enableCalling: true,
      callingWebhook: CALLS,
      incomingCallRoute: "graphPma",
      acceptedTerms: true,
    },
  },
  {
    name: "regional",
    bot: { location: "westeurope", kind: "sdk" },
    application: { requiredResourceAccess: graphAccess(role(JOIN)) },
    channel: {
      isEnabled: true,
      enableCalling: true,
      callingWebhook: CALLS,
      deploymentEnvironment: "GCCModerateDeployment",
    },
  },
  {
    name: "no.channel",
    bot: { properties: { endpoint: "" } },
    said: [
      ...["--capabilities", "joinMeetings", "--calling-webhook", CALLS],
      ...["--messaging-endpoint", "https://contoso.com/api/messages"],
    ],
  },
  {
    name: "managed-identity",
    managed: true,
    channel: { isEnabled: true, enableCalling: true, callingWebhook: "https://old.contoso.com/x" },
    said: ["--capabilities", "answerCalls", "--calling-webhook", CALLS],
  },
];

const GROUP = "old-bots";

const OTHER_STACK = { "pulumi-project": "theirs", "pulumi-stack": "prod", "pulumi-name": "bot" };

/** Bots that nobody here may take over. */
export const FOREIGN: readonly Existing[] = [
  {
    name: "foreign",
    bot: { properties: { msaAppTenantId: "99999999-9999-4999-8999-999999999999" } },
    application: {},
  },
  {
    name: "taken",
    bot: { tags: OTHER_STACK },
    application: { tags: Object.entries(OTHER_STACK).map(([name, value]) => `${name}:${value}`) },
  },
];

/** The resource group of all of them. */
function groupOf(cloud: TestCloud): string {
  return `/subscriptions/${cloud.environment()["AZURE_SUBSCRIPTION_ID"]}/resourceGroups/${GROUP}`;
}

const LiveBot = z.looseObject({ properties: z.looseObject({ msaAppId: z.string() }) });

/** Everything of every bot that the services tell, by name. */
export async function registrationsOf(cloud: TestCloud): Promise<Record<string, unknown>> {
  const graph = graphClientOf(cloudAccess(cloud.environment()));
  const { arm } = asDeployer(cloud);
  const orNothing = (read: Promise<unknown>) => read.catch(() => undefined);
  const found: Record<string, unknown> = {};
  for (const { name } of EXISTING) {
    const id = `${groupOf(cloud)}/providers/Microsoft.BotService/botServices/old-${name}`;
    const bot = LiveBot.parse(await arm("GET", id, "2022-09-15"));
    const { msaAppId, configuredChannels, enabledChannels, ...properties } = bot.properties;
    found[name] = {
      bot: { ...bot, properties },
      channel: await orNothing(arm("GET", `${id}/channels/MsTeamsChannel`, "2022-09-15")),
      application: await orNothing(graph.api(`/applications(appId='${msaAppId}')`).get()),
      principal: await orNothing(
        graph
          .api(`/servicePrincipals(appId='${msaAppId}')`)
          .select("id,displayName,accountEnabled,tags,notes,loginUrl")
          .get(),
      ),
    };
  }
  return found;
}

const Made = z.object({ id: z.string(), appId: z.string() });

/** Registers bots in a resource group that no stack knows. `clock` is the cloud's. */
export async function makeExisting(
  cloud: TestCloud,
  bots: readonly Existing[],
  clock: { set(now: Date | undefined): void },
): Promise<void> {
  const access = cloudAccess(cloud.environment());
  const group = groupOf(cloud);
  await asDeployer(cloud).arm("PUT", group, "2024-03-01", { location: "westeurope" });
  for (const one of bots) {
    clock.set(one.isOld === true ? new Date("2024-05-01T00:00:00Z") : undefined);
    await register(one, { cloud, group, graph: graphClientOf(access) });
  }
  clock.set(undefined);
}

async function register(
  one: Existing,
  where: { readonly cloud: TestCloud; readonly group: string; readonly graph: Client },
): Promise<void> {
  const { cloud, group } = where;
  // A credential of its own each time: tokens of another year are of no use.
  const { arm } = asDeployer(cloud);
  const identity =
    one.managed === true ? await managedIdentity(one, where) : await application(one, cloud);
  const { properties: special = {}, ...around } = one.bot ?? {};
  const id = `${group}/providers/Microsoft.BotService/botServices/old-${one.name}`;
  await arm("PUT", id, "2022-09-15", {
    location: "global",
    kind: "azurebot",
    sku: { name: "F0" },
    ...around,
    properties: {
      displayName: `Old ${one.name}`,
      endpoint: "https://contoso.com/api/messages",
      msaAppType: "SingleTenant",
      msaAppTenantId: cloud.environment()["AZURE_TENANT_ID"],
      ...identity,
      ...special,
    },
  });
  if (one.channel === undefined) return;
  await arm("PUT", `${id}/channels/MsTeamsChannel`, "2022-09-15", {
    location: "global",
    properties: { channelName: "MsTeamsChannel", properties: one.channel },
  });
}

async function managedIdentity(
  { name }: Existing,
  { cloud, group }: { readonly cloud: TestCloud; readonly group: string },
): Promise<object> {
  const id = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/old-${name}`;
  const made = await asDeployer(cloud).arm("PUT", id, "2023-01-31", { location: "westeurope" });
  const { properties } = z.object({ properties: z.object({ clientId: z.string() }) }).parse(made);
  return { msaAppType: "UserAssignedMSI", msaAppMSIResourceId: id, msaAppId: properties.clientId };
}

async function application(one: Existing, cloud: TestCloud): Promise<object> {
  const graph = graphClientOf(cloudAccess(cloud.environment()));
  const made = Made.parse(
    await graph.api("/applications").post({
      displayName: `Application of ${one.name}`,
      signInAudience: "AzureADMyOrg",
      ...one.application,
    }),
  );
  if (one.noServicePrincipal !== true) {
    await graph.api("/servicePrincipals").post({ appId: made.appId });
  }
  if (one.secret === true) {
    const wanted = { passwordCredential: { displayName: "of the portal" } };
    await graph.api(`/applications/${made.id}/addPassword`).post(wanted);
  } else {
    await graph.api(`/applications/${made.id}/federatedIdentityCredentials`).post({
      name: "cluster",
      issuer: "https://oidc.contoso.com",
      subject: `bot-${one.name}`,
      audiences: ["api://AzureADTokenExchange"],
    });
  }
  return { msaAppId: made.appId };
}

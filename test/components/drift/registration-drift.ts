// What people do to a registration: application, service principal, credentials, consent, Azure Bot, channel, record, group.
import {
  type CallingBotArgs,
  Capability,
  ConsentMode,
  CredentialKind,
} from "../../../components/index.js";
import { DEPLOYER, DEPLOYER_WITHOUT_DIRECTORY_RIGHTS } from "../../../local-cloud/index.js";
import type { DriftStack } from "./drift.js";
import type { Person } from "./person.js";

export const WEBHOOK = "https://bot.contoso.com/api/calling";
const OWN_URL = "https://bot.contoso.com/consented";
/** Of the application, kept by somebody else. */
export const IGNORED_URL = "https://intranet.contoso.com/signed-in";

const application = "Application bot";
const servicePrincipal = "ServicePrincipal bot-service-principal";
const trust = "ApplicationFederatedIdentityCredential bot-federated-cluster";
const otherTrust = "ApplicationFederatedIdentityCredential bot-federated-pipeline";
const bot = "Bot bot";
const channel = "Channel bot-teams";
const record = "RecordSet bot-domain";
const group = "ResourceGroup bot-resource-group";
const USER_READ = "e1fe6dd8-ba31-4d61-89e7-88639da4683d";
const CALLS_JOIN_AS_GUEST = "fd7ccf6b-3d28-418b-9701-cd10f5cd2fd4";

/** Changes an object of the directory as the portal does. */
function patch(resource: string, body: object) {
  return ({ graph, id }: Person) => graph("PATCH", id(resource), body);
}

/** Changes the permissions that the application asks for. */
function ask(change: (access: { id: string; type: string }[]) => unknown) {
  return async ({ graph, id }: Person) => {
    const { requiredResourceAccess } = await graph("GET", id(application));
    change(requiredResourceAccess[0].resourceAccess);
    await graph("PATCH", id(application), { requiredResourceAccess });
  };
}

/** Lets one more be an owner. */
function own(resource: string) {
  return ({ graph, id }: Person) =>
    graph("POST", `${id(resource)}/owners/$ref`, {
      "@odata.id": `${process.env["LOCAL_GRAPH_URL"]}/v1.0/directoryObjects/${DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.servicePrincipalId}`,
    });
}

function editBot(change: (properties: Record<string, unknown>) => unknown) {
  return ({ edit }: Person) => edit(bot, ({ properties }) => change(properties));
}

function editChannel(settings: Record<string, unknown>) {
  return ({ edit }: Person) =>
    edit(channel, ({ properties }) => Object.assign(properties.properties, settings));
}

function federated({ id }: Person, resource: string): string {
  const [objectId, , child] = id(resource).split("/");
  return `/applications/${objectId}/federatedIdentityCredentials/${child}`;
}

const HOST: CallingBotArgs["host"] = {
  messagingEndpoint: "https://bot.contoso.com/api/messages",
  callingWebhook: WEBHOOK,
};

export const REGISTRATION: DriftStack = {
  title: "a registration",
  stackName: "registration",
  bots: ({ dnsZoneId }) => ({
    bot: {
      host: { ...HOST, dnsZoneId, dnsTarget: "20.30.40.50" },
      displayName: "Contoso reception",
      capabilities: [Capability.CallUsers, Capability.JoinMeetings],
      consent: { mode: ConsentMode.Grant },
      credential: {
        kind: CredentialKind.Federated,
        federated: [
          { name: "cluster", issuer: "https://oidc.contoso.com/1", subject: "system:bot" },
          { name: "pipeline", issuer: "https://oidc.contoso.com/2", subject: "repo:bot" },
        ],
      },
      replyUrls: [OWN_URL],
      owners: [DEPLOYER.servicePrincipalId],
      ignore: { replyUrls: [IGNORED_URL], tags: ["costCenter"] },
      tags: { environment: "test" },
    },
    secret: {
      host: HOST,
      capabilities: [Capability.CallUsers],
      bot: { name: "contoso-secret" },
      resourceGroup: { name: "drift-secret" },
      credential: { kind: CredentialKind.Secret },
    },
  }),
  rounds: [
    {
      title: "changed in the portal",
      drifts: [
        {
          what: "another name",
          resource: application,
          by: patch(application, { displayName: "Somebody's bot" }),
          seen: ["displayName"],
        },
        {
          what: "a reply URL added, and one removed",
          resource: application,
          by: patch(application, {
            web: {
              redirectUris: ["https://elsewhere.contoso.com/a"],
              logoutUrl: "https://elsewhere.contoso.com/out",
              homePageUrl: "https://elsewhere.contoso.com",
              implicitGrantSettings: { enableIdTokenIssuance: true },
            },
          }),
          seen: ["web.redirectUris"],
          verify: ["reply-urls"],
        },
        {
          what: "implicit grant allowed, logout and home page set",
          resource: application,
          // By the row above.
          by: async () => {},
          seen: ["web.implicitGrant", "web.logoutUrl", "web.homepageUrl"],
        },
        {
          what: "an app role no longer asked for",
          resource: application,
          by: ask((access) => access.pop()),
          seen: ["requiredResourceAccesses"],
          verify: ["app-roles"],
        },
        {
          what: "a further app role or delegated permission asked for",
          resource: application,
          by: ask((access) =>
            access.push(
              { id: CALLS_JOIN_AS_GUEST, type: "Role" },
              { id: USER_READ, type: "Scope" },
            ),
          ),
          seen: ["requiredResourceAccesses"],
        },
        {
          what: "tags replaced",
          resource: application,
          by: patch(application, { tags: ["HideApp"] }),
          seen: ["tags"],
        },
        {
          what: "an owner added, where `owners` is stated",
          resource: application,
          by: own(application),
          seen: ["owners"],
        },
        {
          what: "opened to other tenants",
          resource: application,
          by: patch(application, { signInAudience: "AzureADMultipleOrgs" }),
          seen: ["signInAudience"],
        },
        {
          what: "an identifier URI added",
          resource: application,
          by: async ({ graph, id }) => {
            const { appId } = await graph("GET", id(application));
            await graph("PATCH", id(application), { identifierUris: [`api://${appId}`] });
          },
          seen: ["identifierUris"],
        },
        {
          what: "made a public client",
          resource: application,
          by: patch(application, { isFallbackPublicClient: true }),
          seen: ["fallbackPublicClientEnabled"],
        },
        {
          what: "notes, description",
          resource: application,
          by: patch(application, { notes: "do not touch", description: "somebody's" }),
          seen: ["notes", "description"],
        },
        {
          what: "access tokens of version 1",
          resource: application,
          by: patch(application, { api: { requestedAccessTokenVersion: 1 } }),
          seen: ["api"],
        },
        {
          what: "switched off",
          resource: servicePrincipal,
          by: patch(servicePrincipal, { accountEnabled: false }),
          seen: ["accountEnabled"],
          verify: ["service-principal"],
        },
        {
          what: "only for who is assigned",
          resource: servicePrincipal,
          by: patch(servicePrincipal, { appRoleAssignmentRequired: true }),
          seen: ["appRoleAssignmentRequired"],
        },
        {
          what: "an owner added, where `owners` is stated",
          resource: servicePrincipal,
          by: own(servicePrincipal),
          seen: ["owners"],
        },
        {
          what: "another subject",
          resource: trust,
          by: (person) =>
            person.graph("PATCH", federated(person, trust), { subject: "system:other" }),
          seen: ["subject"],
          verify: ["credential"],
        },
        {
          what: "deleted",
          resource: otherTrust,
          by: (person) => person.graph("DELETE", federated(person, otherTrust)),
          seen: "gone",
          verify: ["credential"],
        },
        {
          what: "deleted",
          resource: "AppRoleAssignment bot-Calls.Initiate.All",
          by: ({ remove }) => remove("AppRoleAssignment bot-Calls.Initiate.All"),
          seen: "gone",
          verify: ["consent"],
        },
        {
          what: "deleted",
          resource: "ApplicationPassword secret-secret",
          by: async ({ graph, id }) => {
            const [objectId, , keyId] = id("ApplicationPassword secret-secret").split("/");
            await graph("POST", `/applications/${objectId}/removePassword`, { keyId });
          },
          seen: "gone",
          note: "another secret: whoever has the old one needs the new one",
        },
        {
          what: "another endpoint",
          resource: bot,
          by: editBot((properties) => {
            properties["endpoint"] = "https://elsewhere.contoso.com/api/messages";
          }),
          seen: ["properties.endpoint"],
          verify: ["bot-endpoint"],
        },
        {
          what: "another name",
          resource: bot,
          by: editBot((properties) => {
            properties["displayName"] = "Somebody's bot";
          }),
          seen: ["properties.displayName"],
        },
        {
          what: "description, icon",
          resource: bot,
          by: editBot((properties) => {
            properties["description"] = "somebody's";
            properties["iconUrl"] = "https://elsewhere.contoso.com/icon.png";
          }),
          seen: ["properties.description", "properties.iconUrl"],
        },
        {
          what: "closed to the Internet",
          resource: bot,
          by: editBot((properties) => {
            properties["publicNetworkAccess"] = "Disabled";
          }),
          seen: ["properties.publicNetworkAccess"],
        },
        {
          what: "local authentication switched off",
          resource: bot,
          by: editBot((properties) => {
            properties["disableLocalAuth"] = true;
          }),
          seen: ["properties.disableLocalAuth"],
        },
        {
          what: "another price",
          resource: bot,
          by: ({ edit }) =>
            edit(bot, (body) => {
              body.sku = { name: "S1" };
            }),
          seen: ["sku.name"],
        },
        {
          what: "tags changed",
          resource: bot,
          by: ({ edit }) =>
            edit(bot, (body) => {
              body.tags = { ...body.tags, environment: "production", team: "ours" };
            }),
          seen: ["tags"],
        },
        {
          what: "calling switched off",
          resource: channel,
          by: editChannel({ enableCalling: false }),
          seen: ["properties.properties.enableCalling"],
          verify: ["channel-calling"],
        },
        {
          what: "another webhook",
          resource: channel,
          by: editChannel({ callingWebhook: "https://elsewhere.contoso.com/api/calling" }),
          seen: ["properties.properties.callingWebhook"],
          verify: ["channel-webhook"],
        },
        {
          what: "switched off",
          resource: channel,
          by: editChannel({ isEnabled: false }),
          seen: ["properties.properties.isEnabled"],
          verify: ["channel-calling"],
        },
        {
          what: "another call route",
          resource: channel,
          by: editChannel({ incomingCallRoute: "elsewhere" }),
          seen: ["properties.properties.incomingCallRoute"],
        },
        {
          what: "another deployment environment",
          resource: channel,
          by: editChannel({ deploymentEnvironment: "GCCModerateDeployment" }),
          seen: ["properties.properties.deploymentEnvironment"],
          verify: ["channel-deployment"],
        },
        {
          what: "another address, another lifetime",
          resource: record,
          by: ({ edit }) =>
            edit(record, ({ properties }) => {
              properties.ARecords = [{ ipv4Address: "20.30.40.99" }];
              properties.TTL = 60;
            }),
          seen: ["aRecords", "ttl"],
        },
        {
          what: "tags changed",
          resource: group,
          by: ({ edit }) =>
            edit(group, (body) => {
              body.tags = { team: "ours" };
            }),
          seen: ["tags"],
        },
      ],
    },
    {
      title: "deleted",
      drifts: [
        {
          what: "deleted",
          resource: channel,
          by: ({ remove }) => remove(channel),
          seen: "gone",
          verify: ["channel-calling"],
        },
        {
          what: "deleted",
          resource: record,
          by: ({ remove }) => remove(record),
          seen: "gone",
        },
        {
          what: "deleted",
          resource: servicePrincipal,
          by: ({ remove }) => remove(servicePrincipal),
          seen: "gone",
          verify: ["service-principal", "consent"],
          note: "what was granted went with it: granted again, or consent is needed again",
        },
        {
          what: "deleted",
          resource: "Bot secret",
          by: ({ remove }) => remove("Bot secret"),
          seen: "gone",
          note: "its channel went with it, and is made again",
        },
      ],
      follows: [
        "create AppRoleAssignment bot-Calls.Initiate.All",
        "create AppRoleAssignment bot-Calls.JoinGroupCall.All",
        "create Channel secret-teams",
      ],
    },
    {
      title: "made beside it",
      drifts: [
        {
          what: "a client secret added",
          resource: application,
          by: ({ graph, id }) =>
            graph("POST", `${id(application)}/addPassword`, {
              passwordCredential: { displayName: "somebody's" },
            }),
          seen: undefined,
          verify: ["credential"],
        },
        {
          what: "a federated credential added",
          resource: application,
          by: ({ graph, id }) =>
            graph("POST", `${id(application)}/federatedIdentityCredentials`, {
              name: "somebody",
              issuer: "https://oidc.contoso.com/3",
              subject: "repo:somebody",
              audiences: ["api://AzureADTokenExchange"],
            }),
          seen: undefined,
          verify: ["credential"],
        },
        {
          what: "a further app role granted",
          resource: servicePrincipal,
          by: async ({ graph, id }) => {
            const { id: resourceId } = await graph(
              "GET",
              "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')",
            );
            const principalId = id(servicePrincipal).split("/").at(-1);
            await graph("POST", `${id(servicePrincipal)}/appRoleAssignments`, {
              principalId,
              resourceId,
              appRoleId: CALLS_JOIN_AS_GUEST,
            });
          },
          seen: undefined,
          verify: ["consent"],
        },
        {
          what: "an owner added, where `owners` is left out",
          resource: "Application secret",
          by: own("Application secret"),
          seen: ["owners"],
          putRight: "nothing",
          note: "left on purpose: whoever deploys in turn does not flip the list",
        },
      ],
    },
    {
      title: "lost as a whole",
      drifts: [
        {
          what: "deleted",
          resource: application,
          by: ({ remove }) => remove(application),
          seen: "gone",
          verify: ["application", "service-principal", "consent"],
          note: "another app id, with which the bot is replaced: within 30 days rather restore it (portal, App registrations, Deleted applications), and nothing changes",
        },
        {
          what: "deleted",
          resource: "ResourceGroup secret-resource-group",
          by: ({ remove }) => remove("ResourceGroup secret-resource-group"),
          seen: "gone",
          note: "everything in it is made again",
        },
      ],
      follows: [
        "create AppRoleAssignment bot-Calls.Initiate.All",
        "create AppRoleAssignment bot-Calls.JoinGroupCall.All",
        ...[trust, otherTrust, servicePrincipal].map((resource) => `create ${resource}`),
        `replace ${bot}`,
        `replace ${channel}`,
        "create Bot secret",
        "create Channel secret-teams",
      ],
    },
  ],
};

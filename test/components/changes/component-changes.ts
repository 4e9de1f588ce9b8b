// Every argument of every component that is used on its own, and what a change of it does.
import * as botservice from "@pulumi/azure-native/botservice/index.js";
import * as dns from "@pulumi/azure-native/dns/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import {
  AdminConsent,
  type AdminConsentArgs,
  BotIdentity,
  type BotIdentityArgs,
  BotRegistration,
  type BotRegistrationArgs,
  BotSku,
  BotType,
  Capability,
  Cloud,
  ConsentMode,
  CredentialKind,
  ExistingEndpoint,
  type ExistingEndpointArgs,
  MediaRecording,
  SignUpAddress,
  SignUpSite,
  type SignUpSiteArgs,
  TeamsAppPackage,
  type TeamsAppPackageArgs,
  TeamsCallingChannel,
  type TeamsCallingChannelArgs,
  Tenancy,
} from "../../../components/index.js";
import {
  DEPLOYER,
  DEPLOYER_WITHOUT_DIRECTORY_RIGHTS,
  TENANT_ID,
} from "../../../local-cloud/index.js";
import type { ChangeWalk } from "./setting-change.js";

const SECOND_TENANT = "5b3e1c52-0000-4000-8000-000000000002";

/** Two of each of what a registration is made for, so that one can be exchanged for the other. */
function twoOfEach() {
  const group = (name: string) => new resources.ResourceGroup(name, { resourceGroupName: name });
  const groups = { one: group("changes-one"), two: group("changes-two") };
  const application = (name: string) =>
    new BotIdentity(name, { displayName: name, permissions: ["Calls.Initiate.All"] });
  const managed = (name: string) =>
    new managedidentity.UserAssignedIdentity(name, {
      resourceGroupName: groups.one.name,
      resourceName: name,
    });
  const applications = { one: application("application-one"), two: application("application-two") };
  const identities = { one: managed("identity-one"), two: managed("identity-two") };
  return { groups, applications, identities };
}

type One = "one" | "two";

interface RegistrationChoice
  extends Omit<BotRegistrationArgs, "resourceGroupName" | "appId" | "managedIdentityResourceId"> {
  readonly group: One;
  readonly application?: One;
  readonly managedIdentity?: One;
}

const REGISTRATION: ChangeWalk<RegistrationChoice> = {
  title: "BotRegistration",
  start: {
    group: "one",
    application: "one",
    botName: "changes-registration",
    tenantId: TENANT_ID,
    messagingEndpoint: "https://contoso.com/messages",
    callingWebhook: "https://contoso.com/calls",
  },
  program: ({ group, application, managedIdentity, ...args }) => {
    const { groups, applications, identities } = twoOfEach();
    const identity = managedIdentity && identities[managedIdentity];
    new BotRegistration("bot", {
      ...args,
      resourceGroupName: groups[group].name,
      ...(identity === undefined
        ? { appId: applications[application ?? "one"].appId }
        : { appId: identity.clientId, managedIdentityResourceId: identity.id }),
    });
  },
  changes: [
    {
      settings: ["displayName", "messagingEndpoint", "sku", "description", "iconUrl", "tags"],
      change: "another",
      to: {
        displayName: "Two",
        messagingEndpoint: "https://contoso.com/api/messages",
        sku: BotSku.Standard,
        description: "Reception",
        iconUrl: "https://contoso.com/icon.png",
        tags: { environment: "test" },
      },
      steps: ["update Bot bot"],
    },
    {
      settings: ["callingWebhook"],
      change: "another",
      to: { callingWebhook: "https://contoso.com/api/calls" },
      steps: ["update Channel bot-teams"],
    },
    {
      settings: ["calling"],
      change: "false",
      to: { calling: false },
      steps: ["replace Channel bot-teams"],
      note: "the service keeps a webhook that is emptied",
    },
    {
      settings: ["calling"],
      change: "true again",
      to: { calling: true },
      steps: ["update Channel bot-teams"],
    },
    {
      settings: ["cloud"],
      change: "gccModerate",
      to: { cloud: Cloud.GccModerate },
      steps: ["update Channel bot-teams"],
    },
    {
      settings: ["appId"],
      change: "another",
      to: { application: "two" },
      steps: ["replace Bot bot", "replace Channel bot-teams"],
      note: "the same where what it is an output of is replaced",
    },
    {
      settings: ["tenantId"],
      change: "another",
      to: { tenantId: SECOND_TENANT },
      steps: ["replace Bot bot", "replace Channel bot-teams"],
    },
    {
      settings: ["botName"],
      change: "another",
      to: { botName: "changes-registration-2" },
      steps: ["replace Bot bot", "replace Channel bot-teams"],
    },
    {
      settings: ["resourceGroupName"],
      change: "another",
      to: { group: "two" },
      steps: ["replace Bot bot", "replace Channel bot-teams"],
    },
    {
      settings: ["type", "managedIdentityResourceId"],
      change: "UserAssignedMSI",
      to: { type: BotType.UserAssignedMSI, managedIdentity: "one", tenantId: TENANT_ID },
      steps: ["replace Bot bot", "replace Channel bot-teams"],
    },
    {
      settings: ["managedIdentityResourceId"],
      change: "another",
      to: { managedIdentity: "two" },
      steps: ["replace Bot bot", "replace Channel bot-teams"],
    },
  ],
};

interface ChannelChoice extends Omit<TeamsCallingChannelArgs, "resourceGroupName" | "botName"> {
  readonly bot: One;
}

const CHANNEL: ChangeWalk<ChannelChoice> = {
  title: "TeamsCallingChannel",
  start: { bot: "one", callingWebhook: "https://contoso.com/calls" },
  program: ({ bot, ...args }) => {
    const { groups, applications } = twoOfEach();
    const azureBot = (one: One) =>
      new botservice.Bot(one, {
        resourceGroupName: groups[one].name,
        resourceName: `changes-channel-${one}`,
        location: "global",
        kind: "azurebot",
        sku: { name: "F0" },
        properties: {
          displayName: one,
          endpoint: "https://contoso.com/messages",
          msaAppId: applications[one].appId,
          msaAppTenantId: TENANT_ID,
          msaAppType: "SingleTenant",
        },
      });
    const bots = { one: azureBot("one"), two: azureBot("two") };
    const place = { resourceGroupName: groups[bot].name, botName: bots[bot].name };
    new TeamsCallingChannel("bot", { ...args, ...place });
  },
  changes: [
    {
      settings: ["callingWebhook", "cloud"],
      change: "another",
      to: { callingWebhook: "https://contoso.com/api/calls", cloud: Cloud.GccModerate },
      steps: ["update Channel bot-teams"],
    },
    {
      settings: ["calling"],
      change: "false",
      to: { calling: false },
      steps: ["replace Channel bot-teams"],
      note: "the service keeps a webhook that is emptied",
    },
    {
      settings: ["calling"],
      change: "true again",
      to: { calling: true },
      steps: ["update Channel bot-teams"],
    },
    {
      settings: ["resourceGroupName", "botName"],
      change: "another",
      to: { bot: "two" },
      steps: ["replace Channel bot-teams"],
    },
  ],
};

const IDENTITY: ChangeWalk<BotIdentityArgs> = {
  title: "BotIdentity",
  start: { displayName: "One", permissions: ["Calls.Initiate.All"] },
  program: (args) => {
    new BotIdentity("bot", args);
  },
  changes: [
    {
      settings: ["displayName", "permissions", "replyUrls", "tenancy"],
      change: "another",
      to: {
        displayName: "Two",
        permissions: ["Calls.JoinGroupCall.All"],
        replyUrls: ["https://contoso.com/consented"],
        tenancy: Tenancy.MultiTenant,
      },
      steps: ["update Application bot"],
    },
    {
      settings: ["owners"],
      change: "stated",
      to: {
        owners: [DEPLOYER.servicePrincipalId, DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.servicePrincipalId],
      },
      steps: ["update Application bot", "update ServicePrincipal bot-service-principal"],
    },
    {
      settings: ["credential"],
      change: "added",
      to: { credential: { kind: CredentialKind.Secret } },
      steps: ["create ApplicationPassword bot-secret"],
    },
    {
      settings: ["ignore"],
      change: "added",
      to: { ignore: { replyUrls: ["https://intranet.contoso.com/in"] } },
      steps: [],
    },
    { settings: ["ephemeral"], change: "true", to: { ephemeral: true }, steps: [] },
    { settings: ["cloud"], change: "gccModerate", to: { cloud: Cloud.GccModerate }, steps: [] },
  ],
};

interface ConsentChoice extends Omit<AdminConsentArgs, "appId" | "servicePrincipalObjectId"> {
  readonly application: One;
}

const CONSENT: ChangeWalk<ConsentChoice> = {
  title: "AdminConsent",
  start: { application: "one", permissions: ["Calls.Initiate.All"], tenantId: TENANT_ID },
  program: ({ application, ...args }) => {
    const { applications } = twoOfEach();
    const { appId, servicePrincipalObjectId } = applications[application];
    new AdminConsent("bot", { ...args, appId, servicePrincipalObjectId });
  },
  changes: [
    {
      settings: ["customerTenants", "redirectUri", "replyUrls", "tenantId", "cloud"],
      change: "another",
      to: {
        customerTenants: ["fabrikam.com"],
        redirectUri: "https://contoso.com/consented",
        replyUrls: ["https://contoso.com/consented"],
        tenantId: SECOND_TENANT,
        cloud: Cloud.GccModerate,
      },
      steps: [],
      note: "another link",
    },
    {
      settings: ["mode"],
      change: "grant",
      to: { mode: ConsentMode.Grant, tenantId: TENANT_ID },
      steps: ["create AppRoleAssignment bot-Calls.Initiate.All"],
    },
    {
      settings: ["permissions"],
      change: "one for another",
      to: { permissions: ["Calls.JoinGroupCall.All"] },
      steps: [
        "create AppRoleAssignment bot-Calls.JoinGroupCall.All",
        "delete AppRoleAssignment bot-Calls.Initiate.All",
      ],
    },
    {
      settings: ["appId", "servicePrincipalObjectId"],
      change: "another",
      to: { application: "two" },
      steps: ["replace AppRoleAssignment bot-Calls.JoinGroupCall.All"],
    },
    {
      settings: ["mode"],
      change: "from grant to external",
      to: { mode: ConsentMode.External },
      steps: ["delete AppRoleAssignment bot-Calls.JoinGroupCall.All"],
      note: "what was granted is taken back",
    },
  ],
};

interface SignUpChoice
  extends Omit<
    SignUpSiteArgs,
    "resourceGroupName" | "accountName" | "containerName" | "redirectUri"
  > {
  readonly group: One;
  readonly accountName: string;
  readonly location?: string;
  readonly tags?: Record<string, string>;
}

const PAGES = ["Blob bot-sign-up-index", "Blob bot-sign-up-not-found", "Blob bot-sign-up-return"];
const EVERYTHING = [
  ...["index", "logo", "not-found", "return"].map((file) => `Blob bot-sign-up-${file}`),
  "StorageAccount bot-sign-up",
  "StorageAccountStaticWebsite bot-sign-up",
];

function replaced(what: readonly string[]): string[] {
  return what.map((resource) => `replace ${resource}`);
}

const SIGN_UP: ChangeWalk<SignUpChoice> = {
  title: "SignUpAddress and SignUpSite",
  start: {
    group: "one",
    accountName: "changesone",
    appId: "3f1a2b3c-0000-4000-8000-00000000c0de",
    displayName: "Contoso",
    publisher: {
      name: "Contoso Ltd",
      privacyUrl: "https://contoso.com/privacy",
      termsUrl: "https://contoso.com/terms",
      contact: "mailto:bots@contoso.com",
    },
    capabilities: [Capability.CallUsers],
  },
  program: ({ group, accountName, location, tags, ...args }) => {
    const { groups } = twoOfEach();
    const resourceGroupName = groups[group].name;
    const address = new SignUpAddress("bot", {
      resourceGroupName,
      accountName,
      ...(location === undefined ? {} : { location }),
      ...(tags === undefined ? {} : { tags }),
    });
    new SignUpSite("bot", {
      ...args,
      resourceGroupName,
      accountName: address.accountName,
      containerName: address.containerName,
      redirectUri: address.redirectUri,
    });
  },
  changes: [
    {
      settings: ["tags"],
      change: "another",
      to: { tags: { environment: "test" } },
      steps: ["update StorageAccount bot-sign-up"],
    },
    {
      settings: [
        "appId",
        "displayName",
        "capabilities",
        "permissions",
        "reasons",
        "mediaRecording",
        "tenantId",
        "cloud",
      ],
      change: "another",
      to: {
        appId: "3f1a2b3c-0000-4000-8000-00000000beef",
        displayName: "Fabrikam",
        capabilities: [Capability.AnswerCalls],
        permissions: ["Calls.AccessMedia.All"],
        reasons: { "Calls.AccessMedia.All": "It listens." },
        mediaRecording: MediaRecording.Never,
        tenantId: TENANT_ID,
        cloud: Cloud.GccModerate,
      },
      steps: replaced(PAGES),
      note: "a page that changes is missing for a moment",
    },
    {
      settings: ["publisher"],
      change: "another",
      to: {
        publisher: {
          name: "Fabrikam Ltd",
          privacyUrl: "https://fabrikam.com/privacy",
          termsUrl: "https://fabrikam.com/terms",
          contact: "mailto:bots@fabrikam.com",
        },
      },
      steps: replaced(EVERYTHING.slice(0, 4)),
    },
    {
      settings: ["location"],
      change: "another",
      to: { location: "northeurope" },
      steps: replaced(EVERYTHING),
    },
    {
      settings: ["accountName", "containerName", "redirectUri"],
      change: "another",
      to: { accountName: "changestwo" },
      steps: replaced(EVERYTHING),
      note: "another address: a reply URL of the application",
    },
    {
      settings: ["resourceGroupName"],
      change: "another",
      to: { group: "two" },
      steps: replaced(EVERYTHING),
    },
  ],
};

interface EndpointChoice extends Omit<ExistingEndpointArgs, "dnsZoneId"> {
  readonly withZone: boolean;
}

const ENDPOINT: ChangeWalk<EndpointChoice> = {
  title: "ExistingEndpoint",
  start: {
    withZone: false,
    messagingEndpoint: "https://bot.contoso.com/messages",
    callingWebhook: "https://bot.contoso.com/calls",
  },
  program: ({ withZone, ...args }) => {
    const { groups } = twoOfEach();
    const zone = new dns.Zone("zone", {
      resourceGroupName: groups.one.name,
      zoneName: "contoso.com",
      location: "global",
    });
    new ExistingEndpoint("bot", { ...args, ...(withZone ? { dnsZoneId: zone.id } : {}) });
  },
  changes: [
    {
      settings: ["messagingEndpoint", "callingWebhook"],
      change: "another path",
      to: {
        messagingEndpoint: "https://bot.contoso.com/api/messages",
        callingWebhook: "https://bot.contoso.com/api/calls",
      },
      steps: [],
    },
    {
      settings: ["dnsZoneId", "dnsTarget"],
      change: "added",
      to: { withZone: true, dnsTarget: "20.30.40.50" },
      steps: ["create RecordSet bot-domain"],
    },
    {
      settings: ["dnsTarget"],
      change: "another address",
      to: { dnsTarget: "20.30.40.51" },
      steps: ["update RecordSet bot-domain"],
    },
    {
      settings: ["dnsTarget"],
      change: "a host name",
      to: { dnsTarget: "lb.fabrikam.com" },
      steps: ["replace RecordSet bot-domain"],
    },
    {
      settings: ["domain"],
      change: "the other of two hosts",
      to: { callingWebhook: "https://calls.contoso.com/", domain: "calls.contoso.com" },
      steps: ["replace RecordSet bot-domain"],
    },
  ],
};

const APP_PACKAGE: ChangeWalk<TeamsAppPackageArgs> = {
  title: "TeamsAppPackage",
  start: {
    appId: "3f1a2b3c-0000-4000-8000-00000000c0de",
    name: { short: "Contoso" },
    description: { short: "Answers calls." },
    developer: {
      name: "Contoso",
      websiteUrl: "https://contoso.com",
      privacyUrl: "https://contoso.com/privacy",
      termsOfUseUrl: "https://contoso.com/terms",
    },
  },
  program: (args) => {
    new TeamsAppPackage("bot", args);
  },
  changes: [
    {
      settings: ["appId", "permissions", "channelCalling", "cloud"],
      change: "another",
      to: {
        appId: "3f1a2b3c-0000-4000-8000-00000000beef",
        permissions: ["Calls.Initiate.All"],
        channelCalling: false,
        cloud: Cloud.GccModerate,
      },
      steps: [],
      note: "writes the package again",
    },
  ],
};

/** A walk of some kind of arguments, which nobody outside has to know. */
export interface AnyWalk {
  readonly title: string;
  readonly changes: ChangeWalk<object>["changes"];
  follow(visit: <Args extends object>(walk: ChangeWalk<Args>) => void): void;
}

function anyWalk<Args extends object>(walk: ChangeWalk<Args>): AnyWalk {
  const { title, changes } = walk;
  return { title, changes, follow: (visit) => visit(walk) };
}

export const COMPONENT_CHANGES: readonly AnyWalk[] = [
  anyWalk(IDENTITY),
  anyWalk(REGISTRATION),
  anyWalk(CHANNEL),
  anyWalk(CONSENT),
  anyWalk(SIGN_UP),
  anyWalk(ENDPOINT),
  anyWalk(APP_PACKAGE),
];

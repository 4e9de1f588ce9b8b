// Every setting of a stack but those of hosts that are made, and what a change of it does.
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import {
  type AllowReplaceArgs,
  BotSku,
  BotType,
  CallingBot,
  type CallingBotArgs,
  Capability,
  Cloud,
  ConsentMode,
  CredentialKind,
  MediaRecording,
  stackOutputs,
  Tenancy,
} from "../../../components/index.js";
import { DEPLOYER, DEPLOYER_WITHOUT_DIRECTORY_RIGHTS } from "../../../local-cloud/index.js";
import type { ChangeWalk } from "./setting-change.js";

const HOST = {
  messagingEndpoint: "https://contoso.com/api/messages",
  callingWebhook: "https://contoso.com/teamsapp/api/calling",
};

const APP = {
  name: { short: "Contoso" },
  description: { short: "Answers calls." },
  developer: {
    name: "Contoso",
    websiteUrl: "https://contoso.com",
    privacyUrl: "https://contoso.com/privacy",
    termsOfUseUrl: "https://contoso.com/terms",
  },
};

const PUBLISHER = {
  name: "Contoso Ltd",
  privacyUrl: "https://contoso.com/privacy",
  termsUrl: "https://contoso.com/terms",
  contact: "mailto:bots@contoso.com",
};

interface BotChoice extends CallingBotArgs {
  /** Sign in as an identity that exists. */
  readonly withGivenIdentity?: boolean;
}

function program({ withGivenIdentity = false, ...args }: BotChoice) {
  const { name: resourceGroupName } = new resources.ResourceGroup("given", {
    resourceGroupName: "given",
  });
  const given = new managedidentity.UserAssignedIdentity("given", { resourceGroupName });
  const { id: resourceId, clientId, principalId } = given;
  const managedIdentity = { resourceId, clientId, principalId };
  return {
    ...stackOutputs(
      new CallingBot("bot", { ...args, ...(withGivenIdentity ? { managedIdentity } : {}) }),
    ),
  };
}

function trust(override: Partial<Record<"name" | "issuer" | "subject" | "audience", string>> = {}) {
  const federated = { name: "cluster", issuer: "https://oidc.contoso.com", subject: "system:a" };
  return {
    credential: { kind: CredentialKind.Federated, federated: [{ ...federated, ...override }] },
  };
}

/** The change, with the line without which it is refused. */
function allowing(name: keyof AllowReplaceArgs, output: string, change: Partial<BotChoice>) {
  return (outputs: Readonly<Record<string, unknown>>): Partial<BotChoice> => ({
    ...change,
    allowReplace: { [name]: String(outputs[output]), tenancy: Tenancy.MultiTenant },
  });
}

export const STACK_CHANGES: readonly ChangeWalk<BotChoice>[] = [
  {
    title: "a bot that grants its own consent",
    start: {
      host: HOST,
      displayName: "One",
      bot: { name: "contoso-changes-one" },
      capabilities: [Capability.CallUsers, Capability.JoinMeetings],
      consent: { mode: ConsentMode.Grant },
    },
    program,
    changes: [
      {
        settings: ["displayName"],
        change: "another",
        to: { displayName: "Two" },
        steps: ["update Application bot", "update Bot bot"],
      },
      {
        settings: ["host.callingWebhook"],
        change: "another",
        to: { host: { ...HOST, callingWebhook: "https://contoso.com/calls" } },
        steps: ["update Channel bot-teams"],
      },
      {
        settings: ["host.messagingEndpoint"],
        change: "another",
        to: { host: { ...HOST, messagingEndpoint: "https://contoso.com/messages" } },
        steps: ["update Bot bot", "update Channel bot-teams"],
      },
      {
        settings: ["bot.sku", "bot.description", "bot.iconUrl"],
        change: "another",
        to: {
          bot: {
            name: "contoso-changes-one",
            sku: BotSku.Standard,
            description: "Reception",
            iconUrl: "https://contoso.com/icon.png",
          },
        },
        steps: ["update Bot bot"],
      },
      {
        settings: ["tags"],
        change: "another",
        to: { tags: { environment: "test" } },
        steps: ["update Bot bot", "update ResourceGroup bot-resource-group"],
      },
      {
        settings: ["capabilities"],
        change: "one for another",
        to: { capabilities: [Capability.CallUsers, Capability.CallGroups] },
        steps: [
          "create AppRoleAssignment bot-Calls.InitiateGroupCall.All",
          "delete AppRoleAssignment bot-Calls.JoinGroupCall.All",
          "update Application bot",
        ],
        note: "consent is needed again, unless the stack grants it",
      },
      {
        settings: ["permissions", "mediaRecording"],
        change: "added",
        to: { permissions: ["Calls.AccessMedia.All"], mediaRecording: MediaRecording.Never },
        steps: ["create AppRoleAssignment bot-Calls.AccessMedia.All", "update Application bot"],
        note: "consent is needed again, unless the stack grants it",
      },
      {
        settings: ["mediaRecording"],
        change: "another",
        to: { mediaRecording: MediaRecording.AfterRecordingStatus },
        steps: [],
      },
      {
        settings: ["replyUrls"],
        change: "more of them",
        to: { replyUrls: ["https://contoso.com/b", "https://contoso.com/a"] },
        steps: ["update Application bot"],
      },
      {
        settings: ["replyUrls"],
        change: "the same in another order",
        to: { replyUrls: ["https://contoso.com/a", "https://contoso.com/b"] },
        steps: [],
      },
      {
        settings: ["tenancy"],
        change: "multiTenant",
        to: { tenancy: Tenancy.MultiTenant },
        steps: ["update Application bot"],
      },
      {
        settings: ["consent.customerTenants"],
        change: "added",
        to: { consent: { mode: ConsentMode.Grant, customerTenants: ["fabrikam.com"] } },
        steps: [],
      },
      {
        settings: ["ignore.replyUrls", "ignore.tags"],
        change: "added",
        to: { ignore: { replyUrls: ["https://intranet.contoso.com/in"], tags: ["costCenter"] } },
        steps: [],
        note: "from then on left as it is: [drift.md](drift.md)",
      },
      {
        settings: ["owners"],
        change: "stated",
        to: {
          owners: [
            DEPLOYER.servicePrincipalId,
            DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.servicePrincipalId,
          ],
        },
        steps: ["update Application bot", "update ServicePrincipal bot-service-principal"],
        note: "left out again, the list stays as it is",
      },
      {
        settings: ["app"],
        change: "added",
        to: { app: APP },
        steps: [],
        note: "writes the package",
      },
      {
        settings: [
          "app.name",
          "app.description",
          "app.developer",
          "app.id",
          "app.version",
          "app.manifestVersion",
          "app.scopes",
          "app.calling",
          "app.video",
          "app.notificationOnly",
          "app.resourceSpecificPermissions",
          "app.validDomains",
          "app.accentColor",
          "app.packagePath",
        ],
        change: "another",
        to: {
          app: {
            name: { short: "Fabrikam" },
            description: { short: "Joins meetings." },
            developer: { ...APP.developer, name: "Fabrikam" },
            id: "3f1a2b3c-0000-4000-8000-00000000c0de",
            version: "1.1.0",
            manifestVersion: "1.17",
            scopes: [],
            calling: true,
            video: true,
            notificationOnly: true,
            resourceSpecificPermissions: [],
            validDomains: ["contoso.com"],
            accentColor: "#000000",
            packagePath: "teams-app/other.zip",
          },
        },
        steps: [],
        note: "writes the package again; publish it with a higher `app.version`",
      },
      {
        settings: ["protect"],
        change: "true, and false again",
        to: { protect: false },
        steps: [],
      },
      {
        settings: ["ephemeral"],
        change: "true",
        to: { ephemeral: true },
        steps: [],
      },
      {
        settings: ["cloud"],
        change: "gccModerate",
        to: { cloud: Cloud.GccModerate },
        steps: ["update Channel bot-teams"],
        note: "another cloud with a directory of its own needs a stack of its own",
      },
      {
        settings: ["bot.name"],
        change: "another",
        to: allowing("bot", "botResourceId", { bot: { name: "contoso-changes-two" } }),
        steps: ["replace Bot bot", "replace Channel bot-teams"],
        note: "people who have the app keep it: the app id stays",
      },
      {
        settings: ["resourceGroup.name"],
        change: "another",
        to: allowing("bot", "botResourceId", { resourceGroup: { name: "changed-group" } }),
        steps: [
          "replace Bot bot",
          "replace Channel bot-teams",
          "replace ResourceGroup bot-resource-group",
        ],
        note: "everything in the group is made anew in the other one",
      },
      {
        settings: ["resourceGroup.location"],
        change: "another",
        to: {
          resourceGroup: { name: "changed-group", location: "northeurope" },
          allowReplace: { location: "westeurope" },
        },
        steps: [
          "replace Bot bot",
          "replace Channel bot-teams",
          "replace ResourceGroup bot-resource-group",
        ],
        note: "everything in the group is made anew",
      },
      {
        settings: ["bot.type"],
        change: "UserAssignedMSI",
        to: allowing("appId", "appId", {
          bot: { name: "contoso-changes-two", type: BotType.UserAssignedMSI },
          replyUrls: [],
          ignore: {},
          owners: [],
          tenancy: Tenancy.SingleTenant,
          consent: { mode: ConsentMode.Grant },
        }),
        steps: [
          "create UserAssignedIdentity bot-identity",
          "delete Application bot",
          "delete ServicePrincipal bot-service-principal",
          "replace AppRoleAssignment bot-Calls.AccessMedia.All",
          "replace AppRoleAssignment bot-Calls.Initiate.All",
          "replace AppRoleAssignment bot-Calls.InitiateGroupCall.All",
          "replace Bot bot",
          "replace Channel bot-teams",
        ],
        note: "another app id: the Teams app is another one, and consent is needed again",
      },
      {
        settings: ["managedIdentity"],
        change: "one that exists",
        to: allowing("appId", "appId", { withGivenIdentity: true }),
        steps: [
          "delete UserAssignedIdentity bot-identity",
          "replace AppRoleAssignment bot-Calls.AccessMedia.All",
          "replace AppRoleAssignment bot-Calls.Initiate.All",
          "replace AppRoleAssignment bot-Calls.InitiateGroupCall.All",
          "replace Bot bot",
          "replace Channel bot-teams",
        ],
        note: "another app id",
      },
    ],
  },
  {
    title: "a bot that asks for consent",
    start: { host: HOST, displayName: "One", capabilities: [Capability.CallUsers] },
    program,
    changes: [
      {
        settings: ["consent.redirectUrl"],
        change: "added",
        to: { consent: { redirectUrl: "https://contoso.com/consented" } },
        steps: ["update Application bot"],
        note: "becomes a reply URL",
      },
      {
        settings: ["credential.kind"],
        change: "secret",
        to: { credential: { kind: CredentialKind.Secret, endDate: "2027-06-30T00:00:00Z" } },
        steps: ["create ApplicationPassword bot-secret"],
      },
      {
        settings: ["credential.endDate"],
        change: "another",
        to: { credential: { kind: CredentialKind.Secret, endDate: "2028-06-30T00:00:00Z" } },
        steps: ["replace ApplicationPassword bot-secret"],
        note: "the new secret is there before the old one goes",
      },
      {
        settings: ["credential.displayName"],
        change: "another",
        to: {
          credential: {
            kind: CredentialKind.Secret,
            endDate: "2028-06-30T00:00:00Z",
            displayName: "rotated",
          },
        },
        steps: ["replace ApplicationPassword bot-secret"],
        note: "the new secret is there before the old one goes",
      },
      {
        settings: ["credential.generation"],
        change: "raised by one",
        to: {
          credential: {
            kind: CredentialKind.Secret,
            endDate: "2028-06-30T00:00:00Z",
            displayName: "rotated",
            generation: 1,
          },
        },
        steps: ["create ApplicationPassword bot-secret-2"],
        note: "the secret of before stays good until the next time",
      },
      {
        settings: ["credential.kind", "credential.federated"],
        change: "federated",
        to: trust(),
        steps: [
          "create ApplicationFederatedIdentityCredential bot-federated-cluster",
          "delete ApplicationPassword bot-secret",
          "delete ApplicationPassword bot-secret-2",
        ],
      },
      {
        settings: [
          "credential.federated.issuer",
          "credential.federated.subject",
          "credential.federated.audience",
        ],
        change: "another",
        to: trust({
          issuer: "https://oidc.fabrikam.com",
          subject: "system:b",
          audience: "api://Other",
        }),
        steps: ["update ApplicationFederatedIdentityCredential bot-federated-cluster"],
      },
      {
        settings: ["credential.federated.name"],
        change: "another",
        to: trust({ name: "other-cluster" }),
        steps: [
          "create ApplicationFederatedIdentityCredential bot-federated-other-cluster",
          "delete ApplicationFederatedIdentityCredential bot-federated-cluster",
        ],
      },
      {
        settings: ["credential.managedIdentityPrincipalId"],
        change: "for the list",
        to: {
          credential: {
            kind: CredentialKind.Federated,
            managedIdentityPrincipalId: "0b5f2d51-0000-4000-8000-000000000001",
          },
        },
        steps: [
          "create ApplicationFederatedIdentityCredential bot-federated-managed-identity",
          "delete ApplicationFederatedIdentityCredential bot-federated-other-cluster",
        ],
      },
      {
        settings: ["consent.mode"],
        change: "grant",
        to: { consent: { mode: ConsentMode.Grant, redirectUrl: "https://contoso.com/consented" } },
        steps: ["create AppRoleAssignment bot-Calls.Initiate.All"],
      },
      {
        settings: ["consent.mode"],
        change: "from grant to url",
        to: { consent: { mode: ConsentMode.Url, redirectUrl: "https://contoso.com/consented" } },
        steps: ["delete AppRoleAssignment bot-Calls.Initiate.All"],
        note: "what was granted is taken back: consent is needed again",
      },
      {
        settings: ["consent.mode", "consent.publisher"],
        change: "signUp",
        to: { consent: { mode: ConsentMode.SignUp, publisher: PUBLISHER } },
        steps: [
          "create Blob bot-sign-up-index",
          "create Blob bot-sign-up-logo",
          "create Blob bot-sign-up-not-found",
          "create Blob bot-sign-up-return",
          "create StorageAccount bot-sign-up",
          "create StorageAccountStaticWebsite bot-sign-up",
          "update Application bot",
        ],
      },
      {
        settings: ["consent.publisher", "consent.reasons"],
        change: "another",
        to: {
          consent: {
            mode: ConsentMode.SignUp,
            publisher: { ...PUBLISHER, name: "Fabrikam" },
            reasons: { "Calls.Initiate.All": "It calls you back." },
          },
        },
        steps: ["index", "logo", "not-found", "return"].map(
          (file) => `replace Blob bot-sign-up-${file}`,
        ),
        note: "a page that changes is missing for a moment",
      },
    ],
  },
];

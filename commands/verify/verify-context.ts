// What the checks of `verify` are given: the outputs of a stack, and readings of what really is. A reading is made when the
// first check asks for it, and shared.
import {
  type AzureBot,
  readAzureBot,
  readTeamsChannel,
  type TeamsChannel,
} from "../../arm/azure-bot.js";
import { readWithin } from "../../graph/bounded-reading.js";
import { byAppId, type GrantedAppRoles, grantedAppRoles } from "../../graph/granted-app-roles.js";
import {
  federatedCredentialsOf,
  ownersOf,
  type RegisteredApplication,
  registeredApplication,
  type ServicePrincipal,
  servicePrincipalOf,
} from "../../graph/registered-application.js";
import type { CloudEndpoints } from "../../rules/clouds.js";
import type { OpenedApp } from "../../rules/manifest/open-package.js";
import type { StackOutputs } from "../../rules/outputs.js";
import { readFrom, Source } from "../checks/cannot-tell.js";
import { once } from "../checks/once.js";
import type { Network } from "../probe/network.js";
import { type PostAnswer, postUnsigned } from "../probe/unsigned-post.js";
import type { Services } from "../sign-in/services.js";
import type { DirectoryLists } from "./directory-lists.js";
import type { SubscriptionLists } from "./subscription-lists.js";

/** Everything a check of `verify` may look at. Readings reject with CannotTell. */
export interface VerifyContext {
  readonly bot: StackOutputs;
  /** Every bot of the stack, this one among them. */
  readonly siblings: readonly StackOutputs[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly endpoints: CloudEndpoints;
  readonly now: Date;
  readonly network: Network;
  /** The Teams app's package or manifest, where there is one to look at. */
  readonly app: { readonly opened?: OpenedApp; readonly problem?: string };
  /** `host:port` of the media endpoint, where it was given. */
  readonly media: string | undefined;
  readonly application: () => Promise<RegisteredApplication | undefined>;
  readonly servicePrincipal: () => Promise<ServicePrincipal | undefined>;
  readonly granted: () => Promise<GrantedAppRoles>;
  readonly owners: () => Promise<readonly { readonly id: string }[] | undefined>;
  readonly trusts: () => ReturnType<typeof federatedCredentialsOf>;
  readonly lists: DirectoryLists;
  readonly subscription: SubscriptionLists;
  readonly azureBot: () => Promise<AzureBot | undefined>;
  readonly channel: () => Promise<TeamsChannel | undefined>;
  readonly services: Services;
  /** What the webhook answers to a notification without a token. Rejects with PostFailure. */
  readonly webhookAnswer: () => Promise<PostAnswer>;
}

/** How long one reading may take. */
const PATIENCE_MS = 30_000;
/** A little longer than the platform waits for the answer to a call. */
export const WEBHOOK_LIMIT_MS = 16_000;

type Given = Pick<
  VerifyContext,
  | "bot"
  | "siblings"
  | "env"
  | "endpoints"
  | "now"
  | "network"
  | "app"
  | "media"
  | "services"
  | "lists"
  | "subscription"
>;

export function verifyContext(given: Given): VerifyContext {
  const { bot, services, network } = given;
  const directory = <T>(read: (signal: AbortSignal) => Promise<T>) =>
    once(() => readFrom(Source.Directory, readWithin(PATIENCE_MS, read)));
  const subscription = <T>(read: (signal: AbortSignal) => Promise<T>) =>
    once(() => readFrom(Source.Subscription, readWithin(PATIENCE_MS, read)));
  const graph = services.graph;
  const objectId = bot.applicationObjectId ?? "";
  return {
    ...given,
    application: directory(async (signal) =>
      registeredApplication(await graph(signal), bot.appId, signal),
    ),
    servicePrincipal: directory(async (signal) =>
      servicePrincipalOf(await graph(signal), bot.appId, signal),
    ),
    granted: directory(async (signal) =>
      grantedAppRoles(await graph(signal), byAppId(bot.appId), signal, given.lists.graphResource()),
    ),
    owners: directory(async (signal) => ownersOf(await graph(signal), objectId, signal)),
    trusts: directory(async (signal) =>
      federatedCredentialsOf(await graph(signal), objectId, signal),
    ),
    azureBot: subscription((signal) => readAzureBot(services.arm, bot.botResourceId, signal)),
    channel: subscription((signal) =>
      readTeamsChannel(services.arm, bot.channelResourceId, signal),
    ),
    webhookAnswer: once(() => postUnsigned(network, bot.callingWebhook, WEBHOOK_LIMIT_MS)),
  };
}

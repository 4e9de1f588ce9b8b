// A bot as it is now: read from Resource Manager and the directory, judged before anything is written.
import {
  azureBotsOf,
  type ListedBot,
  readTeamsChannel,
  type TeamsChannel,
} from "../../arm/azure-bot.js";
import { readManagedIdentity } from "../../arm/managed-identity.js";
import { readSubscription } from "../../arm/subscription.js";
import { readWithin } from "../../graph/bounded-reading.js";
import {
  federatedCredentialsOf,
  type RegisteredApplication,
  registeredApplication,
  type ServicePrincipal,
  servicePrincipalOf,
} from "../../graph/registered-application.js";
import { BotType } from "../../rules/bot-choices.js";
import { problemText } from "../../rules/consent-unknown.js";
import type { Issue } from "../../rules/issue.js";
import { ReadError } from "../../rules/read-error.js";
import type { Services } from "../sign-in/services.js";

const PATIENCE_MS = 60_000;

/** Everything of a bot that adoption asks for. */
export interface LiveRegistration {
  readonly bot: ListedBot;
  /** Undefined where the bot has no Teams channel. */
  readonly channel: TeamsChannel | undefined;
  /** Undefined for a bot that signs in as a managed identity, and where this tenant has none. */
  readonly application: RegisteredApplication | undefined;
  readonly servicePrincipal: ServicePrincipal | undefined;
  /** How many federated credentials the application has. */
  readonly trusts: number;
  readonly managedIdentity: { readonly clientId: string; readonly principalId: string } | undefined;
}

export function channelId({ id }: ListedBot): string {
  return `${id}/channels/MsTeamsChannel`;
}

/** The subscription's tenant and all its bots. @throws ReadError */
export function readBots(
  { arm }: Services,
  subscriptionId: string,
): Promise<{ readonly tenantId: string; readonly bots: ListedBot[] } | undefined> {
  return readWithin(PATIENCE_MS, async (signal) => {
    const subscription = await readSubscription(arm, subscriptionId, signal);
    if (subscription === undefined) return undefined;
    const bots = await azureBotsOf(arm, subscriptionId, signal);
    return { tenantId: subscription.tenantId ?? "", bots };
  });
}

/** @throws ReadError */
export function readRegistration(services: Services, bot: ListedBot): Promise<LiveRegistration> {
  return readWithin(PATIENCE_MS, async (signal) => {
    const { arm } = services;
    const { msaAppId, msaAppType, msaAppMSIResourceId } = bot.properties;
    const channel = await readTeamsChannel(arm, channelId(bot), signal);
    const nobody = { application: undefined, servicePrincipal: undefined, trusts: 0 };
    if (msaAppType === BotType.UserAssignedMSI) {
      const identity = msaAppMSIResourceId
        ? await readManagedIdentity(arm, msaAppMSIResourceId, signal)
        : undefined;
      return { bot, channel, ...nobody, managedIdentity: identity };
    }
    const client = await services.graph(signal);
    const [application, servicePrincipal] = await Promise.all([
      registeredApplication(client, msaAppId ?? "", signal),
      servicePrincipalOf(client, msaAppId ?? "", signal),
    ]);
    const trusts = application && (await federatedCredentialsOf(client, application.id, signal));
    return {
      bot,
      channel,
      application,
      servicePrincipal,
      trusts: trusts?.length ?? 0,
      managedIdentity: undefined,
    };
  });
}

/** Why nothing could be read, as an issue; anything else is thrown on. */
export function unreadable(error: unknown, what: string): Issue {
  if (!(error instanceof ReadError)) throw error;
  const { why, fix } = problemText(error.problem);
  return { path: what, rule: `could not be read, because ${why}`, whose: "this package", fix };
}

// The Azure Bot and its Teams channel as Resource Manager holds them at this moment.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const API_VERSION = "2022-09-15";

const Bot = z.object({
  name: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
  kind: z.string().nullish(),
  sku: z.object({ name: z.string() }).nullish(),
  properties: z.object({
    displayName: z.string().nullish(),
    description: z.string().nullish(),
    iconUrl: z.string().nullish(),
    isDeveloperAppInsightsApiKeySet: z.boolean().nullish(),
    endpoint: z.string().nullish(),
    msaAppId: z.string().nullish(),
    msaAppType: z.string().nullish(),
    msaAppTenantId: z.string().nullish(),
    msaAppMSIResourceId: z.string().nullish(),
    publicNetworkAccess: z.string().nullish(),
  }),
});

/** The bot; its fields have the names of the service. */
export type AzureBot = z.output<typeof Bot>;

const Channel = z.object({
  properties: z.object({
    properties: z
      .object({
        isEnabled: z.boolean().nullish(),
        enableCalling: z.boolean().nullish(),
        callingWebhook: z.string().nullish(),
        deploymentEnvironment: z.string().nullish(),
      })
      .nullish(),
  }),
});

/** Settings of the Teams channel; a setting that the service leaves out is undefined. */
export interface TeamsChannel {
  readonly isEnabled: boolean | undefined;
  readonly enableCalling: boolean | undefined;
  readonly callingWebhook: string | undefined;
  readonly deploymentEnvironment: string | undefined;
}

/** @param id ARM id of the bot; undefined when there is none. @throws ReadError */
export async function readAzureBot(
  arm: ArmClient,
  id: string,
  signal: AbortSignal,
): Promise<AzureBot | undefined> {
  const answer = await arm.get(`${id}?api-version=${API_VERSION}`, signal);
  return answer === undefined ? undefined : parseAnswer(Bot, answer);
}

const ListedBot = Bot.extend({ id: z.string() });

/** A bot of a list, with its resource id. */
export type ListedBot = z.output<typeof ListedBot>;

const Page = z.object({ value: z.array(ListedBot), nextLink: z.string().nullish() });

/** Every bot of the subscription that whoever asks may see. @throws ReadError */
export async function azureBotsOf(
  arm: ArmClient,
  subscriptionId: string,
  signal: AbortSignal,
): Promise<ListedBot[]> {
  const bots: ListedBot[] = [];
  const first = `/subscriptions/${encodeURIComponent(subscriptionId)}/providers/Microsoft.BotService/botServices?api-version=${API_VERSION}`;
  for (let next: string | undefined = first; next !== undefined; ) {
    const page: z.output<typeof Page> = parseAnswer(Page, await arm.get(next, signal));
    bots.push(...page.value);
    // An absolute address of the same service.
    next = page.nextLink ? pathOf(page.nextLink) : undefined;
  }
  return bots;
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

/** @param id ARM id of the channel; undefined when there is none. @throws ReadError */
export async function readTeamsChannel(
  arm: ArmClient,
  id: string,
  signal: AbortSignal,
): Promise<TeamsChannel | undefined> {
  const answer = await arm.get(`${id}?api-version=${API_VERSION}`, signal);
  if (answer === undefined) return undefined;
  const { isEnabled, enableCalling, callingWebhook, deploymentEnvironment } =
    parseAnswer(Channel, answer).properties.properties ?? {};
  return {
    isEnabled: isEnabled ?? undefined,
    enableCalling: enableCalling ?? undefined,
    callingWebhook: callingWebhook ?? undefined,
    deploymentEnvironment: deploymentEnvironment ?? undefined,
  };
}

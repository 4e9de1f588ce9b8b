// The Azure Bot and its Teams channel as Resource Manager holds them at this moment.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const API_VERSION = "2022-09-15";

const Bot = z.object({
  name: z.string(),
  kind: z.string().nullish(),
  sku: z.object({ name: z.string() }).nullish(),
  properties: z.object({
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

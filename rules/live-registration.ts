// The answers of Resource Manager and Microsoft Graph about a bot and an application, as far as adoption looks at them.
import { z } from "zod";
import type { LiveApplication, LiveBot } from "./adoptable.js";

const Bot = z.object({
  id: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.object({
    msaAppId: z.string().nullish(),
    msaAppTenantId: z.string().nullish(),
  }),
});

/** The bot of an answer of Microsoft.BotService; undefined when it is not understood. */
export function botOf(answer: unknown): LiveBot | undefined {
  const bot = Bot.safeParse(answer).data;
  if (bot === undefined) return undefined;
  const { msaAppId, msaAppTenantId } = bot.properties;
  return {
    id: bot.id,
    appId: msaAppId ?? "",
    tags: bot.tags ?? {},
    ...(msaAppTenantId ? { tenantId: msaAppTenantId } : {}),
  };
}

const Application = z.object({
  id: z.string(),
  appId: z.string(),
  tags: z.array(z.string()).default([]),
  web: z.object({ redirectUris: z.array(z.string()).default([]) }).nullish(),
  requiredResourceAccess: z
    .array(
      z.object({
        resourceAppId: z.string(),
        resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
      }),
    )
    .default([]),
});

/** What has to be selected of an application. */
export const LIVE_APPLICATION_FIELDS = Object.keys(Application.shape).join(",");

/** The application of an answer of Microsoft Graph; undefined when it is not understood. */
export function liveApplication(answer: unknown): LiveApplication | undefined {
  const application = Application.safeParse(answer).data;
  if (application === undefined) return undefined;
  const { id, appId, tags, web, requiredResourceAccess } = application;
  return {
    objectId: id,
    appId,
    tags,
    replyUrls: web?.redirectUris ?? [],
    permissions: requiredResourceAccess.map(({ resourceAppId, resourceAccess }) => ({
      resource: resourceAppId,
      access: resourceAccess.map((one) => `${one.type} ${one.id}`),
    })),
  };
}

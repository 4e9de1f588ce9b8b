// The answer of Resource Manager about a bot, as far as adoption looks at it.
import { z } from "zod";
import type { LiveBot } from "./adoptable.js";

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

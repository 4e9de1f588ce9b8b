// Customers' tenants that the stack named before and names no longer. What their administrators granted stays there: an
// update cannot take it back, and no service lists the tenants that have consented to an application.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { ANY_ORGANISATION } from "../rules/consent.js";
import { noLongerListed } from "../rules/consent-warnings.js";
import { lastBots } from "./last-outputs.js";

const LastBot = z.object({
  appId: z.string(),
  consent: z.object({
    tenants: z.array(z.object({ tenant: z.string() })).default([]),
    formerTenants: z.array(z.string()).default([]),
  }),
});

/** By the names that the stack had for them. The update that leaves one out says so. @param listed the bot's own first */
export async function formerTenants(
  parent: pulumi.Resource,
  appId: string,
  listed: readonly string[],
): Promise<string[]> {
  const bots = (await lastBots(parent)).flatMap((bot) => LastBot.safeParse(bot).data ?? []);
  const last = bots.find((bot) => bot.appId === appId)?.consent;
  if (last === undefined) return [];
  const named = new Set([ANY_ORGANISATION, ...listed].map((tenant) => tenant.toLowerCase()));
  const isFormer = (tenant: string) => !named.has(tenant.toLowerCase());
  const leftOut = last.tenants.map(({ tenant }) => tenant).filter(isFormer);
  for (const tenant of leftOut) await pulumi.log.warn(noLongerListed(tenant, appId), parent);
  return [...new Set([...last.formerTenants.filter(isFormer), ...leftOut])];
}

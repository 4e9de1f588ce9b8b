// App roles that this stack granted itself until now. When consent.mode changes from `grant` to another, the very update takes
// them back, but only after the program has run: read from the directory, they would be called granted one last time.
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { ConsentMode } from "../rules/consent.js";
import { lastBots } from "./last-outputs.js";

const GrantingBot = z.object({
  appId: z.string(),
  grantedPermissions: z.array(z.string()),
  consent: z.object({ mode: z.literal(ConsentMode.Grant) }),
});

/**
 * By name, from the outputs of the stack's last update (see `stackOutputs`); empty where those do not hold them, as for a
 * program that puts out something else.
 */
export async function grantedBefore(parent: pulumi.Resource, appId: string): Promise<string[]> {
  return (await lastBots(parent)).flatMap((candidate) => {
    const bot = GrantingBot.safeParse(candidate).data;
    return bot?.appId === appId ? bot.grantedPermissions : [];
  });
}

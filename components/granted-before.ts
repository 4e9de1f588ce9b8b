// App roles that this stack granted itself until now. When consent.mode changes from `grant` to another, the very update takes
// them back, but only after the program has run: read from the directory, they would be called granted one last time.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { ConsentMode } from "../rules/consent.js";

const GrantingBot = z.object({
  appId: z.string(),
  grantedPermissions: z.array(z.string()),
  consent: z.object({ mode: z.literal(ConsentMode.Grant) }),
});

const StackOutputs = z.object({ outputs: z.record(z.string(), z.unknown()) });

/**
 * By name, from the outputs of the stack's last update (see `stackOutputs`); empty where those do not hold them, as for a
 * program that puts out something else.
 */
export async function grantedBefore(parent: pulumi.Resource, appId: string): Promise<string[]> {
  const outputs = await lastOutputs(parent);
  const candidates = [outputs, ...Object.values(outputs)];
  return candidates.flatMap((candidate) => {
    const bot = GrantingBot.safeParse(candidate).data;
    return bot?.appId === appId ? bot.grantedPermissions : [];
  });
}

/** What a StackReference to this stack itself would read, without making one. */
async function lastOutputs(parent: pulumi.Resource): Promise<Record<string, unknown>> {
  try {
    const name = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
    const read: unknown = await pulumi.runtime.invoke(
      "pulumi:pulumi:readStackOutputs",
      { name },
      { parent },
    );
    return StackOutputs.parse(read).outputs;
  } catch {
    return {};
  }
}

// What this stack put out when it was last updated, read while the program runs.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { askedOnce } from "./asked-once.js";

const StackOutputs = z.object({ outputs: z.record(z.string(), z.unknown()) });

/** The outputs themselves and each of them: one of these is a bot (see `stackOutputs`). Empty where they cannot be read. */
export async function lastBots(parent: pulumi.Resource): Promise<unknown[]> {
  const outputs = await lastOutputs(parent);
  return [outputs, ...Object.values(outputs)];
}

/** What a StackReference to this stack itself would read, without making one. */
const lastOutputs = askedOnce("pulumi", async (parent): Promise<Record<string, unknown>> => {
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
});

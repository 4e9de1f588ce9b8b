// What the engine knows of a stack's resources, for tests that look at more than steps.
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

const State = z.object({
  resources: z.array(
    z.object({
      urn: z.string(),
      type: z.string(),
      inputs: z.record(z.string(), z.unknown()).default({}),
      outputs: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

export type StateResource = z.output<typeof State>["resources"][number];

/** The resource of a type such as `ContainerApp`, by its logical name. Throws when there is none. */
export async function resourceOf(stack: Stack, type: string, name: string): Promise<StateResource> {
  const { deployment } = await stack.exportStack();
  const found = State.parse(deployment).resources.find(
    (resource) => resource.type.endsWith(`:${type}`) && resource.urn.endsWith(`::${name}`),
  );
  if (found === undefined) throw new Error(`the state has no ${type} ${name}`);
  return found;
}

// A destroy of protected resources: the engine refuses each when its turn comes, after it has deleted what is not protected.

import { z } from "zod";
import { StackRequestError } from "./stack-files.js";

const Deployment = z.object({
  resources: z
    .array(z.object({ urn: z.string(), custom: z.boolean(), protect: z.boolean().default(false) }))
    .default([]),
});

/**
 * Refuses before anything is deleted.
 * @param deployment what the engine exports
 * @throws StackRequestError naming what is protected
 */
export function refuseProtectedDestroy(stackName: string, deployment: unknown): void {
  const { resources = [] } = Deployment.safeParse(deployment).data ?? {};
  const names = resources
    .filter(({ custom, protect }) => custom && protect)
    .map(({ urn }) => nameIn(urn));
  if (names.length === 0) return;
  throw new StackRequestError(
    `Stack "${stackName}" is protected, so nothing was deleted. A destroy would have to keep ${names.join(", ")}. Set protect to false in stacks/Pulumi.${stackName}.yaml and run up before.`,
  );
}

/** `Bot bot` */
function nameIn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.split(":").at(-1)} ${name}`;
}

// Whose a state is, and where its resources are. A state made by the local cloud must not be used against Azure, nor the other
// way round, or the engine would take the resources for lost and make them again; and what is of another stack it would delete.

import { z } from "zod";
import { SECOND_TENANT_ID, SUBSCRIPTION_ID, TENANT_ID } from "../local-cloud/well-known.js";
import type { Destination } from "./explain-failure.js";
import { StackRequestError } from "./stack-files.js";

const localIds = [TENANT_ID, SECOND_TENANT_ID, SUBSCRIPTION_ID];
const guid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const tenantProperty = /^(tenantId|applicationTenantId|msaAppTenantId)$/;

/**
 * Refuses a state that belongs elsewhere.
 * @param deployment what the engine exports; a stack that was never deployed has no resources
 * @throws StackRequestError when the state was made in the other place
 */
export function refuseForeignState(
  stackName: string,
  deployment: unknown,
  destination: Destination,
): void {
  const owner = stateOwner(deployment);
  if (owner === undefined || owner === destination) return;
  throw new StackRequestError(
    owner === "azure"
      ? `The state of stack "${stackName}" was made against Azure (another tenant or subscription is in it), so the local cloud does not touch it. Use --azure, or another stack.`
      : `The state of stack "${stackName}" was made by the local cloud (its tenant is in it), so nothing of it exists in Azure. Select a stack of your own backend, or remove this one with \`pulumi stack rm --force\`.`,
  );
}

const Deployment = z.object({ resources: z.array(z.object({ urn: z.string() })).default([]) });

/**
 * Refuses a state with resources of another stack, which are not in this program and would all be deleted.
 * @param deployment what the engine exports
 * @throws StackRequestError naming that stack
 */
export function refuseStateOfAnother(
  place: { readonly project: string; readonly stack: string },
  deployment: unknown,
): void {
  const { resources = [] } = Deployment.safeParse(deployment).data ?? {};
  const own = `${place.project}/${place.stack}`;
  const other = resources.map(({ urn }) => stackIn(urn)).find((found) => found !== own);
  if (other === undefined) return;
  throw new StackRequestError(
    `The state of stack "${place.stack}" is that of ${other}, not of ${own}, and this program would delete all that is in it. Put this stack's own state back, from the backend's history or a copy; a stack that was renamed by hand is renamed with \`pulumi stack rename\`.`,
  );
}

/** `project/stack` of `urn:pulumi:stack::project::type::name`. */
function stackIn(urn: string): string {
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  return `${project}/${stack}`;
}

/** Where the resources of a deployment are; undefined when nothing in it tells. */
export function stateOwner(deployment: unknown): Destination | undefined {
  const found = new Set<string>();
  collectPlaces(deployment, "", found);
  if ([...found].some((id) => localIds.includes(id))) return "local cloud";
  return found.size > 0 ? "azure" : undefined;
}

/** Tenants by the names that the providers and the stack's outputs give them, subscriptions by resource ids. */
function collectPlaces(value: unknown, name: string, found: Set<string>): void {
  if (typeof value === "string") {
    const id = tenantProperty.test(name)
      ? new RegExp(`^(${guid})$`, "i").exec(value)
      : new RegExp(`^/subscriptions/(${guid})(?:/|$)`, "i").exec(value);
    if (id?.[1] !== undefined) found.add(id[1].toLowerCase());
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) collectPlaces(item, key, found);
  }
}

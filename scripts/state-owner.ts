// Where a stack's resources are: a state made by the local cloud must not be used against Azure,
// nor the other way round, or the engine would take the resources for lost and make them again.

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

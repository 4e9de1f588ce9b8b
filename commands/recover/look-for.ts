// Looks for what became of operations: of those that the engine has a note of, and of those that it has none of.

import type { Finding } from "./finding.js";
import type { LookAround } from "./look-around.js";
import { createdInAzure, deletedInAzure } from "./look-in-azure.js";
import { createdInEntra, deletedInEntra } from "./look-in-entra.js";
import {
  type PendingOperation,
  pendingIn,
  resourcesIn,
  type StateResource,
} from "./stack-state.js";

/** One finding for each operation that was under way. Rejects with CannotTell. */
export function findingsOfPending(around: LookAround): Promise<Finding[]> {
  return Promise.all(pendingIn(around.state).map((operation) => findingOf(operation, around)));
}

async function findingOf(
  { type, resource }: PendingOperation,
  around: LookAround,
): Promise<Finding> {
  if (type === "creating") return created(resource, around);
  if (type === "deleting") return deleted(resource, around);
  if (type === "updating" && isKnown(resource)) return { kind: "redo", resource };
  return { kind: "forget", resource, why: "it changes nothing" };
}

/**
 * After a run that failed: what the program would create and is there already, and after a destroy what the state has and is
 * gone. What is not to be taken over is left to the engine, which will say so itself. Rejects with CannotTell.
 */
export async function findingsOfPlanned(
  planned: readonly StateResource[],
  around: LookAround,
  wasDestroy: boolean,
): Promise<Finding[]> {
  const made = await Promise.all(planned.filter(isKnown).map((one) => created(one, around)));
  const gone = wasDestroy
    ? await Promise.all(
        resourcesIn(around.state)
          .filter((one) => isKnown(one) && one["external"] !== true && one.id !== undefined)
          .map((one) => deleted(one, around)),
      )
    : [];
  return [...made, ...gone].filter(({ kind }) => ["takeOver", "discard", "remove"].includes(kind));
}

function created(resource: StateResource, around: LookAround): Promise<Finding> | Finding {
  if (resource.type.startsWith("azure-native:")) return createdInAzure(resource, around);
  if (resource.type.startsWith("azuread:")) return createdInEntra(resource, around);
  return resource.custom === true && !resource.type.startsWith("pulumi:")
    ? { kind: "leave", resource, why: "its provider is another" }
    : { kind: "forget", resource, why: "it is nothing outside the state" };
}

function deleted(resource: StateResource, around: LookAround): Promise<Finding> | Finding {
  if (resource.type.startsWith("azure-native:")) return deletedInAzure(resource, around);
  if (resource.type.startsWith("azuread:")) return deletedInEntra(resource, around);
  return { kind: "forget", resource, why: "it is still in the state" };
}

function isKnown({ type }: StateResource): boolean {
  return /^(azure-native|azuread):/.test(type);
}

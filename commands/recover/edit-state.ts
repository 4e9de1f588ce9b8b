// The state after a recovery, from the state before it and what was found out. Pure: nothing is asked and nothing written.
import type { Finding, Made } from "./finding.js";
import { isReadFirst } from "./read-first.js";
import {
  type PendingOperation,
  pendingIn,
  resourcesIn,
  type StackState,
  type StateResource,
} from "./stack-state.js";

/** Stands in the state until the next update, and says there why that update does more than the program asks for. */
const INTERRUPTED = "A run was killed while it worked on this; the update finishes it.";

/** The state without the operations that the findings settle, and with what they say was made, changed or deleted. */
export function recoveredState(state: StackState, findings: readonly Finding[]): StackState {
  const resources = findings.reduce<readonly StateResource[]>(
    (list, finding) => afterFinding(list, finding),
    resourcesIn(state),
  );
  const settled = findings.filter(({ kind }) => kind !== "leave" && kind !== "refuse");
  const pending = pendingIn(state).filter(
    (operation) => !settled.some(({ resource }) => isAbout(operation, resource)),
  );
  const { pending_operations: _, ...deployment } = state.deployment;
  return {
    ...state,
    deployment: {
      ...deployment,
      resources: [...resources],
      ...(pending.length === 0 ? {} : { pending_operations: pending }),
    },
  };
}

function isAbout({ resource }: PendingOperation, other: StateResource): boolean {
  return resource.urn === other.urn && resource.id === other.id;
}

function afterFinding(list: readonly StateResource[], finding: Finding): readonly StateResource[] {
  const { resource } = finding;
  switch (finding.kind) {
    case "takeOver":
      return withTakenOver(list, resource, finding.made);
    case "redo":
      return list.map((one) => (isSame(one, resource) ? toFinish(one) : one));
    case "remove":
      return withoutDeleted(list, resource);
    case "forget":
    case "discard":
    case "leave":
    case "refuse":
      return list;
  }
}

function isSame(one: StateResource, other: StateResource): boolean {
  return one.urn === other.urn && one.id === other.id;
}

/**
 * What the next update is told to look at again. azure-native compares inputs alone and finishes a resource with
 * initialization errors by a whole PUT, whatever they say; azuread compares with what it has read, so it reads first.
 */
function toFinish(resource: StateResource): StateResource {
  return isReadFirst(resource)
    ? { ...resource, refreshBeforeUpdate: true }
    : { ...resource, initErrors: [INTERRUPTED] };
}

/** After everything that it was made from; the one that it replaces is still to be deleted. */
function withTakenOver(
  list: readonly StateResource[],
  resource: StateResource,
  { id, outputs }: Made,
): readonly StateResource[] {
  const whole = { ...resource.inputs, ...outputs };
  const taken = toFinish({ ...resource, custom: true, id, outputs: whole });
  const at = list.findIndex(({ urn, delete: isOld }) => urn === taken.urn && isOld !== true);
  const replaced = list[at];
  if (replaced === undefined) return [...list, taken];
  const old = replaced.pendingReplacement === true ? [] : [{ ...replaced, delete: true }];
  return [...list.slice(0, at), taken, ...old, ...list.slice(at + 1)];
}

/** Unless something in the state still needs it: then the next run finds that it is gone. */
function withoutDeleted(
  list: readonly StateResource[],
  resource: StateResource,
): readonly StateResource[] {
  const others = list.filter((one) => !isSame(one, resource));
  const hasTwin = others.some(({ urn }) => urn === resource.urn);
  const isNeeded =
    !hasTwin &&
    others.some(
      (one) =>
        one["parent"] === resource.urn ||
        one["deletedWith"] === resource.urn ||
        one.dependencies?.includes(resource.urn) === true,
    );
  return isNeeded ? list : others;
}

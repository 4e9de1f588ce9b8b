// Whom a recovery asks, and what it knows of the stack while it does.
import { armSubscription } from "../../rules/arm-ids.js";
import type { Services } from "../sign-in/services.js";
import { resourcesIn, type StackState, type StateResource } from "./stack-state.js";

export interface LookAround {
  readonly services: Services;
  readonly state: StackState;
  /** Of resources whose inputs do not say. */
  readonly subscriptionId: string | undefined;
  /** When the run before the interrupted one ended; undefined when there was none. */
  readonly since: Date | undefined;
}

/** The resource that the state has under an id, unless it is only waiting to be made again. */
export function knownById({ state }: LookAround, id: string): StateResource | undefined {
  return resourcesIn(state).find(
    (resource) =>
      resource.pendingReplacement !== true && resource.id?.toLowerCase() === id.toLowerCase(),
  );
}

/** The subscription that the stack's own resources are in. */
export function subscriptionIn(state: StackState): string | undefined {
  const ids = resourcesIn(state).map(({ id = "" }) => id);
  const inAzure = ids.find((id) => /^\/subscriptions\/[^/]+/i.test(id));
  return inAzure === undefined ? undefined : armSubscription(inAzure);
}

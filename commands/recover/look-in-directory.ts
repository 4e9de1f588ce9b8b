// What every look into the directory takes and gives.
import type { Client } from "@microsoft/microsoft-graph-client";
import type { Finding } from "./finding.js";
import { knownById, type LookAround } from "./look-around.js";
import type { StateResource } from "./stack-state.js";

export interface Ask {
  readonly client: Client;
  readonly signal: AbortSignal;
}

export type Look = (resource: StateResource, around: LookAround, ask: Ask) => Promise<Finding>;

/** What was made is taken over, unless the state has it under another name. */
export function takenOver(
  resource: StateResource,
  around: LookAround,
  made: { readonly id: string; readonly outputs: Readonly<Record<string, unknown>> },
): Finding {
  return knownById(around, made.id) === undefined
    ? { kind: "takeOver", resource, made }
    : { kind: "forget", resource, why: "the state has it" };
}

/** Clocks differ by seconds, and what is older was there before the run that was interrupted. */
const CLOCK_SKEW_MS = 60_000;

/** Whether something was made in the run that was interrupted, as far as its time tells. */
export function isSince({ since }: LookAround, at: string | null | undefined): boolean {
  if (since === undefined || !at) return true;
  return Date.parse(at) >= since.getTime() - CLOCK_SKEW_MS;
}

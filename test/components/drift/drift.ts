// One thing that somebody changes behind Pulumi's back, and what refresh and the next update make of it: a row of docs/drift.md,
// and a test.
import type { CallingBotArgs } from "../../../components/index.js";
import type { Person } from "./person.js";

export interface Drift {
  /** What somebody does, in a few words. */
  readonly what: string;
  /** `Bot bot`: type and logical name of the resource as which the stack knows it. */
  readonly resource: string;
  readonly by: (person: Person) => Promise<unknown>;
  /**
   * How it shows after a refresh: the properties by which the preview names it, or that the resource is gone. Undefined when the
   * provider's read does not see it.
   */
  readonly seen: readonly string[] | "gone" | undefined;
  /** What the next update does with the resource. @default it updates what has changed and makes what is gone */
  readonly putRight?: "update" | "create" | "replace" | "nothing";
  /** Whether the update after the next one does more of it. @default false */
  readonly twice?: boolean;
  /** Checks of `verify` that find it without a refresh. @default none looks for it */
  readonly verify?: readonly string[];
  /** What a person should know. */
  readonly note?: string;
}

/** Things that are changed together, before one refresh. */
export interface DriftRound {
  readonly title: string;
  readonly drifts: readonly Drift[];
  /** What follows from what is put right: further steps of the update. */
  readonly follows?: readonly string[];
}

/** A deployment, and all that is done to it. */
export interface DriftStack {
  readonly title: string;
  readonly stackName: string;
  /** By logical name. */
  readonly bots: (place: DriftPlace) => Readonly<Record<string, CallingBotArgs>>;
  readonly rounds: readonly DriftRound[];
}

/** What is there before the stack. */
export interface DriftPlace {
  /** Resource id of a DNS zone of contoso.com. */
  readonly dnsZoneId: string;
  /** Resource id of a vault with the certificate `bot` for media.contoso.com. */
  readonly vaultId: string;
}

/** What the update does with the resource of a row. */
export function stepOf({ resource, seen, putRight }: Drift): string | undefined {
  const step = putRight ?? (seen === undefined ? "nothing" : seen === "gone" ? "create" : "update");
  return step === "nothing" ? undefined : `${step} ${resource}`;
}

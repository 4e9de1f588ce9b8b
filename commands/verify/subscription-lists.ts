// Lists of a subscription that are the same for every bot of a stack: read once a round, however many bots there are.
import {
  type DeletedVault,
  deletedVaults,
  resourcesTagged,
  type TaggedResource,
} from "../../arm/left-overs.js";
import { readWithin } from "../../graph/bounded-reading.js";
import { OWN_TAGS } from "../../rules/tags.js";
import { readFrom, Source } from "../checks/cannot-tell.js";
import { onceEach } from "../checks/once.js";
import type { Services } from "../sign-in/services.js";

export interface SubscriptionLists {
  /** Resources with the tag of a stack. Rejects with CannotTell. */
  readonly ofStack: (subscriptionId: string, stack: string) => Promise<readonly TaggedResource[]>;
  /** Rejects with CannotTell. */
  readonly deletedVaults: (subscriptionId: string) => Promise<readonly DeletedVault[]>;
}

const PATIENCE_MS = 30_000;

export function subscriptionLists({ arm }: Services): SubscriptionLists {
  const read = <T>(reading: (signal: AbortSignal) => Promise<T>) =>
    readFrom(Source.Subscription, readWithin(PATIENCE_MS, reading));
  return {
    ofStack: onceEach((subscriptionId, stack) => {
      const tag = { name: OWN_TAGS.stack, value: stack };
      return read((signal) => resourcesTagged(arm, subscriptionId, tag, signal));
    }),
    deletedVaults: onceEach((subscriptionId) =>
      read((signal) => deletedVaults(arm, subscriptionId, signal)),
    ),
  };
}

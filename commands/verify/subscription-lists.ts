// Lists of a subscription that are the same for every bot of a stack: read once a round, however many bots there are.
import {
  type DeletedVault,
  deletedVaults,
  resourcesTagged,
  type TaggedResource,
} from "../../arm/left-overs.js";
import { type HeldRole, rolesAllow, rolesOf } from "../../arm/role-permissions.js";
import { readWithin } from "../../graph/bounded-reading.js";
import { ReadProblem } from "../../rules/consent-unknown.js";
import { ReadError } from "../../rules/read-error.js";
import { OWN_TAGS } from "../../rules/tags.js";
import { readFrom, Source } from "../checks/cannot-tell.js";
import { onceEach } from "../checks/once.js";
import type { Services } from "../sign-in/services.js";

export interface SubscriptionLists {
  /** Resources with the tag of a stack. Rejects with CannotTell. */
  readonly ofStack: (subscriptionId: string, stack: string) => Promise<readonly TaggedResource[]>;
  /** Whether whoever is signed in sees every resource of the subscription: lists leave out silently what they may not. Rejects with CannotTell. */
  readonly isSeenWhole: (subscriptionId: string) => Promise<boolean>;
  /** Rejects with CannotTell. */
  readonly deletedVaults: (subscriptionId: string) => Promise<readonly DeletedVault[]>;
}

const PATIENCE_MS = 30_000;

/** What Reader on the subscription allows, and Reader on a resource group does not. */
const SEES_ALL = [
  "Microsoft.Resources/subscriptions/resources/read",
  "Microsoft.BotService/botServices/read",
];

export function subscriptionLists({ arm, claims }: Services): SubscriptionLists {
  const read = <T>(reading: (signal: AbortSignal) => Promise<T>) =>
    readFrom(Source.Subscription, readWithin(PATIENCE_MS, reading));
  return {
    ofStack: onceEach((subscriptionId, stack) => {
      const tag = { name: OWN_TAGS.stack, value: stack };
      return read((signal) => resourcesTagged(arm, subscriptionId, tag, signal));
    }),
    isSeenWhole: onceEach((subscriptionId) =>
      read(async (signal) => {
        const { oid = "" } = await claims();
        const place = `/subscriptions/${subscriptionId}`;
        const held = await rolesOf(arm, subscriptionId, oid, signal).catch(noneIfForbidden);
        return SEES_ALL.every((action) => rolesAllow(held, action, place));
      }),
    ),
    deletedVaults: onceEach((subscriptionId) =>
      read((signal) => deletedVaults(arm, subscriptionId, signal)),
    ),
  };
}

/** Who may not list role assignments of the subscription has no role there that reads everything. */
function noneIfForbidden(error: unknown): HeldRole[] {
  if (error instanceof ReadError && error.problem === ReadProblem.Forbidden) return [];
  throw error;
}

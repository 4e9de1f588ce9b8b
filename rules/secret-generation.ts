// Client secrets that follow one another without a gap. There are two slots for good: a new generation is made in the slot of
// the one before the last, so that the last stays good until the generation after it.
import { type Issue, throwIfAny } from "./issue.js";

/** The slots, whose logical names never change. */
export const SLOTS = [0, 1] as const;
export type Slot = (typeof SLOTS)[number];

/** One secret that there is at a time. */
export interface SlotContent {
  readonly slot: Slot;
  readonly generation: number;
  readonly isCurrent: boolean;
}

/** What is in the slots at a generation: the current secret and, from generation 1 on, the one before it. */
export function slotContents(generation: number): SlotContent[] {
  return SLOTS.flatMap((slot) => {
    const isCurrent = generation % SLOTS.length === slot;
    const content = { slot, generation: isCurrent ? generation : generation - 1, isCurrent };
    return content.generation < 0 ? [] : [content];
  });
}

/** What the portal calls a secret: the name that was given, and the generation from the second on. */
export function secretName(name: string, generation: number): string {
  return generation === 0 ? name : `${name} (generation ${generation})`;
}

/** Issues of the setting `credential.generation` by itself. */
export function checkGeneration(path: string, generation: number): Issue[] {
  if (Number.isSafeInteger(generation) && generation >= 0) return [];
  return [
    {
      path,
      rule: "must be a whole number from 0",
      whose: "this package",
      got: String(generation),
      fix: "Leave it out at first, and raise it by one for each new secret.",
    },
  ];
}

/**
 * For a generation beside the one of the last update: returns it, or throws a RulesError. Two steps at once would renew both
 * slots, and with them the secret that the bot is using.
 */
export function checkedStep(path: string, before: number | undefined): (next: number) => number {
  return (next) => {
    const right = before === undefined || next === before || next === before + 1;
    const step: Issue = {
      path,
      rule: `must be ${before}, or ${(before ?? 0) + 1} for a new secret: another number would end the secret that the bot is using`,
      whose: "this package",
      got: String(next),
      fix: `Set it to ${(before ?? 0) + 1}, and raise it again when the bot has the new secret.`,
    };
    throwIfAny(right ? [] : [step]);
    return next;
  };
}

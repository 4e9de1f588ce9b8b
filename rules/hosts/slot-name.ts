// What the host in a slot is called, from which the names follow of all that it is made of.
import { HostSlot } from "../bot-choices.js";
import type { Issue } from "../issue.js";

const SECOND = "-second-host";

/** The bot's own logical name in the first slot. */
export function slotName(bot: string, slot: HostSlot): string {
  return slot === HostSlot.First ? bot : `${bot}${SECOND}`;
}

/** Issues of a bot's logical name, which must not be what the host of another bot is called. */
export function checkLogicalName(path: string, name: string): Issue[] {
  if (!name.endsWith(SECOND)) return [];
  return [
    {
      path,
      rule: `must not end in ${SECOND}, as what belongs to the second host of another bot does`,
      whose: "this package",
      got: JSON.stringify(name),
      fix: "Call the bot something else within the stack.",
    },
  ];
}

// What a destroy leaves behind: what was adopted, and what the stack had added to it.
import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

const AdoptedBot = z.object({
  botName: z.string(),
  adopted: z.object({ kept: z.array(z.string()), added: z.array(z.string()) }),
});

/** Lines for a person, from the stack's outputs before it was destroyed; none when nothing was adopted. */
export function adoptedRemains(outputs: OutputMap): string[] {
  const values = Object.fromEntries(
    Object.entries(outputs).map(([name, { value }]) => [name, value]),
  );
  return [values, ...Object.values(values)].flatMap((candidate) => {
    const bot = AdoptedBot.safeParse(candidate).data;
    if (bot === undefined) return [];
    const { botName, adopted } = bot;
    return [
      `${botName} was adopted. These stay:`,
      ...adopted.kept.map((id) => `  ${id}`),
      ...(adopted.added.length === 0
        ? []
        : ["The stack had added, which stays where it is part of them:"]),
      ...adopted.added.map((what) => `  ${what}`),
    ];
  });
}

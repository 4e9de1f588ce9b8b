// Which stack of which project made a bot, by the tags that it carries: on its application, or on the Azure Bot of a managed
// identity, which has no application.
import { OWN_TAGS } from "../../rules/tags.js";
import type { VerifyContext } from "./verify-context.js";

export interface StackName {
  readonly project: string;
  readonly stack: string;
}

/** Undefined for a bot that carries no such tags. Rejects with CannotTell. */
export async function stackOf({
  bot,
  application,
  azureBot,
}: Pick<VerifyContext, "bot" | "application" | "azureBot">): Promise<StackName | undefined> {
  const tags =
    bot.applicationObjectId === undefined
      ? ((await azureBot())?.tags ?? {})
      : plain((await application())?.tags ?? []);
  const { [OWN_TAGS.project]: project, [OWN_TAGS.stack]: stack } = tags;
  return project === undefined || stack === undefined ? undefined : { project, stack };
}

/** Entra's tags are plain strings: `pulumi-stack:prod`. */
function plain(tags: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const [, name, value] = /^([^:]+):(.*)$/.exec(tag) ?? [];
      return name === undefined ? [] : [[name, value]];
    }),
  );
}

/** Whether an object of the directory carries the tags of the stack. */
export function isOfStack(
  { tags }: { readonly tags: readonly string[] },
  { project, stack }: StackName,
): boolean {
  return tags.includes(entraTag("project", project)) && tags.includes(entraTag("stack", stack));
}

export function entraTag(name: keyof typeof OWN_TAGS, value: string): string {
  return `${OWN_TAGS[name]}:${value}`;
}

export const NO_TAGS = "The bot carries no tags of a stack to search for.";

// Azure resources that carry this stack's tags and that the stack does not know.
import type { TaggedResource } from "../../../arm/left-overs.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { OWN_TAGS } from "../../../rules/tags.js";
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { NO_TAGS, stackOf } from "../stack-tags.js";
import type { VerifyContext } from "../verify-context.js";

type Known = Pick<StackOutputs, "botResourceId" | "resourceGroupName">;

/**
 * What a stack has besides its bots is not among its outputs: it is taken for the stack's where it is in their groups.
 * @param isWhole whether whoever is signed in sees the whole subscription
 */
export function judgeLeftOverResources(
  siblings: readonly Known[],
  tagged: readonly TaggedResource[],
  isWhole: boolean,
): Outcome {
  const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());
  const bots = lower(siblings.map(({ botResourceId }) => botResourceId));
  const groups = lower(siblings.map(({ resourceGroupName }) => resourceGroupName));
  const strangers = tagged.filter(({ id, type }) => {
    if (/^microsoft\.botservice\/botservices$/i.test(type)) return !bots.includes(id.toLowerCase());
    const [, group = ""] = /\/resourceGroups\/([^/]+)\//i.exec(id) ?? [];
    return !groups.includes(group.toLowerCase());
  });
  const evidence = { leftOvers: strangers.map(({ id }) => id) };
  if (strangers.length === 0 && !isWhole) {
    return skip(
      "Whoever is signed in sees a part of the subscription, in which nothing was left behind.",
      "To have the rest looked at takes Reader on the whole subscription, which verify needs for nothing else.",
      evidence,
    );
  }
  if (strangers.length === 0) {
    return pass("Every Azure Bot with this stack's tags is in its outputs.", evidence);
  }
  return warn(
    `Azure resources carry this stack's tags and are not where its outputs say: ${evidence.leftOvers.join(", ")}.`,
    "A run that was killed may have left them. Look who uses each; then pulumi import it, or delete it with az resource delete --ids. A program that makes more than it puts out can ignore them.",
    evidence,
  );
}

export const leftOverResources: Check<VerifyContext> = {
  id: "left-over-resources",
  title:
    "every Azure Bot with this stack's tags is known to the stack, and nothing of it is elsewhere",
  run: async (context) => {
    const { bot, siblings, subscription } = context;
    const own = await stackOf(context);
    if (own === undefined) return skip(NO_TAGS);
    const [tagged, isWhole] = await Promise.all([
      subscription.ofStack(bot.subscriptionId, own.stack),
      subscription.isSeenWhole(bot.subscriptionId),
    ]);
    return judgeLeftOverResources(
      siblings,
      tagged.filter(({ tags }) => tags?.[OWN_TAGS.project] === own.project),
      isWhole,
    );
  },
};

// Applications that carry this stack's tags and that the stack does not know: a crash between making one and writing it down
// leaves one behind, with whatever was granted to it.
import type { RegisteredApplication, TaggedObject } from "../../../graph/registered-application.js";
import { OWN_TAGS } from "../../../rules/tags.js";
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

/** The tag that says which stack of the project made an application. */
export function stackTags({ tags }: Pick<RegisteredApplication, "tags">) {
  const [project, stack] = [OWN_TAGS.project, OWN_TAGS.stack].map((name) =>
    tags.find((tag) => tag.startsWith(`${name}:`)),
  );
  return project === undefined || stack === undefined ? undefined : { project, stack };
}

export function judgeLeftOvers(known: readonly string[], tagged: readonly TaggedObject[]): Outcome {
  const strangers = tagged.filter(({ appId }) => !known.includes(appId.toLowerCase()));
  const evidence = {
    leftOvers: strangers.map(({ id, appId, displayName }) => ({ id, appId, displayName })),
  };
  if (strangers.length === 0)
    return pass("Every application with this stack's tags is in its outputs.", evidence);
  const list = strangers.map(({ displayName, appId }) => `${displayName ?? "(no name)"} ${appId}`);
  return warn(
    `Applications carry this stack's tags and are not among its outputs: ${list.join(", ")}.`,
    "A run that was killed may have left them. Look who uses each; then pulumi import it, or delete it with az ad app delete --id. A program that registers more applications than it puts out can ignore them.",
    evidence,
  );
}

export const leftOvers: Check<VerifyContext> = {
  id: "left-overs",
  title: "every application with this stack's tags is known to the stack",
  run: async ({ known, application, lists }) => {
    const own = await application();
    const tags = own === undefined ? undefined : stackTags(own);
    if (tags === undefined)
      return skip("The application carries no tags of a stack to search for.");
    const found = await lists.tagged(tags.stack);
    return judgeLeftOvers(
      known,
      found.filter((one) => one.tags.includes(tags.project)),
    );
  },
};

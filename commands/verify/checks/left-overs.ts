// Applications and service principals that carry this stack's tags and that the stack does not know: a crash between making one
// and writing it down leaves one behind, with whatever was granted to it.
import type { TaggedObject } from "../../../graph/registered-application.js";
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { entraTag, isOfStack, NO_TAGS, stackOf } from "../stack-tags.js";
import type { VerifyContext } from "../verify-context.js";

/** @param known app ids of the stack. @param principals service principals with its tags */
export function judgeLeftOvers(
  known: readonly string[],
  applications: readonly TaggedObject[],
  principals: readonly TaggedObject[] = [],
): Outcome {
  const unknownTo = (found: readonly TaggedObject[], ids: readonly string[]) =>
    found.filter(({ appId }) => !ids.includes(appId.toLowerCase()));
  const strangers = unknownTo(applications, known);
  // The service principal of an application goes with it.
  const withApplication = [...known, ...strangers.map(({ appId }) => appId.toLowerCase())];
  const orphans = unknownTo(principals, withApplication);
  const shown = ({ id, appId, displayName }: TaggedObject) => ({ id, appId, displayName });
  const evidence = { leftOvers: strangers.map(shown), servicePrincipals: orphans.map(shown) };
  if (strangers.length + orphans.length === 0) {
    return pass("Everything in the directory with this stack's tags is in its outputs.", evidence);
  }
  const list = [
    ...strangers.map((one) => `application ${nameOf(one)}`),
    ...orphans.map((one) => `service principal ${nameOf(one)}`),
  ];
  return warn(
    `These carry this stack's tags and are not among its outputs: ${list.join(", ")}.`,
    "A run that was killed may have left them. Look who uses each; then pulumi import it, or delete it with az ad app delete --id or az ad sp delete --id. A program that registers more applications than it puts out can ignore them.",
    evidence,
  );
}

function nameOf({ displayName, appId }: TaggedObject): string {
  return `${displayName ?? "(no name)"} ${appId}`;
}

export const leftOvers: Check<VerifyContext> = {
  id: "left-overs",
  title: "every application and service principal with this stack's tags is known to the stack",
  run: async (context) => {
    const { siblings, lists } = context;
    const own = await stackOf(context);
    if (own === undefined) return skip(NO_TAGS);
    const [applications, principals] = await Promise.all([
      lists.tagged(entraTag("stack", own.stack)),
      lists.principalsTagged(entraTag("stack", own.stack)),
    ]);
    return judgeLeftOvers(
      siblings.map(({ appId }) => appId.toLowerCase()),
      applications.filter((one) => isOfStack(one, own)),
      principals.filter((one) => isOfStack(one, own)),
    );
  },
};

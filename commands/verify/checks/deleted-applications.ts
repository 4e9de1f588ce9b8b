// Deleted applications of this stack stay in the directory's recycle bin for 30 days, and hold their identifier URIs as long.
import type { TaggedObject } from "../../../graph/registered-application.js";
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import { isOfStack, NO_TAGS, stackOf } from "../stack-tags.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeDeleted(deleted: readonly TaggedObject[]): Outcome {
  const holding = deleted.filter(({ identifierUris }) => identifierUris.length > 0);
  const evidence = {
    deleted: deleted.map(({ id, appId, identifierUris }) => ({ id, appId, identifierUris })),
  };
  if (holding.length === 0) {
    return pass(
      deleted.length === 0
        ? "The recycle bin of the directory has no application of this stack."
        : `The recycle bin of the directory has ${count(deleted.length, "application")} of this stack, and none holds a name.`,
      evidence,
    );
  }
  const uris = holding.flatMap(({ identifierUris }) => identifierUris);
  return warn(
    `Deleted applications of this stack still hold ${uris.join(", ")}.`,
    "No other application can have these identifier URIs until they are deleted for good, under App registrations, Deleted applications, or after 30 days.",
    evidence,
  );
}

export const deletedApplications: Check<VerifyContext> = {
  id: "deleted-applications",
  title: "no deleted application of this stack holds a name",
  run: async (context) => {
    const own = await stackOf(context);
    if (own === undefined) return skip(NO_TAGS);
    const found = await context.lists.deleted();
    return judgeDeleted(found.filter((one) => isOfStack(one, own)));
  },
};

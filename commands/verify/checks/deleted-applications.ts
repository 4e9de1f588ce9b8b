// Deleted applications of this stack stay in the directory's recycle bin for 30 days, and hold their identifier URIs as long.
import type { TaggedObject } from "../../../graph/registered-application.js";
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";
import { stackTags } from "./left-overs.js";

export function judgeDeleted(deleted: readonly TaggedObject[]): Outcome {
  const holding = deleted.filter(({ identifierUris }) => identifierUris.length > 0);
  const evidence = {
    deleted: deleted.map(({ id, appId, identifierUris }) => ({ id, appId, identifierUris })),
  };
  if (holding.length === 0) {
    const count = deleted.length;
    return pass(
      count === 0
        ? "The recycle bin of the directory has no application of this stack."
        : `The recycle bin of the directory has ${count} applications of this stack, and none holds a name.`,
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
  run: async ({ application, lists }) => {
    const own = await application();
    const tags = own === undefined ? undefined : stackTags(own);
    if (tags === undefined)
      return skip("The application carries no tags of a stack to search for.");
    const found = await lists.deleted();
    return judgeDeleted(
      found.filter((one) => one.tags.includes(tags.stack) && one.tags.includes(tags.project)),
    );
  },
};

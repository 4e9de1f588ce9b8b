// Deleted Key Vaults of this stack hold their names, which are unique over all of Azure, until they are purged.
import type { DeletedVault } from "../../../arm/left-overs.js";
import { ReadProblem } from "../../../rules/consent-unknown.js";
import { ReadError } from "../../../rules/read-error.js";
import { OWN_TAGS } from "../../../rules/tags.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { NO_TAGS, stackOf } from "../stack-tags.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeDeletedVaults(deleted: readonly DeletedVault[]): Outcome {
  const evidence = {
    deleted: deleted.map(({ name, properties: { vaultId, scheduledPurgeDate } }) => ({
      name,
      vaultId,
      scheduledPurgeDate,
    })),
  };
  if (deleted.length === 0)
    return pass("No deleted Key Vault of this stack holds a name.", evidence);
  const names = deleted.map(
    ({ name, properties: { scheduledPurgeDate } }) =>
      `${name}${scheduledPurgeDate ? ` (until ${scheduledPurgeDate.slice(0, 10)})` : ""}`,
  );
  return warn(
    `Deleted Key Vaults of this stack still hold their names: ${names.join(", ")}.`,
    "Nobody can make a vault of such a name until then. Take it back with az keyvault recover --name, or let go of it with az keyvault purge --name, which purge protection forbids.",
    evidence,
  );
}

export const deletedVaults: Check<VerifyContext> = {
  id: "deleted-vaults",
  title: "no deleted Key Vault of this stack holds a name",
  run: async (context) => {
    const own = await stackOf(context);
    if (own === undefined) return skip(NO_TAGS);
    try {
      const found = await context.subscription.deletedVaults(context.bot.subscriptionId);
      return judgeDeletedVaults(
        found.filter(
          ({ properties: { tags } }) =>
            tags?.[OWN_TAGS.project] === own.project && tags[OWN_TAGS.stack] === own.stack,
        ),
      );
    } catch (error) {
      if (!isForbidden(error)) throw error;
      return skip(
        "Whoever is signed in may not list deleted Key Vaults.",
        "That takes Reader on the whole subscription, which verify needs for nothing else.",
      );
    }
  },
};

function isForbidden(error: unknown): boolean {
  const cause = error instanceof CannotTell ? error.cause : undefined;
  return cause instanceof ReadError && cause.problem === ReadProblem.Forbidden;
}

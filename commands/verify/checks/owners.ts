// Whether somebody owns the application, and more than one: an owner can repair it when the pipeline cannot.
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeOwners(owners: readonly { readonly id: string }[]): Outcome {
  const evidence = { owners: owners.map(({ id }) => id) };
  if (owners.length > 1) return pass(`The application has ${owners.length} owners.`, evidence);
  if (owners.length === 1) return pass("The application has one owner.", evidence);
  return warn(
    "Nobody owns the application.",
    "Set owners of the stack to the object ids of two people or identities: without an owner only directory administrators can repair it, and a deployer with Application.ReadWrite.OwnedBy cannot change it.",
    evidence,
  );
}

export const owners: Check<VerifyContext> = {
  id: "owners",
  title: "somebody owns the application",
  run: async ({ bot, owners: read }) => {
    if (bot.applicationObjectId === undefined) return skip("A managed identity has no owners.");
    const found = await read();
    return found === undefined ? skip("There is no application.") : judgeOwners(found);
  },
};

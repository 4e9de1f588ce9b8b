// Graph answers from copies that lag behind one another: an object made a moment ago may be unknown to the next request,
// and one deleted may still be there. The real provider asks until five answers in a row agree, 1 s (5 s after a delete)
// apart; here one is enough, which proves the same where there is only one copy. That is the one deliberate difference.
import type { HttpResponse } from "../http/http-client.js";
import { pause } from "../wire/cancellable.js";
import type { DirectoryCall } from "./directory-resource.js";

export const notFoundYet = ({ status }: HttpResponse) => status === 404;

/** Answers to a write on an application that was made a moment ago. */
export function applicationNotReady({ status, text }: HttpResponse): boolean {
  if (status === 404 || status === 409) return true;
  return (
    status === 400 &&
    text.includes("Permission (scope or role) cannot be deleted or updated unless disabled first")
  );
}

/** Answers to POST /servicePrincipals while the application is still unknown there. */
export function backingApplicationMissing({ status, text }: HttpResponse): boolean {
  if (status === 400) return text.includes("does not reference a valid application object");
  return status === 403 && text.includes("must in the local tenant");
}

/** Answers to POST .../appRoleAssignedTo while one of its objects is still unknown. */
export function referenceMissing({ status, text }: HttpResponse): boolean {
  return status === 404 || (status === 400 && text.includes("Not a valid reference update"));
}

/** Looks until `look` says yes. The operation's timeout ends it. */
export async function until(
  { pollMs, signal }: Pick<DirectoryCall, "pollMs" | "signal">,
  look: () => Promise<boolean>,
): Promise<void> {
  while (!(await look())) await pause(pollMs, signal);
}

// Lists of role assignments: `atScope()`, `principalId eq '..'` and `assignedTo('..')` ("List Azure role assignments using the
// REST API").
import type { ArmCall } from "../mechanics/arm-call.js";
import { notHere } from "../mechanics/arm-error.js";
import type { ExtensionRecord } from "../mechanics/extension-store.js";
import { ROLE_ASSIGNMENTS } from "./granted.js";

/** At the scope, above and below it; with `atScope()` not below. */
export function listedAssignments(call: ArmCall, scope: string): readonly ExtensionRecord[] {
  const { extensions } = call.cloud;
  const { atScope, principalId } = filterOf(call.query.get("$filter")?.trim() ?? "");
  const found = [
    ...extensions.above(scope, ROLE_ASSIGNMENTS).reverse(),
    ...extensions.at(scope, ROLE_ASSIGNMENTS),
    ...(atScope ? [] : extensions.below(scope, ROLE_ASSIGNMENTS)),
  ];
  if (principalId === undefined) return found;
  return found.filter(
    ({ properties }) => String(properties["principalId"]).toLowerCase() === principalId,
  );
}

/** There are no groups, so what is assigned to somebody is assigned to nobody else. */
function filterOf(filter: string): { readonly atScope: boolean; readonly principalId?: string } {
  const terms = filter === "" ? [] : filter.split(/\s+and\s+/i);
  let atScope = false;
  let principalId: string | undefined;
  for (const term of terms) {
    const principal =
      /^principalId\s+eq\s+'?([0-9a-f-]{36})'?$/i.exec(term) ??
      /^assignedTo\('([0-9a-f-]{36})'\)$/i.exec(term);
    if (/^atScope\(\)$/i.test(term)) atScope = true;
    else if (principal?.[1] !== undefined) principalId = principal[1].toLowerCase();
    else throw notHere(`the $filter "${filter}" of role assignments`);
  }
  return { atScope, ...(principalId === undefined ? {} : { principalId }) };
}

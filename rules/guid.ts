// Object ids, app ids and tenant ids are GUIDs; a mistyped one is only noticed by the cloud half-way through an update.
import { type Issue, shown } from "./issue.js";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is a GUID as Azure writes it: 8-4-4-4-12 hexadecimal digits, any case. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** An issue unless `value` is a GUID. `what` names the id in the fix: "the object id of the owner". */
export function checkGuid(path: string, value: string, what: string): Issue[] {
  if (isGuid(value)) return [];
  return [
    {
      path,
      rule: "must be a GUID (8-4-4-4-12 hexadecimal digits)",
      whose: "Microsoft Entra ID",
      got: shown(value),
      fix: `Give ${what}.`,
    },
  ];
}

import type { RequestedPermission } from "../rules/capabilities.js";

/** One app role that the application asks for, as a stack output shows it. */
export interface PermissionOutput {
  value: string;
  id: string;
  because: string[];
}

export function shownPermission({ value, id, because }: RequestedPermission): PermissionOutput {
  return { value, id, because: [...because] };
}

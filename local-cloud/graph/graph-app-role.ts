import type { AppRoleRecord } from "../directory/records.js";

/** An app role as Microsoft Graph's service principal shows it: enabled, and for applications only. */
export function graphAppRole(
  value: string,
  id: string,
  displayName: string,
  description: string,
): AppRoleRecord {
  return {
    id,
    value,
    displayName,
    description,
    isEnabled: true,
    allowedMemberTypes: ["Application"],
    origin: "Application",
  };
}

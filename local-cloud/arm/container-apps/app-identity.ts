// Which identity an app uses for something: its own, or one that is assigned to it.
import { assignedIds } from "../managed-identity/resource-identity.js";
import type { JsonObject } from "../mechanics/body-fields.js";
import { invalidRequest } from "./container-app-error.js";

/** `system`, or the id of an identity; throws when the app has it not. @param app name of the app */
export function checkAssigned(
  path: string,
  wanted: string,
  identity: JsonObject | undefined,
  app: string,
): void {
  if (wanted.toLowerCase() === "system") {
    if (identity?.["principalId"] !== undefined) return;
    throw invalidRequest(path, `The container app '${app}' has no system assigned identity`);
  }
  if (assignedIds(identity).includes(wanted.toLowerCase())) return;
  // The words were not seen.
  throw invalidRequest(
    path,
    `Managed identity with resource Id ${wanted} was not assigned to container app '${app}'`,
  );
}

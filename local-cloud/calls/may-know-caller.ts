import type { CloudContext } from "../cloud-context.js";
import { GRAPH_APP_ID } from "../well-known.js";

/** "call: answer": with at least one of the Calls.* app roles granted the source of an incoming call is readable, else encrypted. */
export function mayKnowCaller({ directory }: Pick<CloudContext, "directory">) {
  return (appId: string, tenantId: string): boolean => {
    const principal = directory.servicePrincipalByAppId(tenantId, appId);
    if (principal === undefined) return false;
    const roles = directory.grantedRoles(tenantId, principal.id, GRAPH_APP_ID);
    return roles.some((role) => role.startsWith("Calls."));
  };
}

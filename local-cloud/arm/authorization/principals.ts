// Who a role can be assigned to. Groups are not part of the local directory.
import type { CloudContext } from "../../cloud-context.js";
import { findPerson } from "../../directory/people.js";

/** What a principal of a tenant is; undefined while the directory that is asked does not know it. */
export function principalType(
  { directory, replication, store }: CloudContext,
  tenantId: string,
  id: string,
): "ServicePrincipal" | "User" | undefined {
  if (findPerson(store, id)?.tenantId === tenantId) return "User";
  const principal = directory.servicePrincipal(tenantId, id);
  return principal !== undefined && replication.sees(principal.id) ? "ServicePrincipal" : undefined;
}

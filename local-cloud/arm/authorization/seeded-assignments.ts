// The role assignments that everybody can read of the deployers that are there from the start: they own the subscription.
import type { Store } from "../../state/store.js";
import { SUBSCRIPTION_ID } from "../../well-known.js";
import { Extensions } from "../mechanics/extension-store.js";
import { ROLE_ASSIGNMENTS } from "./granted.js";

const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const SCOPE = `/subscriptions/${SUBSCRIPTION_ID}`;

/** Makes service principals (object ids) owners of the subscription. To be called inside a transaction. */
export function seedOwners(store: Store, principalIds: readonly string[], since: string): void {
  for (const principalId of principalIds) {
    // An assignment has a name of its own; the principal's id will do for one that nobody makes twice.
    const name = principalId;
    new Extensions(store).put({
      id: `${SCOPE}/providers/${ROLE_ASSIGNMENTS}/${name}`,
      scope: SCOPE,
      type: ROLE_ASSIGNMENTS,
      name,
      properties: {
        roleDefinitionId: `${SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${OWNER}`,
        principalId,
        principalType: "ServicePrincipal",
        scope: SCOPE,
        condition: null,
        conditionVersion: null,
        createdOn: since,
        updatedOn: since,
        createdBy: "",
        updatedBy: "",
        delegatedManagedIdentityResourceId: null,
        description: null,
      },
      createdTime: since,
      changedTime: since,
    });
  }
}

// Whether whoever deploys may make in the subscription what this stack makes.
import { type HeldRole, rolesAllow, rolesOf } from "../../../arm/role-permissions.js";
import { armSubscription } from "../../../rules/arm-ids.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  requireSubscription,
  signedIn,
} from "../doctor-context.js";
import { type NeededAction, neededActions } from "../needed-actions.js";
import { stackGroup } from "../stack-names.js";

export interface Places {
  /** ARM id of the stack's resource group, whether it is there or will be made. */
  readonly group: string;
  /** Where roles for the group's contents can be given: the group, or the subscription before there is one. */
  readonly grantable: string;
}

export function judgeSubscriptionRights(
  needed: readonly NeededAction[],
  held: readonly HeldRole[],
  { group, grantable }: Places,
): Outcome {
  const missing = needed.filter(({ action, at = group }) => !rolesAllow(held, action, at));
  const roles = held.map(({ name, scope }) => ({ name, scope }));
  const evidence = { roles, missing: missing.map(({ action, at = group }) => ({ action, at })) };
  if (missing.length === 0) {
    const names = [...new Set(held.map(({ name }) => name))];
    return pass(`The roles ${names.join(", ")} allow what the stack makes.`, evidence);
  }
  const places = [...new Set(missing.map(({ at }) => at ?? grantable))];
  const refused = places.map((place) => {
    const actions = missing.filter(({ at }) => (at ?? grantable) === place);
    return `${actions.map(({ action }) => action).join(", ")} in ${place}`;
  });
  const commands = missing.map(
    ({ action, at }) =>
      `az role assignment create --role "${roleFor(action, at)}" --scope ${at ?? grantable} --assignee <object id>`,
  );
  return fail(
    `Whoever is signed in may not ${refused.join("; ")}.`,
    `Give it roles that allow it: ${[...new Set(commands)].join(" and ")}. A role that is new may take 10 minutes.`,
    evidence,
  );
}

/** A built-in role that allows it; elsewhere than in the stack's own group a narrow one. */
function roleFor(action: string, at: string | undefined): string {
  if (/roleDefinitions/.test(action)) return "User Access Administrator";
  if (/roleAssignments/.test(action)) return "Role Based Access Control Administrator";
  if (/deletedVaults/.test(action)) return "Key Vault Reader";
  if (at === undefined) return "Contributor";
  if (/dnsZones/.test(action)) return "DNS Zone Contributor";
  if (/subnets/.test(action)) return "Network Contributor";
  if (/userAssignedIdentities/.test(action)) return "Managed Identity Operator";
  return "Key Vault Contributor";
}

export const subscriptionRights: Check<DoctorContext> = {
  id: "subscription-rights",
  title: "whoever deploys has the Azure roles that this stack needs",
  run: forStack(async (planned, context, signal) => {
    const { config } = planned;
    const id = requireSubscription(context);
    const { oid } = await signedIn(context);
    if (oid === undefined) {
      throw new CannotTell("Who is signed in does not stand in the token.", "Sign in again.");
    }
    const needed = neededActions(config, id);
    const group = stackGroup(context, planned);
    const subscriptions = new Set([
      id,
      ...needed.flatMap(({ at }) => at ?? []).map(armSubscription),
    ]);
    const { arm } = context.services;
    const held = [...subscriptions].map((one) => rolesOf(arm, one, oid, signal));
    const grantable = config.resourceGroup.existing ? group : `/subscriptions/${id}`;
    return judgeSubscriptionRights(needed, (await fromSubscription(Promise.all(held))).flat(), {
      group,
      grantable,
    });
  }),
};

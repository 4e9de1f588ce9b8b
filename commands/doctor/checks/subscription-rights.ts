// Whether whoever deploys may make in the subscription what this stack makes.
import { type HeldRole, rolesOf } from "../../../arm/role-permissions.js";
import { HostKind } from "../../../rules/bot-choices.js";
import type { StackConfig } from "../../../rules/config.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  requireSubscription,
  signedIn,
} from "../doctor-context.js";

/** Actions of which the roles must allow every one. */
export function neededActions({
  resourceGroup,
  host,
}: Pick<StackConfig, "resourceGroup" | "host">): string[] {
  return [
    ...(resourceGroup.existing ? [] : ["Microsoft.Resources/subscriptions/resourceGroups/write"]),
    "Microsoft.BotService/botServices/write",
    "Microsoft.BotService/botServices/channels/write",
    // A host's identity is given roles on its vault and registry, which Contributor may not do.
    ...(host.kind === HostKind.Existing ? [] : ["Microsoft.Authorization/roleAssignments/write"]),
  ];
}

/** @param target scope at which the stack works: the subscription, or an existing resource group */
export function judgeSubscriptionRights(
  needed: readonly string[],
  held: readonly HeldRole[],
  target: string,
): Outcome {
  const there = held.filter(({ scope }) => reaches(scope, target));
  const missing = needed.filter((action) => !there.some((role) => allows(role, action)));
  const evidence = { roles: there.map(({ name, scope }) => ({ name, scope })), missing };
  if (missing.length === 0) {
    return pass(
      `The roles ${there.map(({ name }) => name).join(", ")} allow what the stack makes.`,
      evidence,
    );
  }
  const grants = missing.some((action) => /roleAssignments/.test(action));
  const role = grants ? "Contributor and Role Based Access Control Administrator" : "Contributor";
  return fail(
    `Whoever is signed in may not ${missing.join(", ")} in ${target}.`,
    `Give it ${role} there: az role assignment create --role Contributor --scope ${target} --assignee <object id>. A role that is new may take 10 minutes.`,
    evidence,
  );
}

/** A management group is only listed when it is above the subscription. */
function reaches(scope: string, target: string): boolean {
  if (/^\/providers\/Microsoft\.Management\/managementGroups\//i.test(scope)) return true;
  const [above, below] = [scope.toLowerCase().replace(/\/+$/, ""), target.toLowerCase()];
  return above === "" || below === above || below.startsWith(`${above}/`);
}

/** As Resource Manager decides: in some permission the action matches and no exclusion does. */
function allows({ permissions }: HeldRole, action: string): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => matches(pattern, action)) &&
      !notActions.some((pattern) => matches(pattern, action)),
  );
}

function matches(pattern: string, action: string): boolean {
  const form = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${form.join(".*")}$`, "i").test(action);
}

export const subscriptionRights: Check<DoctorContext> = {
  id: "subscription-rights",
  title: "whoever deploys has the Azure roles that this stack needs",
  run: forStack(async ({ config }, context, signal) => {
    const id = requireSubscription(context);
    const { oid } = await signedIn(context);
    if (oid === undefined) {
      throw new CannotTell("Who is signed in does not stand in the token.", "Sign in again.");
    }
    const held = await fromSubscription(rolesOf(context.services.arm, id, oid, signal));
    const { existing, name } = config.resourceGroup;
    const target = `/subscriptions/${id}${existing && name ? `/resourceGroups/${name}` : ""}`;
    return judgeSubscriptionRights(neededActions(config), held, target);
  }),
};

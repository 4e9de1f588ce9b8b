// What somebody may do in a subscription: the role assignments that reach it, and what their roles allow.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const API_VERSION = "2022-04-01";

const Assignments = z.object({
  value: z.array(
    z.object({ properties: z.object({ roleDefinitionId: z.string(), scope: z.string() }) }),
  ),
});

const Definition = z.object({
  properties: z.object({
    roleName: z.string(),
    permissions: z.array(
      z.object({
        actions: z.array(z.string()).default([]),
        notActions: z.array(z.string()).default([]),
      }),
    ),
  }),
});

/** One role that somebody holds, and where. */
export interface HeldRole {
  readonly name: string;
  readonly scope: string;
  readonly permissions: readonly {
    readonly actions: readonly string[];
    readonly notActions: readonly string[];
  }[];
}

/** Roles of a principal, by itself and through groups, in the subscription and above it. @throws ReadError */
export async function rolesOf(
  arm: ArmClient,
  subscriptionId: string,
  principalId: string,
  signal: AbortSignal,
): Promise<HeldRole[]> {
  const filter = encodeURIComponent(`assignedTo('${principalId}')`);
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleAssignments?api-version=${API_VERSION}&$filter=${filter}`;
  const { value } = parseAnswer(Assignments, await arm.get(path, signal));
  return Promise.all(
    value.map(async ({ properties: { roleDefinitionId, scope } }) => {
      const answer = await arm.get(`${roleDefinitionId}?api-version=${API_VERSION}`, signal);
      const { roleName, permissions } = parseAnswer(Definition, answer).properties;
      return { name: roleName, scope, permissions };
    }),
  );
}

/** Whether one of the roles allows an action at a place. @param at ARM id */
export function rolesAllow(held: readonly HeldRole[], action: string, at: string): boolean {
  return held.some((role) => reaches(role.scope, at) && allows(role, action));
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

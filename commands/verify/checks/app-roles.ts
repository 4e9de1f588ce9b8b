// Whether the application still asks for the app roles that the stack declared.
import type { RegisteredApplication } from "../../../graph/registered-application.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { findPermission, GRAPH_APP_ID, PERMISSIONS } from "../../../rules/permissions.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeAppRoles(bot: StackOutputs, found: RegisteredApplication): Outcome {
  const asked = found.requiredResourceAccess
    .filter(({ resourceAppId }) => resourceAppId.toLowerCase() === GRAPH_APP_ID)
    .flatMap(({ resourceAccess }) => resourceAccess)
    .filter(({ type }) => type === "Role")
    .map(({ id }) => id.toLowerCase());
  const missing = bot.permissions.filter(({ id }) => !asked.includes(id.toLowerCase()));
  const unknown = asked.filter((id) => !bot.permissions.some((one) => one.id.toLowerCase() === id));
  const surplus = [...unknown.map(nameOf), ...rolesOfOthers(found)];
  const evidence = { missing: missing.map(({ value }) => value), surplus };
  if (missing.length > 0) {
    return fail(
      `The application no longer asks for ${evidence.missing.join(", ")}.`,
      "Somebody, or another resource that writes the same list, has changed requiredResourceAccess. Run pulumi refresh and pulumi up, keep one writer for this list, and have consent repeated.",
      evidence,
    );
  }
  if (surplus.length > 0) {
    return warn(
      `The application asks for more than the stack declares: ${evidence.surplus.join(", ")}.`,
      "Add it to permissions of the stack if the bot needs it, else run pulumi refresh and pulumi up to take it away; whoever consents next would agree to it.",
      evidence,
    );
  }
  return pass(
    `The application asks for what the stack declares, ${count(bot.permissions.length, "app role")}.`,
    evidence,
  );
}

/** App roles of other APIs, whose names stand in a directory that is not read for it. */
function rolesOfOthers({ requiredResourceAccess }: RegisteredApplication): string[] {
  return requiredResourceAccess
    .filter(({ resourceAppId }) => resourceAppId.toLowerCase() !== GRAPH_APP_ID)
    .flatMap(({ resourceAppId, resourceAccess }) =>
      resourceAccess
        .filter(({ type }) => type === "Role")
        .map(({ id }) => `app role ${id} of API ${resourceAppId}`),
    );
}

/** The name of a role by its id in the public cloud; the id itself where that has none. */
function nameOf(id: string): string {
  const known = PERMISSIONS.find((permission) => permission.id === id);
  return known === undefined ? id : (findPermission(known.value)?.value ?? id);
}

export const appRoles: Check<VerifyContext> = {
  id: "app-roles",
  title: "the application asks for the declared app roles, and no others",
  explains: ["permissions vanish in Azure while the state still shows them"],
  run: async ({ bot, application }) => {
    if (bot.applicationObjectId === undefined) {
      return skip("A managed identity asks for nothing: its app roles are assigned directly.");
    }
    const found = await application();
    return found === undefined ? skip("There is no application.") : judgeAppRoles(bot, found);
  },
};

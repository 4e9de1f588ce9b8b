// What the tenant lets people do themselves: register an application, and agree to what a Teams app asks in their chat. App
// roles need an administrator whatever stands there.

import { type PeoplesRights, peoplesRights } from "../../../graph/tenant-policies.js";
import type { TokenClaims } from "../../../graph/token-claims.js";
import { BotType } from "../../../rules/bot-choices.js";
import type { StackConfig } from "../../../rules/config.js";
import { DIRECTORY_ROLES } from "../../../rules/deployer-rights.js";
import { type Check, fail, type Outcome, pass, warn } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  mayNotReadPolicies,
  policies,
  signedIn,
} from "../doctor-context.js";

/** Template id ("Microsoft Entra built-in roles"). */
const APPLICATION_DEVELOPER = "cf1c38e5-3621-4004-a7cb-879624dced7c";
const MAY_REGISTER = [
  APPLICATION_DEVELOPER,
  DIRECTORY_ROLES.globalAdministrator,
  DIRECTORY_ROLES.applicationAdministrator,
  DIRECTORY_ROLES.cloudApplicationAdministrator,
];

export function judgePeoplesRights(
  { bot, app }: Pick<StackConfig, "bot" | "app">,
  { mayRegisterApplications, grantPolicies }: PeoplesRights,
  { scp, idtyp, wids = [] }: TokenClaims,
): Outcome {
  const evidence = { mayRegisterApplications, grantPolicies };
  const isPerson = scp !== undefined || idtyp === "user";
  const holdsRole = MAY_REGISTER.some((role) => wids.includes(role));
  const registers = bot.type !== BotType.UserAssignedMSI;
  if (registers && isPerson && !mayRegisterApplications && !holdsRole) {
    return fail(
      "The tenant lets only administrators register applications, and whoever is signed in holds no role for it.",
      "Let an administrator give the role Application Developer, or deploy as an application with Application.ReadWrite.OwnedBy.",
      evidence,
    );
  }
  const asked = (app?.resourceSpecificPermissions ?? []).filter((name) => name.endsWith(".Chat"));
  if (asked.length > 0 && !grantPolicies.some(isForChats)) {
    return warn(
      `The tenant lets nobody agree to what the Teams app asks of a chat or meeting (${asked.join(", ")}): people cannot add it there.`,
      "Let an administrator allow resource-specific consent (Set-MgBetaChatRscConfiguration -State ManagedByMicrosoft), or ask for app roles instead, which reach over the whole organisation.",
      evidence,
    );
  }
  const consent = grantPolicies.some((policy) =>
    policy.startsWith("ManagePermissionGrantsForSelf."),
  )
    ? "People may consent for themselves to what the tenant's policy lets them"
    : "People consent to nothing by themselves";
  return pass(`${consent}; the bot's app roles need an administrator in any case.`, evidence);
}

function isForChats(policy: string): boolean {
  return /^ManagePermissionGrantsForOwnedResource\..*-for-chat$/.test(policy);
}

export const userConsent: Check<DoctorContext> = {
  id: "user-consent",
  title: "the tenant lets people do what the stack leaves to them",
  run: forStack(async ({ config }, context, signal) => {
    const rights = await policies(context, signal, (client) => peoplesRights(client, signal));
    if (rights === undefined) return mayNotReadPolicies("User consent settings");
    return judgePeoplesRights(config, rights, await signedIn(context));
  }),
};

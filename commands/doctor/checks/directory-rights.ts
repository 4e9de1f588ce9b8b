// Whether whoever deploys may do in the directory what this stack asks of it, and nothing is asked that it does not.
import type { TokenClaims } from "../../../graph/token-claims.js";
import { BotType } from "../../../rules/bot-choices.js";
import type { StackConfig } from "../../../rules/config.js";
import { ConsentMode } from "../../../rules/consent.js";
import {
  checkDeployerRights,
  checkKeepsOwnership,
  neededDeployerRoles,
} from "../../../rules/deployer-rights.js";
import { formatIssue } from "../../../rules/issue.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import { type DoctorContext, forStack, signedIn } from "../doctor-context.js";

export function judgeDirectoryRights(
  config: Pick<StackConfig, "bot" | "consent" | "owners">,
  claims: TokenClaims,
): Outcome {
  const needs = neededDeployerRoles({
    createsApplication: config.bot.type !== BotType.UserAssignedMSI,
    grantsConsent: config.consent.mode === ConsentMode.Grant,
  });
  const evidence = { needs: needs.map(({ appRoles }) => appRoles), roles: claims.roles ?? [] };
  if (needs.length === 0) return pass("The stack does nothing in the directory.", evidence);
  const owners =
    config.owners.length === 0 ? [] : checkKeepsOwnership("owners", config.owners, claims);
  const issues = [...checkDeployerRights(claims, needs), ...owners];
  if (issues.length > 0) {
    return fail(
      "Whoever is signed in may not do in the directory what the stack asks.",
      issues.map(formatIssue).join(" "),
      evidence,
    );
  }
  if (claims.scp !== undefined || claims.idtyp === "user") {
    return skip(
      "What a person may do in the directory does not stand in the token.",
      "Application Developer is enough to register; granting app roles (consent.mode grant) takes Privileged Role Administrator.",
      evidence,
    );
  }
  return pass("Whoever is signed in may do in the directory what the stack asks.", evidence);
}

export const directoryRights: Check<DoctorContext> = {
  id: "directory-rights",
  title: "whoever deploys has the Graph app roles that this stack needs",
  explains: ["CI cannot grant consent (403)", "Insufficient privileges to complete the operation"],
  run: forStack(async ({ config }, context) =>
    judgeDirectoryRights(config, await signedIn(context)),
  ),
};

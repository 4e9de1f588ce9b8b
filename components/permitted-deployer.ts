// Whether whoever deploys may do what the stack asks of the directory, told from its own token before anything is made.
import * as pulumi from "@pulumi/pulumi";
import { BotType } from "../rules/bot-choices.js";
import type { Cloud } from "../rules/clouds.js";
import { ConsentMode } from "../rules/consent.js";
import {
  checkDeployerRights,
  type DeployerClaims,
  type DirectoryWork,
  neededDeployerRoles,
} from "../rules/deployer-rights.js";
import { throwIfAny } from "../rules/issue.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import { endpointsOf } from "./cloud.js";
import { directoryDeployerToken } from "./deployer-token.js";
import { refusing } from "./refusal.js";

/** What a bot asks of the directory. */
export function directoryWork(args: CallingBotArgs): DirectoryWork {
  return {
    createsApplication: args.bot?.type !== BotType.UserAssignedMSI,
    grantsConsent: args.consent?.mode === ConsentMode.Grant,
  };
}

/** Known once the deployer is known to have the rights that `work` needs, or not known to lack them; fails otherwise. */
export function permittedDeployer(
  work: DirectoryWork,
  parent: pulumi.Resource,
  cloud: Cloud | undefined,
): pulumi.Output<void> {
  const needs = neededDeployerRoles(work);
  const check = (claims: DeployerClaims) => throwIfAny(checkDeployerRights(claims, needs));
  return pulumi
    .output(deployerClaims(parent, endpointsOf(cloud).graph))
    .apply(refusing(parent, check));
}

async function deployerClaims(parent: pulumi.Resource, graph: string): Promise<DeployerClaims> {
  return (await directoryDeployerToken(parent, graph))?.claims ?? {};
}

// Whether whoever deploys may do what the stack asks of the directory, told from its own token before anything is made.
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../rules/clouds.js";
import {
  checkDeployerRights,
  type DeployerClaims,
  type DirectoryWork,
  neededDeployerRoles,
} from "../rules/deployer-rights.js";
import { throwIfAny } from "../rules/issue.js";
import { endpointsOf } from "./cloud.js";
import { deployerToken } from "./deployer-token.js";
import { refusing } from "./refusal.js";

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

/**
 * Claims of a Microsoft Graph token of the deploying identity. Both providers can be given credentials of their own, and
 * only azure-native hands out tokens: where the two are not the same identity nothing is known, and nothing is claimed.
 */
async function deployerClaims(parent: pulumi.Resource, graph: string): Promise<DeployerClaims> {
  try {
    const [deployer, { objectId }] = await Promise.all([
      deployerToken(parent, graph),
      azuread.getClientConfig({ parent }),
    ]);
    const claims = deployer?.claims ?? {};
    return claims.oid !== undefined && claims.oid === objectId ? claims : {};
  } catch {
    return {};
  }
}

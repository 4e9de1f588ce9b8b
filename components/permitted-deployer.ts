// Whether whoever deploys may do what the stack asks of the directory, told from its own token before anything is made.
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../rules/clouds.js";
import {
  checkDeployerRights,
  type DeployerClaims,
  type DirectoryWork,
  neededDeployerRoles,
} from "../rules/deployer-rights.js";
import { throwIfAny } from "../rules/issue.js";
import { endpointsOf } from "./cloud.js";
import { refusing } from "./refusal.js";

/** `value`, once the deployer is known to have the rights that `work` needs, or not known to lack them. */
export function permitted<T>(
  value: pulumi.Input<T>,
  work: DirectoryWork,
  parent: pulumi.Resource,
  cloud: Cloud | undefined,
): pulumi.Output<pulumi.Unwrap<T>> {
  const needs = neededDeployerRoles(work);
  const check = refusing(parent, (claims: DeployerClaims) =>
    throwIfAny(checkDeployerRights(claims, needs)),
  );
  const claims = deployerClaims(parent, endpointsOf(cloud).graph);
  return pulumi.all([value, claims]).apply(([known, claimed]) => {
    check(claimed);
    return known;
  });
}

const Claims = z.object({
  oid: z.string(),
  roles: z.array(z.string()).exactOptional(),
  wids: z.array(z.string()).exactOptional(),
  scp: z.string().exactOptional(),
  idtyp: z.string().exactOptional(),
});

/**
 * Claims of a Microsoft Graph token of the deploying identity. Both providers can be given credentials of their own, and
 * only azure-native hands out tokens: where the two are not the same identity nothing is known, and nothing is claimed.
 */
async function deployerClaims(parent: pulumi.Resource, graph: string): Promise<DeployerClaims> {
  try {
    const [{ token }, { objectId }] = await Promise.all([
      authorization.getClientToken({ endpoint: graph }, { parent }),
      azuread.getClientConfig({ parent }),
    ]);
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const claims = Claims.parse(JSON.parse(payload));
    return claims.oid === objectId ? claims : {};
  } catch {
    return {};
  }
}

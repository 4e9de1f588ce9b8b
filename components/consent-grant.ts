// Mode `grant`: the deployment assigns the app roles itself.
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../rules/clouds.js";
import { after } from "./after.js";
import { foreignAssignmentHook } from "./foreign-assignment.js";
import { graphServicePrincipal } from "./graph-service-principal.js";
import { permittedDeployer } from "./permitted-deployer.js";

/** What is granted, and to whom. */
export interface ConsentGrant {
  /** App roles by their official name. */
  readonly roles: readonly string[];
  readonly servicePrincipalObjectId: pulumi.Input<string>;
  /** Ids of assignments that exist and are taken over, by official name of the app role. */
  readonly adopt: Readonly<Record<string, string>>;
  readonly cloud: Cloud | undefined;
}

/** Assigns the app roles, none before the deployer is known not to lack the right; returns their names when all exist. */
export function grantAppRoles(
  name: string,
  { roles, servicePrincipalObjectId, adopt, cloud }: ConsentGrant,
  parent: pulumi.Resource,
): pulumi.Output<string[]> {
  const graph = graphServicePrincipal(parent, cloud);
  const work = { createsApplication: false, grantsConsent: true };
  const principalObjectId = after(permittedDeployer(work, parent, cloud), servicePrincipalObjectId);
  const resourceName = (role: string) => `${name}-${role}`;
  const beforeCreate = [foreignAssignmentHook(name, { roles, resourceName, cloud }, parent)];
  const granted = roles.map((role) => {
    const existing = adopt[role];
    const assignment = new azuread.AppRoleAssignment(
      resourceName(role),
      {
        appRoleId: graph.roleId(role),
        principalObjectId,
        resourceObjectId: graph.objectId,
      },
      {
        parent,
        hooks: { beforeCreate },
        ...(existing === undefined ? {} : { import: existing }),
      },
    );
    return assignment.id.apply(() => role);
  });
  return pulumi.all(granted);
}

// Microsoft Graph as this tenant's directory knows it: whose app roles are asked for, and their ids.
import * as azuread from "@pulumi/azuread";
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../rules/clouds.js";
import { GRAPH_APP_ID } from "../rules/permissions.js";
import { checkedRoleId } from "../rules/role-ids.js";
import { askedOnce } from "./asked-once.js";
import { hasPublishedRoleIds } from "./cloud.js";
import { refusing } from "./refusal.js";

/** Microsoft Graph's service principal in the tenant that is deployed to. */
export interface GraphServicePrincipal {
  /** Its object id: the `resourceId` of app role assignments. */
  readonly objectId: pulumi.Output<string>;
  /** The id of one app role, from the directory and checked against the published one. */
  roleId(value: string): pulumi.Output<string>;
}

const lookedUp = askedOnce("azuread", (parent) =>
  azuread.getServicePrincipalOutput({ clientId: GRAPH_APP_ID }, { parent }),
);

/** Looks Microsoft Graph up by its well-known application id, with the providers of `parent`. */
export function graphServicePrincipal(
  parent: pulumi.Resource,
  cloud: Cloud | undefined,
): GraphServicePrincipal {
  const found = lookedUp(parent);
  const published = hasPublishedRoleIds(cloud);
  return {
    objectId: found.objectId,
    roleId: (value) =>
      found.appRoleIds.apply(refusing(parent, (ids) => checkedRoleId(ids, value, published))),
  };
}

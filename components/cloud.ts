// The cloud that components deploy to: the one that the stack names, or the local one when the environment points there.
import { Cloud, type CloudEndpoints, endpointsFromEnvironment } from "../rules/clouds.js";

/**
 * Endpoints of `cloud`, or of the local cloud when `AZURE_AUTHORITY_HOST`, `LOCAL_ARM_URL` and `LOCAL_GRAPH_URL` are set.
 * @default cloud Cloud.Public
 */
export function endpointsOf(cloud: Cloud | undefined): CloudEndpoints {
  return endpointsFromEnvironment(process.env, cloud ?? Cloud.Public);
}

/** Whether app role ids are known to be the published ones; for national clouds that is unverified. */
export function hasPublishedRoleIds(cloud: Cloud | undefined): boolean {
  return cloud === undefined || cloud === Cloud.Public || cloud === Cloud.GccModerate;
}

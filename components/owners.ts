// Who owns the application and its service principal. A deployer with Application.ReadWrite.OwnedBy may change only
// what it owns, so it never gives that away; and pipelines and people who deploy in turn do not flip the list.
import * as pulumi from "@pulumi/pulumi";
import { getOrNothing, readWithin } from "../graph/bounded-reading.js";
import { graphClient } from "../graph/graph-client.js";
import { heldToken } from "../graph/held-token.js";
import type { Cloud } from "../rules/clouds.js";
import { checkKeepsOwnership } from "../rules/deployer-rights.js";
import { checkOwnersAreThere } from "../rules/presence.js";
import { directoryClient } from "./client-config.js";
import { endpointsOf } from "./cloud.js";
import { directoryDeployerToken } from "./deployer-token.js";
import { refuse } from "./refusal.js";

export interface Ownership {
  /** Object ids. */
  readonly owners: pulumi.Output<string[]>;
  /** Properties that later runs leave as they are. */
  readonly ignoreChanges: string[];
}

/** The owners that were given, once they are known to be no mistake; or else whoever deploys first. */
export function ownership(
  owners: pulumi.Input<pulumi.Input<string>[]> | undefined,
  parent: pulumi.Resource,
  cloud: Cloud | undefined,
): Ownership {
  if (owners !== undefined) {
    const checked = pulumi.output(owners).apply((ids) => checkedOwners(ids, parent, cloud));
    return { owners: checked, ignoreChanges: [] };
  }
  const { objectId } = directoryClient(parent);
  return { owners: objectId.apply((id) => [id]), ignoreChanges: ["owners"] };
}

async function checkedOwners(
  owners: string[],
  parent: pulumi.Resource,
  cloud: Cloud | undefined,
): Promise<string[]> {
  const { graph } = endpointsOf(cloud);
  const deployer = await directoryDeployerToken(parent, graph);
  if (deployer === undefined) return owners;
  refuse(parent, [
    ...checkKeepsOwnership("owners", owners, deployer.claims),
    ...checkOwnersAreThere("owners", owners, await missingFrom(graph, deployer.token, owners)),
  ]);
  return owners;
}

const PATIENCE_MS = 10_000;

/** Ids that the directory says it does not have; none where the deployer may not look. */
async function missingFrom(
  graph: string,
  token: string,
  ids: readonly string[],
): Promise<string[]> {
  const client = graphClient({ credential: heldToken(token), graphOrigin: graph });
  const missing = ids.map(async (id) => {
    const path = `/directoryObjects/${encodeURIComponent(id)}?$select=id`;
    const found = readWithin(PATIENCE_MS, (signal) => getOrNothing(client, path, signal));
    return (await found.catch(() => true)) === undefined ? [id] : [];
  });
  return (await Promise.all(missing)).flat();
}

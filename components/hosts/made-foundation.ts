// The foundation of a calling bot's host, from what the stack says of it.
import * as pulumi from "@pulumi/pulumi";
import {
  defaultHostResourceName,
  defaultVaultName,
  defaultWorkspaceName,
} from "../../rules/hosts/host-names.js";
import { defined } from "../defined.js";
import type { HostPlace } from "./calling-host.js";
import { warnOfEmptyVault } from "./empty-vault.js";
import { givenHolder, havingRoles } from "./given-identity.js";
import { groupRegion } from "./group-region.js";
import type { HostArgs } from "./host-args.js";
import { HostFoundation } from "./host-foundation.js";

/** Makes what the stack does not give; returns it as addresses and workloads take it. */
export function madeFoundation(host: HostArgs, place: HostPlace, subnetDelegation?: string) {
  const { workspaceId, applicationInsightsId, vaultId, subnetId, allowedAddresses } = host;
  const { grantRoles } = host;
  const isGiven = givenHolder(host, place) !== undefined;
  const foundation = new HostFoundation(
    place.name,
    {
      ...commonArgs(place),
      ...defined({ workspaceId, applicationInsightsId, vaultId, subnetId, allowedAddresses }),
      ...defined({ subnetDelegation, identity: place.identity ?? host.identity }),
      ...defined({ cloud: place.cloud }),
      ...defined({ grantRoles: isGiven && vaultId !== undefined ? false : grantRoles }),
      resourceName: place.facts.apply(defaultHostResourceName),
      ...namesInRegion(host, place),
      tenantId: place.tenantId,
    },
    { parent: place.parent },
  );
  const identity = havingRoles(foundation.identity, host, place);
  return {
    identity: foundation.identity,
    address: {
      ...commonArgs(place),
      identity,
      workspaceId: foundation.workspaceId,
      subnetId: foundation.subnetId,
      // What an address needs roles for is always given.
      ...defined({ grantRoles: isGiven ? false : grantRoles }),
    },
    workload: {
      resourceGroupName: place.resourceGroupName,
      tenantId: place.tenantId,
      identity,
      workspaceId: foundation.workspaceId,
      applicationInsightsConnectionString: foundation.applicationInsightsConnectionString,
      vaultUri: foundation.vaultUri,
      ...defined({ botType: place.botType, cloud: place.cloud, grantRoles }),
      ...workloadWishes(host),
    },
  };
}

/** Of what a region keeps for itself. Nothing is asked where the stack gives both. */
function namesInRegion(host: HostArgs, place: HostPlace) {
  if (host.vaultId !== undefined && host.workspaceId !== undefined) return { vaultName: "" };
  const { facts, resourceGroupName: resourceGroup, parent } = place;
  const known = pulumi.output({ facts, resourceGroup, region: groupRegion(place, parent) });
  const vaultName = known.apply((it) => defaultVaultName(it.facts, it));
  if (host.vaultId === undefined) warnOfEmptyVault(host, { ...place, vaultName });
  return {
    vaultName,
    workspaceName: known.apply((it) => defaultWorkspaceName(it.facts, it.region)),
  };
}

function commonArgs({ resourceGroupName, location, tags }: HostPlace) {
  return { resourceGroupName, ...defined({ location, tags }) };
}

function workloadWishes(host: HostArgs) {
  const { messagingPath, callingPath, healthPath, settings, secretSettings } = host;
  return defined({ messagingPath, callingPath, healthPath, settings, secretSettings });
}

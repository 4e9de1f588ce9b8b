// How to reach a local cloud, whether this process runs it or another.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Origins } from "./cloud-context.js";
import { findOwner } from "./state/folder-owner.js";
import { pathsIn, readSettings } from "./state/state-folder.js";
import { writeJoinedCa } from "./tls/joined-ca.js";
import { DEPLOYER, SUBSCRIPTION_ID, TENANT_ID } from "./well-known.js";

export interface LocalCloudAddress {
  readonly folder: string;
  readonly origins: Origins;
  /** PEM file of the authority that signed the servers' certificates. */
  readonly caPath: string;
  /** Token of the interface below `{login}/_local` that injects faults and shows the request log. */
  readonly controlToken: string;
  /** For PULUMI_DEBUG_PROVIDERS; undefined while the plugins are not started. */
  readonly debugProviders: string | undefined;
  /** The variables for clients: a contract. All but NODE_EXTRA_CA_CERTS, PATH and the engine's own. */
  environment(): Record<string, string>;
  /** Writes one PEM file that holds what NODE_EXTRA_CA_CERTS held and our authority; returns its path. */
  joinedCaPath(existing: string | undefined): string;
}

/** The local cloud that another process runs on this folder, if one does. */
export async function attachToRunning(folder: string): Promise<LocalCloudAddress | undefined> {
  const running = await findOwner(resolve(folder));
  if (running?.origins === undefined) return undefined;
  return addressOf(resolve(folder), running.origins, running.debugProviders);
}

/** The address of the local cloud that serves `folder` at `origins`. */
export function addressOf(
  folder: string,
  origins: Origins,
  debugProviders: string | undefined,
): LocalCloudAddress {
  const { deployerSecret, controlToken } = readSettings(folder);
  const { ca: caPath, cloud } = pathsIn(folder);
  return {
    folder,
    origins,
    caPath,
    controlToken,
    debugProviders,
    environment: () => ({
      AZURE_TENANT_ID: TENANT_ID,
      AZURE_SUBSCRIPTION_ID: SUBSCRIPTION_ID,
      AZURE_CLIENT_ID: DEPLOYER.appId,
      AZURE_CLIENT_SECRET: deployerSecret,
      AZURE_AUTHORITY_HOST: origins.login,
      LOCAL_ARM_URL: origins.arm,
      LOCAL_GRAPH_URL: origins.graph,
      LOCAL_CLOUD_CA: caPath,
      ARM_TENANT_ID: TENANT_ID,
      ARM_SUBSCRIPTION_ID: SUBSCRIPTION_ID,
      ARM_CLIENT_ID: DEPLOYER.appId,
      ARM_CLIENT_SECRET: deployerSecret,
      ARM_METADATA_HOSTNAME: new URL(origins.arm).host,
      ARM_DISABLE_INSTANCE_DISCOVERY: "true",
      ARM_USE_CLI: "false",
    }),
    joinedCaPath: (existing) =>
      writeJoinedCa(join(cloud, "joined-ca.pem"), readFileSync(caPath, "utf8"), existing),
  };
}

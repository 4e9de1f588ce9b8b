// A local cloud with its provider plugins and the whole environment that a command needs to use it.

import { delimiter } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import {
  attachToRunning,
  FolderTakenError,
  type LocalCloudAddress,
  LocalCloudError,
  makeFolder,
  type Ports,
  startLocalCloud,
} from "../local-cloud/index.js";
import { pathsInLocalFolder } from "./project-paths.js";

/** What a session is opened for. */
export interface LocalSessionOptions {
  /** The state folder, absolute; made when missing. */
  readonly folder: string;
  /** The folder with the engine, put first on PATH. @default PATH stays as it is */
  readonly engineFolder?: string;
  /** For a cloud that is started. @default those that the folder remembers */
  readonly ports?: Ports;
}

/** A local cloud that is ready for the engine and for stock clients. */
export interface LocalSession {
  /** All variables to set, complete with PATH and NODE_EXTRA_CA_CERTS. */
  readonly environment: Readonly<Record<string, string>>;
  readonly address: LocalCloudAddress;
  /** Stops the cloud, unless another process runs it. */
  close(): Promise<void>;
}

/** True in a command that `npm run local` started: everything is set already. */
export function isInsideLocalSession(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment["LOCAL_ARM_URL"] !== undefined;
}

/** How long another process may take to have the cloud of the folder ready, in milliseconds. */
const patienceMs = 15_000;

/**
 * Uses the local cloud that runs on the folder (`npm run cloud`), or starts one. One that is being started is waited for.
 * @throws LocalCloudError when a port is in use, the state is damaged, or the running cloud has no plugins
 */
export async function openLocalSession(options: LocalSessionOptions): Promise<LocalSession> {
  const { folder } = options;
  for (const began = Date.now(); ; await pause(200)) {
    const running = await attachToRunning(folder);
    if (running?.debugProviders !== undefined) {
      return sessionAt(running, running.debugProviders, options, async () => {});
    }
    const mayWait = Date.now() - began < patienceMs;
    try {
      if (running === undefined) return await startSession(options);
    } catch (error) {
      if (!(error instanceof FolderTakenError && mayWait)) throw error;
    }
    if (!mayWait) {
      throw new LocalCloudError(
        `The local cloud in ${folder} runs without its provider plugins, so the engine cannot use it. Stop it and try again.`,
      );
    }
  }
}

async function startSession(options: LocalSessionOptions): Promise<LocalSession> {
  const { folder, ports } = options;
  const cloud = await startLocalCloud({ folder, ...(ports === undefined ? {} : { ports }) });
  try {
    const { debugProviders } = await cloud.startPlugins();
    return await sessionAt(cloud, debugProviders, options, () => cloud.close());
  } catch (error) {
    await cloud.close();
    throw error;
  }
}

async function sessionAt(
  address: LocalCloudAddress,
  debugProviders: string,
  { folder, engineFolder }: LocalSessionOptions,
  close: () => Promise<void>,
): Promise<LocalSession> {
  const { pulumiState } = pathsInLocalFolder(folder);
  makeFolder(pulumiState);
  const path = process.env["PATH"] ?? "";
  return {
    environment: {
      ...address.environment(),
      // A command below that starts one of these scripts finds the same folder.
      LOCAL_CLOUD_FOLDER: folder,
      NODE_EXTRA_CA_CERTS: address.joinedCaPath(process.env["NODE_EXTRA_CA_CERTS"]),
      PULUMI_DEBUG_PROVIDERS: debugProviders,
      PULUMI_BACKEND_URL: pathToFileURL(pulumiState).href,
      PULUMI_CONFIG_PASSPHRASE: "",
      // Nothing is downloaded for a local run; each command would lose 2.4 s on trying.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PATH: engineFolder === undefined ? path : `${engineFolder}${delimiter}${path}`,
    },
    address,
    close,
  };
}

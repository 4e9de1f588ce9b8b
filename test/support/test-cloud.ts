// A local cloud of a test's own: a new state folder, free ports, the certificate authority that test processes trust.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ANY_PORTS,
  type LocalCloud,
  type LocalCloudOptions,
  startLocalCloud,
} from "../../local-cloud/index.js";

export interface TestCloud extends LocalCloud {
  /** Stops the cloud and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a local cloud in a new folder. */
export async function startTestCloud(options: Partial<LocalCloudOptions> = {}): Promise<TestCloud> {
  const folder = options.folder ?? newStateFolder();
  const cloud = await startLocalCloud({
    ports: ANY_PORTS,
    ...options,
    folder,
  });
  const remove = async () => {
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return Object.defineProperties({ remove }, Object.getOwnPropertyDescriptors(cloud)) as TestCloud;
}

/** An empty state folder whose servers test processes trust. */
export function newStateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "local-cloud-"));
  const shared = process.env["TEST_TLS_FOLDER"];
  if (shared === undefined) throw new Error("tests that need TLS run under vitest.config.ts");
  cpSync(shared, join(folder, "cloud", "tls"), { recursive: true });
  return folder;
}

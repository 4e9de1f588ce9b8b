// What is installed on this machine.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import type { Surroundings } from "../surroundings.js";
import type { Installed } from "./doctor-context.js";

const PATIENCE_MS = 20_000;

export function installedHere({ cwd, env }: Surroundings): Installed {
  return {
    engine: () =>
      new Promise((resolve) => {
        const options = {
          cwd,
          env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
          timeout: PATIENCE_MS,
          windowsHide: true,
        };
        execFile("pulumi", ["version"], options, (error, stdout) => {
          resolve(error === null ? stdout.trim().replace(/^v/, "") : undefined);
        });
      }),
    packageVersion: (name) => {
      try {
        const found: unknown = createRequire(join(cwd, "package.json"))(`${name}/package.json`);
        return z.object({ version: z.string() }).parse(found).version;
      } catch {
        return undefined;
      }
    },
  };
}

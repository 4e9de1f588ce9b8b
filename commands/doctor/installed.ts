// What is installed on this machine.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import type { Surroundings } from "../surroundings.js";
import type { Installed, InstalledPlugin } from "./doctor-context.js";

const PATIENCE_MS = 20_000;

export function installedHere({ cwd, env }: Surroundings): Installed {
  const pulumi = (...args: readonly string[]) =>
    new Promise<string | undefined>((resolve) => {
      const options = {
        cwd,
        env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
        timeout: PATIENCE_MS,
        windowsHide: true,
      };
      execFile("pulumi", args, options, (error, stdout) => {
        resolve(error === null ? stdout : undefined);
      });
    });
  return {
    engine: async () => (await pulumi("version"))?.trim().replace(/^v/, ""),
    plugins: async () => pluginsIn(await pulumi("plugin", "ls", "--json")),
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

const Plugins = z.array(
  z.object({ name: z.string(), kind: z.string(), version: z.string().nullish() }),
);

function pluginsIn(text: string | undefined): InstalledPlugin[] | undefined {
  try {
    return Plugins.parse(JSON.parse(text ?? ""))
      .filter(({ kind }) => kind === "resource")
      .map(({ name, version }) => ({ name, version: version ?? undefined }));
  } catch {
    return undefined;
  }
}

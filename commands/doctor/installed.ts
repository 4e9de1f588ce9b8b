// What is installed on this machine.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { CannotTell } from "../checks/cannot-tell.js";
import type { Surroundings } from "../surroundings.js";
import type { Installed, InstalledPlugin } from "./doctor-context.js";

/** @param patienceMs how long a question to the engine may take */
export function installedHere({ cwd, env }: Surroundings, patienceMs = 20_000): Installed {
  const pulumi = (...args: readonly string[]) =>
    new Promise<string | undefined>((resolve, reject) => {
      const options = {
        cwd,
        env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
        timeout: patienceMs,
        windowsHide: true,
      };
      execFile("pulumi", args, options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else if (error.code === "ENOENT") resolve(undefined);
        else {
          const late = `did not end within ${patienceMs / 1000} s`;
          const why = error.killed ? late : `failed: ${firstLine(stderr, error)}`;
          reject(noAnswer(args.join(" "), why));
        }
      });
    });
  return {
    engine: async () => (await pulumi("version"))?.trim().replace(/^v/, ""),
    plugins: async () => {
      const list = await pulumi("plugin", "ls", "--json");
      return list === undefined ? undefined : pluginsIn(list);
    },
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

function pluginsIn(text: string): InstalledPlugin[] {
  try {
    return Plugins.parse(JSON.parse(text))
      .filter(({ kind }) => kind === "resource")
      .map(({ name, version }) => ({ name, version: version ?? undefined }));
  } catch (cause) {
    throw noAnswer("plugin ls --json", "answered with no list of plugins", cause);
  }
}

/** The engine is there and says nothing: that is not the same as its not being there. */
function noAnswer(command: string, why: string, cause?: unknown): CannotTell {
  return new CannotTell(
    `pulumi ${command} ${why.replace(/[.\s]+$/, "")}.`,
    "Run it by hand in the folder of the project, and mend what it says.",
    { cause },
  );
}

function firstLine(stderr: string, error: Error): string {
  return stderr.trim().split(/[\r\n]/)[0] || error.message;
}

// Builds the engine with a Go toolchain: what is left when the official download cannot be reached.
// go.mod and go.sum beside this file pin every module; the build changes neither of them.

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { runBounded } from "./bounded-process.js";
import type { EngineProgress } from "./engine-progress.js";
import { executableIn } from "./executable.js";
import { goModuleFolder } from "./go-toolchain.js";
import { enginePackage, engineVersionVariable, testedEngineVersion } from "./version.js";

/** What a build needs. */
export interface BuildOptions {
  /** The `go` executable. */
  readonly go: string;
  /** The folder to fill: `bin/pulumi` is below it afterwards. */
  readonly root: string;
  readonly progress: EngineProgress;
  readonly signal?: AbortSignal;
}

/**
 * Builds the tested version.
 * @throws Error with what Go said last, when it fails; the signal's reason when the caller cancelled
 */
export async function buildEngine({ go, root, progress, signal }: BuildOptions): Promise<void> {
  // Go's own scratch folder is below the root, so that an interrupted build leaves nothing in /tmp.
  const scratch = join(root, "scratch");
  await mkdir(scratch, { recursive: true });
  let downloaded = 0;
  let compiled = 0;
  const result = await runBounded(
    go,
    [
      "build",
      "-v",
      "-mod=readonly",
      "-buildvcs=false",
      "-ldflags",
      `-s -w -X ${engineVersionVariable}=v${testedEngineVersion}`,
      "-o",
      executableIn(root),
      enginePackage,
    ],
    {
      cwd: goModuleFolder,
      env: buildEnvironment(scratch),
      ...(signal === undefined ? {} : { signal }),
      onErrorLine(line) {
        if (line.startsWith("go: downloading ")) {
          progress.detail(`${++downloaded} modules fetched`);
        } else if (!line.includes(" ")) {
          progress.detail(`${++compiled} packages compiled`);
        }
      },
    },
  );
  if (result.problem !== undefined) throw new Error(`go build ${result.problem}`);
  if (result.code !== 0) throw new Error(whatGoSaid(result.stderr));
  await rm(scratch, { recursive: true, force: true });
}

/** The user's Go settings (proxy, caches), without those that would build something else. */
function buildEnvironment(scratch: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, GOTMPDIR: scratch, GOWORK: "off" };
  for (const name of ["GOOS", "GOARCH", "GOFLAGS"]) delete env[name];
  return env;
}

function whatGoSaid(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    // A line without a space is a package that was compiled.
    .filter((line) => line.includes(" ") && !line.startsWith("go: downloading "));
  return lines.slice(-3).join(" ") || "go build failed";
}

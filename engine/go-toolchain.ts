// Is there a Go toolchain that can build the engine, and if not, why not, in a sentence?

import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import semver from "semver";
import { runBounded } from "./bounded-process.js";
import { executableOnPath } from "./executable.js";

/** The folder with go.mod and go.sum. */
export const goModuleFolder = fileURLToPath(new URL(".", import.meta.url));

/** A usable toolchain, or a sentence that says what is wrong with it. */
export type GoToolchain =
  | { readonly executable: string; readonly problem?: undefined }
  | { readonly executable?: undefined; readonly problem: string };

/** The first Go that can fetch another toolchain when a module asks for a newer one (Go toolchains, go.dev/doc/toolchain). */
const firstThatFetchesToolchains = "1.21.0";

/**
 * Looks for `go` on PATH and compares it with the `go` line of go.mod. An older one will do when it
 * may fetch a newer toolchain by itself (GOTOOLCHAIN is not "local" or "path").
 */
export async function findGo(signal?: AbortSignal): Promise<GoToolchain> {
  const needed = await neededGoVersion();
  const executable = await executableOnPath("go");
  if (executable === undefined) return { problem: "there is no Go toolchain to build it with" };
  const cancellation = signal === undefined ? {} : { signal };
  // Outside of any module, and local: otherwise Go would already fetch a toolchain to answer.
  const version = await runBounded(executable, ["version"], {
    cwd: tmpdir(),
    env: { ...process.env, GOTOOLCHAIN: "local" },
    limitMs: 10_000,
    ...cancellation,
  });
  const found = semver.coerce(/go version go(\S+)/.exec(version.stdout)?.[1] ?? "");
  if (found === null) {
    return { problem: `${executable} ${version.problem ?? 'gave no version to "go version"'}` };
  }
  if (semver.gte(found, needed)) return { executable };
  const tooOld = `Go ${found} is too old to build it (${needed} is needed)`;
  if (semver.lt(found, firstThatFetchesToolchains)) return { problem: tooOld };
  const policy = await runBounded(executable, ["env", "GOTOOLCHAIN"], {
    cwd: tmpdir(),
    limitMs: 10_000,
    ...cancellation,
  });
  if (/^(local|path)$/.test(policy.stdout.trim())) {
    return {
      problem: `${tooOld} and may not fetch a newer one (GOTOOLCHAIN=${policy.stdout.trim()})`,
    };
  }
  return { executable };
}

/** The version in go.mod's `go` line, e.g. "1.25.11". */
export async function neededGoVersion(): Promise<string> {
  const text = await readFile(`${goModuleFolder}/go.mod`, "utf8");
  const version = /^go (\S+)$/m.exec(text)?.[1];
  if (version === undefined) throw new Error(`${goModuleFolder}/go.mod has no "go" line.`);
  return version;
}

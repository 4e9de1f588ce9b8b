// A machine with nothing on it: its own PATH and Pulumi home, with executables that are shell scripts.

import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { vi } from "vitest";

/** The folders of a fake machine; PATH and PULUMI_HOME point to them until it is removed. */
export interface FakeMachine {
  readonly path: string;
  readonly home: string;
  /** Puts an executable shell script on PATH. */
  onPath(name: string, script: string): Promise<void>;
  /** Puts an engine that reports `reported` into the folder of `version`. */
  inHome(version: string, reported?: string): Promise<void>;
  remove(): Promise<void>;
}

/** A script that answers to `pulumi version`. */
export function pulumiScript(version: string): string {
  return `echo v${version}`;
}

/** A Go toolchain whose build writes an engine that reports the version. */
export function goScript(
  version: string,
  { build = buildScript("3.259.0"), toolchainPolicy = "auto" } = {},
): string {
  return [
    'case "$1" in',
    `version) echo "go version go${version} linux/amd64" ;;`,
    `env) echo ${toolchainPolicy} ;;`,
    `build) ${build} ;;`,
    "esac",
  ].join("\n");
}

/** The part of a Go toolchain that makes `bin/pulumi` where `-o` says. */
export function buildScript(version: string): string {
  return [
    'while [ "$1" != "-o" ]; do shift; done',
    '/bin/mkdir -p "$(/usr/bin/dirname "$2")"',
    `printf '#!/bin/sh\\necho v${version}\\n' > "$2"`,
    '/bin/chmod 755 "$2"',
  ].join("\n");
}

/** Writes an executable shell script. */
export async function writeScript(path: string, script: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

/** Makes a fake machine and points this process to it. */
export async function fakeMachine(): Promise<FakeMachine> {
  const root = await mkdtemp(join(tmpdir(), "engine-test-"));
  const path = join(root, "on-path");
  const home = join(root, "pulumi-home");
  await mkdir(path);
  vi.stubEnv("PATH", path);
  vi.stubEnv("PULUMI_HOME", home);
  return {
    path,
    home,
    onPath: (name, script) => writeScript(join(path, name), script),
    inHome: (version, reported = version) =>
      writeScript(join(home, "versions", version, "bin", "pulumi"), pulumiScript(reported)),
    remove: async () => {
      vi.unstubAllEnvs();
      await rm(root, { recursive: true, force: true });
    },
  };
}

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../../scripts/project-paths.js";

/** What `npm ci` says on a machine with that version of Node, and its exit code. */
function saidOn(version: string) {
  const script = JSON.stringify(join(projectRoot, "scripts", "node-version.cjs"));
  const pretend = `Object.defineProperty(process.versions, "node", { value: "${version}" });`;
  const { stderr, status } = spawnSync(process.execPath, ["-e", `${pretend} require(${script})`]);
  return [stderr.toString(), status];
}

it("is refused in one sentence when it is too old", () => {
  expect(saidOn("18.20.8")).toEqual([
    "This project needs Node 20 or newer, and this is Node 18.20.8. Install a newer one (https://nodejs.org) and run `npm ci` again.\n",
    1,
  ]);
});

it.each(["20.0.0", "22.23.3", "24.21.0", "100.0.0"])("is taken from 20 on: %s", (version) => {
  expect(saidOn(version)).toEqual(["", 0]);
});

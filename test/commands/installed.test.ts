// What `doctor` hears of the engine of this machine: an engine that is silent or broken is not one that is missing.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { installedHere } from "../../commands/doctor/installed.js";
import { surroundingsOf } from "./verify-under-test.js";

const folder = mkdtempSync(join(tmpdir(), "installed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A machine whose command pulumi is this program. */
function machine(name: string, program?: string, patienceMs?: number) {
  const path = join(folder, name);
  mkdirSync(path);
  if (program !== undefined) {
    writeFileSync(join(path, "pulumi"), `#!${process.execPath}\n${program}\n`);
    chmodSync(join(path, "pulumi"), 0o755);
  }
  const env = { PATH: path };
  return installedHere(surroundingsOf(env, path).surroundings, patienceMs);
}

describe("what is installed", () => {
  it("is what the engine says", async () => {
    const { engine, plugins } = machine(
      "whole",
      `const list = [{ name: "azuread", kind: "resource", version: "6.9.1" }, { name: "nodejs", kind: "language" }];
       console.log(process.argv[2] === "version" ? "v3.259.0" : JSON.stringify(list));`,
    );
    expect(await engine()).toBe("3.259.0");
    expect(await plugins()).toEqual([{ name: "azuread", version: "6.9.1" }]);
  });

  it("is nothing where there is no engine", async () => {
    const { engine, plugins } = machine("none");
    expect([await engine(), await plugins()]).toEqual([undefined, undefined]);
  });

  it("is not known of an engine that fails, or says something else", async () => {
    const broken = machine("broken", `console.error("error: no home"); process.exit(3);`);
    await expect(broken.engine()).rejects.toThrow("pulumi version failed: error: no home.");
    await expect(broken.plugins()).rejects.toThrow("pulumi plugin ls --json failed");
    const chatty = machine("chatty", `console.log("Welcome!")`);
    await expect(chatty.plugins()).rejects.toThrow("answered with no list of plugins");
  });

  it("is not known of an engine that does not end", async () => {
    const { engine } = machine("hanging", "setTimeout(() => {}, 60_000)", 500);
    await expect(engine()).rejects.toThrow("pulumi version did not end within 0.5 s.");
  });

  it("is a package as the project's folder resolves it", () => {
    const { packageVersion } = machine("project");
    const place = join(folder, "project", "node_modules", "@pulumi/azuread/package.json");
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, JSON.stringify({ version: "6.9.1" }));
    expect(packageVersion("@pulumi/azuread")).toBe("6.9.1");
    expect(packageVersion("@pulumi/nothing")).toBeUndefined();
  });
});

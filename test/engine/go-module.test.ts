import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { goModuleFolder } from "../../engine/go-toolchain.js";
import { enginePackage, testedEngineVersion } from "../../engine/version.js";

it("go.mod pins the engine that the download would bring", async () => {
  const text = await readFile(join(goModuleFolder, "go.mod"), "utf8");
  expect(text).toContain(`tool ${enginePackage}\n`);
  expect(text).toMatch(
    new RegExp(`^\\s*github\\.com/pulumi/pulumi/pkg/v3 v${testedEngineVersion}\\b`, "m"),
  );
  expect(text).toMatch(
    new RegExp(`^\\s*github\\.com/pulumi/pulumi/sdk/v3 v${testedEngineVersion}\\b`, "m"),
  );
  expect(text).not.toMatch(/^replace /m);
});

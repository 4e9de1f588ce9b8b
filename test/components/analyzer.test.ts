// The package can be used from other languages only as far as Pulumi's component analyzer understands it.
import { readFileSync } from "node:fs";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { describe, expect, it } from "vitest";
import * as library from "../../components/index.js";
import { projectRoot } from "../../scripts/project-paths.js";

const components = Object.entries(library)
  .filter(
    ([, value]) =>
      typeof value === "function" && "prototype" in value && /^class /.test(String(value)),
  )
  .map(([name]) => name);

describe("Pulumi's component analyzer", () => {
  it("accepts every component of the library face", { timeout: 300_000 }, () => {
    const packageJson: Record<string, unknown> = JSON.parse(
      readFileSync(`${projectRoot}/package.json`, "utf8"),
    );
    const analyzer = new Analyzer(
      projectRoot,
      "teams-calling-bot",
      packageJson,
      new Set(components),
    );
    const { components: accepted } = analyzer.analyze();
    expect(components).toContain("CallingBot");
    expect(Object.keys(accepted).sort()).toEqual([...components].sort());
    expect(accepted["CallingBot"]?.inputs["host"]?.optional).toBeUndefined();
    expect(accepted["CallingBot"]?.inputs["capabilities"]).toMatchObject({
      optional: true,
      type: "array",
    });
  });
});

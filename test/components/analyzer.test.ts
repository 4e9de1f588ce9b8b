// The package can be used from other languages only as far as Pulumi's component analyzer understands it.
import { readFileSync } from "node:fs";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { describe, expect, it } from "vitest";
import * as library from "../../components/index.js";
import { projectRoot } from "../../scripts/project-paths.js";
import { COMPONENT_CHANGES } from "./changes/component-changes.js";
import { STACK_CHANGES } from "./changes/stack-changes.js";

const components = Object.entries(library)
  .filter(
    ([, value]) =>
      typeof value === "function" && "prototype" in value && /^class /.test(String(value)),
  )
  .map(([name]) => name);

/** What no row is for: settings of a stack have rows of their own (test/docs/docs.test.ts), hosts their own page (host-updates.test.ts). */
const TOLD_ELSEWHERE =
  /^(CallingBot|HostFoundation|(AppService|ContainerApp|ScaleSet)(Address|Host))\.|\.(adopt\w*|existingBot)$|^TeamsAppPackage\.icons$/;

/** Arguments of a component that docs/changes.md says nothing of. */
function untold(component: string, inputs: readonly string[]): string[] {
  const told = COMPONENT_CHANGES.filter(({ title }) => title.split(" and ").includes(component));
  const settings = told.flatMap(({ changes }) => changes.flatMap((change) => change.settings));
  // A package alone takes what a stack says under `app`.
  const ofStack = STACK_CHANGES.flatMap(({ changes }) => changes.flatMap((row) => row.settings));
  const isTold = (name: string) =>
    settings.includes(name) ||
    (component === "TeamsAppPackage" && ofStack.includes(`app.${name}`)) ||
    TOLD_ELSEWHERE.test(`${component}.${name}`);
  return inputs.filter((name) => !isTold(name)).map((name) => `${component}.${name}`);
}

describe("Pulumi's component analyzer", () => {
  it("accepts every component of the library face, and docs/changes.md says of every argument what a change of it does", {
    timeout: 300_000,
  }, () => {
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
    const all = Object.entries(accepted);
    expect(all.flatMap(([name, { inputs }]) => untold(name, Object.keys(inputs)))).toEqual([]);
  });
});

// Whether the provider packages that a program imports are there in versions that fit: they bring the plugins of the same version.
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import type { DoctorContext } from "../doctor-context.js";
import { isAtLeast, majorOf } from "../versions.js";

/** What this package is written and tested with; a later minor version is taken as well. */
export const OLDEST_PACKAGES: Readonly<Record<string, string>> = {
  "@pulumi/pulumi": "3.248.0",
  "@pulumi/azure-native": "3.28.0",
  "@pulumi/azuread": "6.9.1",
};

export function judgePackages(versionOf: (name: string) => string | undefined): Outcome {
  const found = Object.fromEntries(
    Object.keys(OLDEST_PACKAGES).map((name) => [name, versionOf(name) ?? null]),
  );
  const wrong = Object.entries(OLDEST_PACKAGES).filter(([name, oldest]) => {
    const version = found[name];
    return !version || majorOf(version) !== majorOf(oldest) || !isAtLeast(version, oldest);
  });
  if (wrong.length === 0) {
    const list = Object.entries(found).map(([name, version]) => `${name} ${version}`);
    return pass(`The packages fit: ${list.join(", ")}.`, found);
  }
  const said = wrong.map(
    ([name, oldest]) => `${name} is ${found[name] ?? "missing"}, needs ^${oldest}`,
  );
  const install = wrong.map(([name, oldest]) => `"${name}@^${oldest}"`).join(" ");
  return fail(`Packages do not fit: ${said.join("; ")}.`, `Run npm install ${install}.`, found);
}

export const packages: Check<DoctorContext> = {
  id: "packages",
  title:
    "the Pulumi packages of the project, which bring the provider plugins, are there in versions that fit",
  run: async ({ installed }) => judgePackages(installed.packageVersion),
};

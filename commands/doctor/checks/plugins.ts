// Whether the provider plugins are installed: those of the packages' own versions, which the engine runs.
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import type { DoctorContext, InstalledPlugin } from "../doctor-context.js";

/** Plugins and the packages that bring them. */
const PACKAGES: Readonly<Record<string, string>> = {
  "azure-native": "@pulumi/azure-native",
  azuread: "@pulumi/azuread",
};

export interface PluginFacts {
  /** Undefined without an engine. */
  readonly installed: readonly InstalledPlugin[] | undefined;
  readonly versionOf: (packageName: string) => string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function judgePlugins({ installed, versionOf, env }: PluginFacts): Outcome {
  if (installed === undefined) {
    return skip("Without the command pulumi there are no plugins to look for.", "See engine.");
  }
  const attached = (env["PULUMI_DEBUG_PROVIDERS"] ?? "").split(",").map((one) => one.split(":")[0]);
  const wanted = Object.entries(PACKAGES).flatMap(([name, packageName]) => {
    const version = versionOf(packageName);
    return version === undefined || attached.includes(name) ? [] : [{ name, version }];
  });
  const missing = wanted.filter(
    ({ name, version }) =>
      !installed.some((one) => one.name === name && one.version?.replace(/^v/, "") === version),
  );
  const evidence = { wanted, installed };
  if (missing.length === 0) {
    const list = wanted.map(({ name, version }) => `${name} ${version}`).join(", ");
    return pass(
      list === "" ? "The provider plugins are attached." : `The plugins are installed: ${list}.`,
      evidence,
    );
  }
  const list = missing.map(({ name, version }) => `${name} ${version}`).join(", ");
  const install = missing
    .map(({ name, version }) => `pulumi plugin install resource ${name} v${version}`)
    .join(" and ");
  if (/^(1|true)$/i.test(env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] ?? "")) {
    return fail(
      `Plugins are not installed: ${list}, and the engine may not download them (PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION).`,
      `Run ${install}.`,
      evidence,
    );
  }
  return warn(
    `Plugins are not installed yet: ${list}.`,
    `The first run downloads them, some hundred megabytes, which a runner without a way to get.pulumi.com cannot. Beforehand: ${install}.`,
    evidence,
  );
}

export const plugins: Check<DoctorContext> = {
  id: "plugins",
  title: "the provider plugins of the packages' versions are installed",
  run: async ({ installed, env }) =>
    judgePlugins({
      installed: await installed.plugins(),
      versionOf: installed.packageVersion,
      env,
    }),
};

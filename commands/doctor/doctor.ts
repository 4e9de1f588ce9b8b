// `doctor`: every check before a stack is deployed, side by side.
import { readWithin } from "../../graph/bounded-reading.js";
import { Cloud, endpointsFromEnvironment } from "../../rules/clouds.js";
import { readStackConfig } from "../../rules/config.js";
import { checksReport, couldNotRun } from "../checks/checks-report.js";
import { chosenChecks } from "../checks/chosen-checks.js";
import { runChecks } from "../checks/run-checks.js";
import { NETWORK, type Network } from "../probe/network.js";
import type { Report } from "../report.js";
import { operatorServices } from "../sign-in/services.js";
import { operatorToken } from "../sign-in/sign-in.js";
import type { Surroundings } from "../surroundings.js";
import { DOCTOR_CHECKS } from "./doctor-checks.js";
import type { DoctorContext, Installed, PlannedStack } from "./doctor-context.js";
import { installedHere } from "./installed.js";
import { chooseStack, type Project, readProject, type StackFile } from "./stack-files.js";

export interface DoctorOptions {
  /** Name of the stack that is about to be deployed. @default the only one */
  readonly stack?: string;
  /** Ids of checks to leave out. @default [] */
  readonly skip?: readonly string[];
  readonly junit?: string;
}

/** How long one check may take at most. */
const LIMIT_MS = 45_000;
const PATIENCE_MS = 30_000;

/** What a test puts in the place of the machine. */
export interface DoctorMachine {
  readonly network?: Network;
  readonly installed?: Installed;
}

export async function doctor(
  surroundings: Surroundings,
  options: DoctorOptions,
  machine: DoctorMachine = {},
): Promise<Report> {
  const { checks, issues: unknown } = chosenChecks(DOCTOR_CHECKS, options.skip ?? []);
  const { project, issues } = readProject(surroundings.cwd);
  if (project === undefined || unknown.length > 0) return couldNotRun([...unknown, ...issues]);
  const chosen = chooseStack(project, options.stack);
  if (chosen.issues.length > 0) return couldNotRun(chosen.issues);
  const context = contextOf(surroundings, project, chosen.stack, machine);
  const results = await runChecks(
    checks.map((check) => ({ check, context })),
    {
      limitMs: LIMIT_MS,
      waiting: (ids) => surroundings.progress(`Waiting for ${ids.join(", ")} ...`),
    },
  );
  const { junit } = options;
  return checksReport(surroundings, results, {
    name: "doctor",
    ...(junit === undefined ? {} : { junit }),
  });
}

function contextOf(
  surroundings: Surroundings,
  project: Project,
  stack: StackFile | undefined,
  { network = NETWORK, installed = installedHere(surroundings) }: DoctorMachine,
): DoctorContext {
  const { env } = surroundings;
  const planned = stack === undefined ? undefined : plannedStack(env, project, stack);
  const endpoints = endpointsFromEnvironment(env, planned?.config.cloud ?? Cloud.Public);
  const stated = (keys: readonly string[], variables: readonly string[]) =>
    keys.map((key) => stack?.values[key]).find(Boolean) ??
    variables.map((name) => env[name]).find(Boolean);
  const tenantId = stated(
    ["azure-native:tenantId", "azuread:tenantId"],
    ["ARM_TENANT_ID", "AZURE_TENANT_ID"],
  );
  const place = { endpoints, ...(tenantId === undefined ? {} : { tenantId }) };
  return {
    env,
    project,
    planned,
    endpoints,
    tenantId,
    subscriptionId: stated(
      ["azure-native:subscriptionId"],
      ["ARM_SUBSCRIPTION_ID", "AZURE_SUBSCRIPTION_ID"],
    ),
    services: operatorServices(place),
    tokenFor: (resource) =>
      readWithin(PATIENCE_MS, (signal) => operatorToken(place, signal, resource)),
    network,
    installed,
    now: new Date(),
  };
}

function plannedStack(
  env: Surroundings["env"],
  project: Project,
  file: StackFile,
): PlannedStack | undefined {
  if (file.issues.length > 0) return undefined;
  const { config } = readStackConfig({ ...file, project: project.name, environment: env });
  if (config === undefined) return undefined;
  const location = config.resourceGroup.location ?? file.values["azure-native:location"];
  return { name: file.stack, config, location };
}

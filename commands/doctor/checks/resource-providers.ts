// Whether the subscription has registered the resource providers that this stack uses.
import { armTypeOf } from "../../../arm/resource-paths.js";
import { readProvider } from "../../../arm/subscription.js";
import { type Check, fail, type Outcome, pass, warn } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  requireSubscription,
} from "../doctor-context.js";
import { madeResources } from "../made-resources.js";

/** Registered in every subscription. */
const ALWAYS = ["Microsoft.Authorization", "Microsoft.Resources"];

export function neededProviders(config: Parameters<typeof madeResources>[0]): string[] {
  const all = madeResources(config).flatMap(
    ({ type }) => armTypeOf(`azure-native:${type}`)?.split("/")[0] ?? [],
  );
  return [...new Set(all)].filter((namespace) => !ALWAYS.includes(namespace)).sort();
}

/** Settings below other resources, which nothing registers by itself (pulumi/pulumi-azure-native#3479). */
const NEVER_BY_ITSELF = "Microsoft.Insights";

export function judgeProviders(states: Readonly<Record<string, string | undefined>>): Outcome {
  const missing = Object.entries(states)
    .filter(([, state]) => !/^(registered|registering)$/i.test(state ?? ""))
    .map(([namespace]) => namespace);
  if (missing.length === 0) {
    return pass("Every resource provider that the stack uses is registered.", states);
  }
  const finding = `Resource providers are not registered: ${missing.join(", ")}.`;
  const commands = missing.map(
    (namespace) => `az provider register --wait --namespace ${namespace}`,
  );
  const run = `Run ${commands.join(" and ")}.`;
  if (missing.includes(NEVER_BY_ITSELF)) {
    return fail(
      finding,
      `${run} Without ${NEVER_BY_ITSELF} the deployment stops half-way with MissingSubscriptionRegistration.`,
      states,
    );
  }
  return warn(
    finding,
    `${run} The provider does it by itself only where the deployer may register, and the first deployment takes minutes longer.`,
    states,
  );
}

export const resourceProviders: Check<DoctorContext> = {
  id: "resource-providers",
  title: "the resource providers that this stack uses are registered",
  run: forStack(async ({ config }, context, signal) => {
    const id = requireSubscription(context);
    const entries = neededProviders(config).map(async (namespace) => {
      const reading = readProvider(context.services.arm, id, namespace, signal);
      return [namespace, (await fromSubscription(reading))?.registrationState] as const;
    });
    return judgeProviders(Object.fromEntries(await Promise.all(entries)));
  }),
};

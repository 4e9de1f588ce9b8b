// Whether the subscription has registered the resource providers that this stack uses.
import { registrationOf } from "../../../arm/subscription.js";
import { BotType, HostKind } from "../../../rules/bot-choices.js";
import type { StackConfig } from "../../../rules/config.js";
import { ConsentMode } from "../../../rules/consent.js";
import { type Check, fail, type Outcome, pass, warn } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  requireSubscription,
} from "../doctor-context.js";

/** Of every host that is made: its identity, its vault and its logs. */
const MADE = [
  "Microsoft.ManagedIdentity",
  "Microsoft.KeyVault",
  "Microsoft.OperationalInsights",
  "Microsoft.Insights",
];

const OF_HOST: Readonly<Record<HostKind, readonly string[]>> = {
  [HostKind.Existing]: [],
  [HostKind.AppService]: [...MADE, "Microsoft.Web"],
  [HostKind.ContainerApp]: [...MADE, "Microsoft.App"],
  [HostKind.ScaleSet]: [...MADE, "Microsoft.Compute", "Microsoft.Network"],
};

export function neededProviders(config: Pick<StackConfig, "host" | "bot" | "consent">): string[] {
  const { host, bot, consent } = config;
  const all = [
    "Microsoft.BotService",
    ...OF_HOST[host.kind],
    ...("dnsZoneId" in host && host.dnsZoneId !== undefined ? ["Microsoft.Network"] : []),
    ...(bot.type === BotType.UserAssignedMSI ? ["Microsoft.ManagedIdentity"] : []),
    ...(consent.mode === ConsentMode.SignUp ? ["Microsoft.Storage"] : []),
  ];
  return [...new Set(all)];
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
      const reading = registrationOf(context.services.arm, id, namespace, signal);
      return [namespace, await fromSubscription(reading)] as const;
    });
    return judgeProviders(Object.fromEntries(await Promise.all(entries)));
  }),
};

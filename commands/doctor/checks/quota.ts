// Whether the subscription may have as many cores and public addresses as the host needs when it has grown.
import { type OfferedSize, offeredSize, type Quota, quotasOf } from "../../../arm/quotas.js";
import { readScaleSet } from "../../../arm/scale-set.js";
import { HostKind } from "../../../rules/bot-choices.js";
import type { HostSettings } from "../../../rules/hosts/host-settings.js";
import { instanceRange } from "../../../rules/hosts/scale-set.js";
import { sizeFor } from "../../../rules/hosts/sizing.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  type PlannedStack,
  requireSubscription,
} from "../doctor-context.js";
import { hostsOf } from "../made-resources.js";
import { madeName, stackGroup } from "../stack-names.js";
import { shortRegion } from "./region.js";

/** How much of a quota is needed at once, and when the host has grown as far as it may. */
export interface Need {
  readonly quota: string;
  readonly least: number;
  readonly most: number;
  /** What the stack has of it already, which the quota counts as used. */
  readonly has: number;
}

/** @throws CannotTell where the subscription does not tell a quota that is needed */
export function judgeQuota(needs: readonly Need[], quotas: readonly Quota[]): Outcome {
  const found = needs.flatMap((need) => {
    const quota = quotas.find(({ name }) => name.toLowerCase() === need.quota.toLowerCase());
    return quota === undefined ? [] : [{ ...need, ...quota, left: quota.limit - quota.used }];
  });
  const evidence = { quotas: found };
  const sentences = (of: typeof found, amount: "least" | "most") =>
    of.map((one) => sentence(one, one[amount])).join("; ");
  const advice =
    "Ask for more in the Azure portal under Quotas, take a smaller or other size, or fewer machines.";
  const short = found.filter(({ least, has, left }) => least > has + left);
  if (short.length > 0)
    return fail(`The quota is not enough. ${sentences(short, "least")}.`, advice, evidence);
  const untold = needs.filter(({ quota }) => !found.some((one) => one.quota === quota));
  if (untold.length > 0 || needs.length === 0) {
    throw new CannotTell(
      `The subscription does not tell its quota of ${untold.map(({ quota }) => quota).join(", ") || "anything"}.`,
      "Look in the Azure portal under Quotas.",
    );
  }
  const tight = found.filter(({ most, has, left }) => most > has + left);
  if (tight.length > 0) {
    return warn(
      `The quota is not enough for all machines. ${sentences(tight, "most")}.`,
      advice,
      evidence,
    );
  }
  return pass("The quotas for cores and public addresses are enough.", evidence);
}

function sentence(
  { title, has, left, limit }: Need & Pick<Quota, "title" | "limit"> & { readonly left: number },
  needed: number,
): string {
  const there = has === 0 ? "" : `${has} there, `;
  return `${title}: ${needed} needed, ${there}${left} of ${limit} left`;
}

/** The machines that the stack has now. */
export interface Machines {
  readonly instances: number;
  readonly cores: number;
  /** Of which quota their cores are. */
  readonly family: string;
}

/** @param there undefined before the first deployment */
export function needsOf(
  { least, most }: { readonly least: number; readonly most: number },
  { family, vcpus }: Pick<OfferedSize, "family" | "vcpus">,
  there: Machines | undefined,
): Need[] {
  const cores = { least: least * vcpus, most: most * vcpus };
  const has = there?.cores ?? 0;
  const addresses = there === undefined ? 0 : there.instances + 1;
  return [
    { quota: "cores", ...cores, has },
    { quota: family, ...cores, has: there?.family === family ? has : 0 },
    // The load balancer's, and one each for the media of a machine.
    { quota: "StandardSkuPublicIpAddresses", least: least + 1, most: most + 1, has: addresses },
  ];
}

export const quota: Check<DoctorContext> = {
  id: "quota",
  title: "the quotas for cores and public addresses are enough for the host",
  run: forStack(async (planned, context, signal) => {
    const { config, location } = planned;
    const sets = hostsOf(config).filter((host) => host.kind === HostKind.ScaleSet);
    if (sets.length === 0) return skip("The host has no machines of its own.");
    if (location === undefined) {
      return skip(
        "The stack does not say its region, which is that of its resource group.",
        "Set azure-native:location to have its quotas looked at.",
      );
    }
    const place = { subscriptionId: requireSubscription(context), location: shortRegion(location) };
    const { arm } = context.services;
    const [needs, compute, network] = await Promise.all([
      Promise.all(sets.map((host) => needsOfSet(host, planned, place, context, signal))),
      fromSubscription(quotasOf(arm, place, "Microsoft.Compute", signal)),
      fromSubscription(quotasOf(arm, place, "Microsoft.Network", signal)),
    ]);
    const lost = needs.find((need) => typeof need === "string");
    if (lost !== undefined) return skip(`${place.location} does not offer ${lost}.`, "See region.");
    const all = needs.flatMap((need) => (typeof need === "string" ? [] : need));
    return judgeQuota(together(all), [...compute, ...network]);
  }),
};

interface Place {
  readonly subscriptionId: string;
  readonly location: string;
}

type ScaleSetSettings = Extract<HostSettings, { kind: HostKind.ScaleSet }>;

/** What one set of machines needs; its size where the region has none of it. */
async function needsOfSet(
  host: ScaleSetSettings,
  planned: PlannedStack,
  place: Place,
  context: DoctorContext,
  signal: AbortSignal,
): Promise<Need[] | string> {
  const { size } = sizeFor(host);
  const { arm } = context.services;
  const [offered, there] = await Promise.all([
    fromSubscription(offeredSize(arm, place, size, signal)),
    machinesThere(host, planned, place, context, signal),
  ]);
  return offered === undefined ? size : needsOf(instanceRange(host), offered, there);
}

/** What several sets need of one quota counts together. */
export function together(needs: readonly Need[]): Need[] {
  const byQuota = new Map<string, Need>();
  for (const need of needs) {
    const { least, most, has } = byQuota.get(need.quota) ?? { least: 0, most: 0, has: 0 };
    byQuota.set(need.quota, {
      quota: need.quota,
      least: least + need.least,
      most: most + need.most,
      has: has + need.has,
    });
  }
  return [...byQuota.values()];
}

async function machinesThere(
  host: ScaleSetSettings,
  planned: PlannedStack,
  place: Place,
  context: DoctorContext,
  signal: AbortSignal,
): Promise<Machines | undefined> {
  const name = host.name ?? (await madeName(context, planned, host.slot));
  if (name === undefined) return undefined;
  const id = `${stackGroup(context, planned)}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
  const { arm } = context.services;
  const found = await fromSubscription(readScaleSet(arm, id, signal));
  if (found === undefined) return undefined;
  const size = await fromSubscription(offeredSize(arm, place, found.size, signal));
  const { family = "", vcpus = 0 } = size ?? {};
  return { instances: found.instances, cores: found.instances * vcpus, family };
}

// Whether the subscription may have as many cores and public addresses as the host needs when it has grown.
import { offeredSize, type Quota, quotasOf } from "../../../arm/quotas.js";
import { HostKind } from "../../../rules/bot-choices.js";
import { instanceRange } from "../../../rules/hosts/scale-set.js";
import { sizeFor } from "../../../rules/hosts/sizing.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  requireSubscription,
} from "../doctor-context.js";
import { shortRegion } from "./region.js";

/** How much of a quota is needed at once, and when the host has grown as far as it may. */
export interface Need {
  readonly quota: string;
  readonly least: number;
  readonly most: number;
}

export function judgeQuota(needs: readonly Need[], quotas: readonly Quota[]): Outcome {
  const found = needs.flatMap((need) => {
    const quota = quotas.find(({ name }) => name.toLowerCase() === need.quota.toLowerCase());
    return quota === undefined ? [] : [{ ...need, ...quota, left: quota.limit - quota.used }];
  });
  const evidence = { quotas: found };
  const sentences = (of: typeof found, amount: "least" | "most") =>
    of
      .map((one) => `${one.title}: ${one[amount]} needed, ${one.left} of ${one.limit} left`)
      .join("; ");
  const advice =
    "Ask for more in the Azure portal under Quotas, take a smaller or other size, or fewer machines.";
  const short = found.filter(({ least, left }) => least > left);
  if (short.length > 0)
    return fail(`The quota is not enough. ${sentences(short, "least")}.`, advice, evidence);
  const tight = found.filter(({ most, left }) => most > left);
  if (tight.length > 0) {
    return warn(
      `The quota is not enough for all machines. ${sentences(tight, "most")}.`,
      advice,
      evidence,
    );
  }
  return pass("The quotas for cores and public addresses are enough.", evidence);
}

export const quota: Check<DoctorContext> = {
  id: "quota",
  title: "the quotas for cores and public addresses are enough for the host",
  run: forStack(async ({ config: { host }, location }, context, signal) => {
    if (host.kind !== HostKind.ScaleSet || location === undefined) {
      return skip("The host has no machines of its own.");
    }
    const place = { subscriptionId: requireSubscription(context), location: shortRegion(location) };
    const { arm } = context.services;
    const { size } = sizeFor(host);
    const [offered, compute, network] = await Promise.all([
      fromSubscription(offeredSize(arm, place, size, signal)),
      fromSubscription(quotasOf(arm, place, "Microsoft.Compute", signal)),
      fromSubscription(quotasOf(arm, place, "Microsoft.Network", signal)),
    ]);
    if (offered === undefined)
      return skip(`${place.location} does not offer ${size}.`, "See region.");
    const { least, most } = instanceRange(host);
    const cores = { least: least * offered.vcpus, most: most * offered.vcpus };
    const needs = [
      { quota: "cores", ...cores },
      { quota: offered.family, ...cores },
      // The load balancer's, and one each for the media of a machine.
      { quota: "StandardSkuPublicIpAddresses", least: least + 1, most: most + 1 },
    ];
    return judgeQuota(needs, [...compute, ...network]);
  }),
};

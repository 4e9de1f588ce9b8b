// How much of what a subscription may have in a region, and which machines the region offers it.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const Usages = z.object({
  value: z.array(
    z.object({
      currentValue: z.number(),
      limit: z.number(),
      name: z.object({ value: z.string(), localizedValue: z.string().nullish() }),
    }),
  ),
});

export interface Quota {
  /** `cores`, `standardDSv5Family`, `PublicIPAddresses`. */
  readonly name: string;
  readonly title: string;
  readonly used: number;
  readonly limit: number;
}

/** @throws ReadError */
export async function quotasOf(
  arm: ArmClient,
  place: { readonly subscriptionId: string; readonly location: string },
  namespace: "Microsoft.Compute" | "Microsoft.Network",
  signal: AbortSignal,
): Promise<Quota[]> {
  const { subscriptionId, location } = place;
  const version = namespace === "Microsoft.Compute" ? "2024-11-01" : "2024-05-01";
  const path = `/subscriptions/${subscriptionId}/providers/${namespace}/locations/${location}/usages?api-version=${version}`;
  return parseAnswer(Usages, await arm.get(path, signal)).value.map((usage) => ({
    name: usage.name.value,
    title: usage.name.localizedValue ?? usage.name.value,
    used: usage.currentValue,
    limit: usage.limit,
  }));
}

const Zones = z.array(z.string()).nullish();

const Skus = z.object({
  value: z.array(
    z.object({
      resourceType: z.string(),
      name: z.string(),
      family: z.string().nullish(),
      restrictions: z
        .array(
          z.object({
            type: z.string().nullish(),
            reasonCode: z.string().nullish(),
            restrictionInfo: z.object({ zones: Zones }).nullish(),
          }),
        )
        .nullish(),
      locationInfo: z.array(z.object({ zones: Zones })).nullish(),
      capabilities: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    }),
  ),
});

export interface OfferedSize {
  readonly family: string;
  readonly vcpus: number;
  /** Why the subscription may not use it in the region; undefined where it may. */
  readonly restriction: string | undefined;
  /** Zones of the region in which the subscription may use it. */
  readonly zones: readonly string[];
}

/** A machine size as a region offers it; undefined where it has none of that name. @throws ReadError */
export async function offeredSize(
  arm: ArmClient,
  place: { readonly subscriptionId: string; readonly location: string },
  size: string,
  signal: AbortSignal,
): Promise<OfferedSize | undefined> {
  const filter = encodeURIComponent(`location eq '${place.location}'`);
  const path = `/subscriptions/${place.subscriptionId}/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=${filter}`;
  const { value } = parseAnswer(Skus, await arm.get(path, signal));
  const found = value.find(
    (sku) =>
      sku.resourceType === "virtualMachines" && sku.name.toLowerCase() === size.toLowerCase(),
  );
  if (found === undefined) return undefined;
  const vcpus = found.capabilities?.find(({ name }) => name === "vCPUs")?.value;
  // A restriction of type Zone leaves the region's other zones.
  const { restrictions, locationInfo } = found;
  const restriction = restrictions?.find(({ type }) => type === "Location");
  const shut = restrictions?.flatMap(({ restrictionInfo }) => restrictionInfo?.zones ?? []);
  const zones = locationInfo?.flatMap((one) => one.zones ?? []) ?? [];
  return {
    family: found.family ?? "",
    vcpus: Number(vcpus ?? 0),
    restriction: restriction === undefined ? undefined : (restriction.reasonCode ?? "restricted"),
    zones: zones.filter((zone) => !shut?.includes(zone)).sort(),
  };
}

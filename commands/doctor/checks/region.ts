// Whether the region is there for the subscription, and has the machines that the host asks for.
import { type OfferedSize, offeredSize } from "../../../arm/quotas.js";
import { regionsOf } from "../../../arm/subscription.js";
import { HostKind } from "../../../rules/bot-choices.js";
import { sizeFor } from "../../../rules/hosts/sizing.js";
import { nearest } from "../../../rules/nearest.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  requireSubscription,
} from "../doctor-context.js";

export function judgeRegion(location: string, regions: readonly string[]): Outcome {
  if (regions.includes(location))
    return pass(`The subscription may use ${location}.`, { location });
  const meant = nearest(location, regions);
  return fail(
    `The subscription has no region ${location}.`,
    `${meant === undefined ? "Name one that az account list-locations shows" : `Write ${meant}`}, in azure-native:location or resourceGroup.location.`,
    { location },
  );
}

export function judgeSize(
  location: string,
  size: string,
  offered: OfferedSize | undefined,
): Outcome {
  const evidence = { location, size, ...offered };
  if (offered !== undefined && offered.restriction === undefined) {
    return pass(`${location} offers ${size}.`, evidence);
  }
  const why =
    offered === undefined
      ? "is not offered there"
      : `is not for this subscription there (${offered.restriction})`;
  return fail(
    `Machines of size ${size} in ${location}: the size ${why}.`,
    `Choose another host.size or region; az vm list-skus --location ${location} --resource-type virtualMachines lists them. NotAvailableForSubscription can be lifted by a support request.`,
    evidence,
  );
}

/** As services write it: `West Europe` is `westeurope`. */
export function shortRegion(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}

export const region: Check<DoctorContext> = {
  id: "region",
  title: "the region is there, and offers the size of the host's machines",
  run: forStack(async ({ config, location: written }, context, signal) => {
    if (written === undefined)
      return skip("Everything of the stack is in a resource group that exists.");
    const subscriptionId = requireSubscription(context);
    const location = shortRegion(written);
    const { arm } = context.services;
    const known = judgeRegion(
      location,
      await fromSubscription(regionsOf(arm, subscriptionId, signal)),
    );
    if (known.advice !== "" || config.host.kind !== HostKind.ScaleSet) return known;
    const { size } = sizeFor(config.host);
    const place = { subscriptionId, location };
    return judgeSize(location, size, await fromSubscription(offeredSize(arm, place, size, signal)));
  }),
};

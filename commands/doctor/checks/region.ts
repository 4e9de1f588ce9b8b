// Whether the region is there for the subscription, and has the machines that the host asks for.
import { type OfferedSize, offeredSize } from "../../../arm/quotas.js";
import { armTypeOf } from "../../../arm/resource-paths.js";
import { readProvider, regionsOf } from "../../../arm/subscription.js";
import { HostKind } from "../../../rules/bot-choices.js";
import { ALL_ZONES } from "../../../rules/hosts/scale-set.js";
import { sizeFor } from "../../../rules/hosts/sizing.js";
import { nearest } from "../../../rules/nearest.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, pass, Status, skip } from "../../checks/check.js";
import { onceEach } from "../../checks/once.js";
import { worstOf } from "../../checks/verdict.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  requireSubscription,
} from "../doctor-context.js";
import { hostsOf, madeResources } from "../made-resources.js";

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
  wantedZones: readonly string[] = [],
): Outcome {
  const evidence = { location, size, ...offered };
  if (offered !== undefined && offered.restriction === undefined) {
    const absent = wantedZones.filter((zone) => !offered.zones.includes(zone));
    if (absent.length === 0) return pass(`${location} offers ${size}.`, evidence);
    const list = offered.zones.map((zone) => `"${zone}"`).join(", ");
    return fail(
      `Machines of size ${size} in ${location}: the subscription has them in no zone ${absent.join(", ")}.`,
      `Set host.zones to [${list}], or choose another host.size or region. The zones of a bot that is there cannot change.`,
      { ...evidence, absent },
    );
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

/** Types by their names in Resource Manager, and where each can be made; undefined where the service does not say. */
export type Offers = Readonly<Record<string, readonly string[] | undefined>>;

/** @throws CannotTell where a type is unknown to the service, which tells nothing of the region */
export function judgeOffers(location: string, offers: Offers): Outcome {
  const evidence = { location, types: Object.keys(offers) };
  const silent = Object.keys(offers).filter((type) => offers[type] === undefined);
  const absent = Object.keys(offers).filter((type) => {
    const places = (offers[type] ?? []).map(shortRegion);
    // What belongs to no region lists none, or the whole world.
    return places.some((place) => place !== "global") && !places.includes(location);
  });
  if (absent.length > 0) {
    return fail(
      `${location} does not offer ${absent.join(", ")}.`,
      `Choose another region, in azure-native:location or resourceGroup.location; az provider show --namespace ${absent[0]?.split("/")[0]} --query resourceTypes lists where each is offered. A part that is elsewhere already can be given by its id, where the host has a setting for it.`,
      { ...evidence, absent },
    );
  }
  if (silent.length > 0) {
    throw new CannotTell(
      `Where ${silent.join(", ")} can be made is not among what the subscription tells of its resource providers.`,
      "Look at the service's page of products by region.",
    );
  }
  return pass(
    `The subscription may use ${location}, which offers all that the stack makes.`,
    evidence,
  );
}

/** Resources of the stack that are in its region: the Azure Bot is in none, and what is below another is where that is. */
export function regionalTypes(config: Parameters<typeof madeResources>[0]): string[] {
  const types = madeResources(config).flatMap(
    ({ type }) => armTypeOf(`azure-native:${type}`) ?? [],
  );
  return [...new Set(types)].filter(
    (type) => type.split("/").length === 2 && !PLACELESS.test(type),
  );
}

const PLACELESS = /^Microsoft\.(BotService\/|Authorization\/|Insights\/diagnosticSettings$)/;

async function offersOf(
  types: readonly string[],
  context: DoctorContext,
  signal: AbortSignal,
): Promise<Offers> {
  const { arm } = context.services;
  const id = requireSubscription(context);
  const provider = onceEach((namespace: string) =>
    fromSubscription(readProvider(arm, id, namespace, signal)),
  );
  const entries = types.map(async (type) => {
    const [namespace = "", name = ""] = type.split("/");
    return [type, (await provider(namespace))?.locationsOf(name)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

export const region: Check<DoctorContext> = {
  id: "region",
  title:
    "the region is there, and offers what the stack makes, and the host's machines in their size and zones",
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
    if (known.status !== Status.Pass) return known;
    const offered = judgeOffers(location, await offersOf(regionalTypes(config), context, signal));
    const sets = hostsOf(config).filter((host) => host.kind === HostKind.ScaleSet);
    if (offered.status !== Status.Pass || sets.length === 0) return offered;
    const place = { subscriptionId, location };
    const sizes = sets.map(async (host) => {
      const { size } = sizeFor(host);
      const found = await fromSubscription(offeredSize(arm, place, size, signal));
      return judgeSize(location, size, found, host.zones ?? ALL_ZONES);
    });
    return worstOf(await Promise.all(sizes)) ?? offered;
  }),
};

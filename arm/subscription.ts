// What a subscription says of itself: whether it may be used, what it has registered, which regions and names there are.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const Subscription = z.object({
  displayName: z.string().nullish(),
  state: z.string().nullish(),
  tenantId: z.string().nullish(),
});

export type Subscription = z.output<typeof Subscription>;

/** Undefined when whoever asks does not see it. @throws ReadError */
export async function readSubscription(
  arm: ArmClient,
  id: string,
  signal: AbortSignal,
): Promise<Subscription | undefined> {
  const answer = await arm.get(
    `/subscriptions/${encodeURIComponent(id)}?api-version=2022-12-01`,
    signal,
  );
  return answer === undefined ? undefined : parseAnswer(Subscription, answer);
}

const Locations = z.object({ value: z.array(z.object({ name: z.string() })) });

/** Short names of the regions that the subscription may use. @throws ReadError */
export async function regionsOf(
  arm: ArmClient,
  id: string,
  signal: AbortSignal,
): Promise<string[]> {
  const answer = await arm.get(`/subscriptions/${id}/locations?api-version=2022-12-01`, signal);
  return parseAnswer(Locations, answer).value.map(({ name }) => name.toLowerCase());
}

const Provider = z.object({
  registrationState: z.string(),
  resourceTypes: z
    .array(z.object({ resourceType: z.string(), locations: z.array(z.string()).nullish() }))
    .nullish(),
});

/** What the subscription has of a resource provider. */
export interface ResourceProvider {
  /** `Registered`, `NotRegistered`, ... */
  readonly registrationState: string;
  /** Where a type of it, such as `sites`, can be made, as people write regions; undefined for one that it does not list. */
  readonly locationsOf: (type: string) => readonly string[] | undefined;
}

/** Undefined for a namespace that is not there. @throws ReadError */
export async function readProvider(
  arm: ArmClient,
  id: string,
  namespace: string,
  signal: AbortSignal,
): Promise<ResourceProvider | undefined> {
  const path = `/subscriptions/${id}/providers/${namespace}?api-version=2022-09-01`;
  const answer = await arm.get(path, signal);
  if (answer === undefined) return undefined;
  const { registrationState, resourceTypes } = parseAnswer(Provider, answer);
  const locations = new Map(
    (resourceTypes ?? []).map((one) => [one.resourceType.toLowerCase(), one.locations ?? []]),
  );
  return { registrationState, locationsOf: (type) => locations.get(type.toLowerCase()) };
}

const Availability = z.object({ valid: z.boolean(), message: z.string().nullish() });

/** Whether nobody in Azure has a bot of that name. @throws ReadError */
export async function isBotNameFree(
  arm: ArmClient,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  const path = "/providers/Microsoft.BotService/checkNameAvailability?api-version=2022-09-15";
  return parseAnswer(Availability, await arm.ask(path, { name, type: "bot" }, signal)).valid;
}

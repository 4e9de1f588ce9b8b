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

const Provider = z.object({ registrationState: z.string() });

/** `Registered`, `NotRegistered`, ...; undefined for a namespace that is not there. @throws ReadError */
export async function registrationOf(
  arm: ArmClient,
  id: string,
  namespace: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const path = `/subscriptions/${id}/providers/${namespace}?api-version=2022-09-01`;
  const answer = await arm.get(path, signal);
  return answer === undefined ? undefined : parseAnswer(Provider, answer).registrationState;
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

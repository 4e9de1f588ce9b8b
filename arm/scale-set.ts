// A set of machines as it is at this moment.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const ScaleSet = z.object({ sku: z.object({ name: z.string(), capacity: z.number() }) });

/** Its number of machines and their size; undefined when there is none. @throws ReadError */
export async function readScaleSet(
  arm: ArmClient,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly instances: number; readonly size: string } | undefined> {
  const answer = await arm.get(`${id}?api-version=2024-11-01`, signal);
  if (answer === undefined) return undefined;
  const { name, capacity } = parseAnswer(ScaleSet, answer).sku;
  return { instances: capacity, size: name };
}

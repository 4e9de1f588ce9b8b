// Every page of a list.
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import { getOrNothing } from "./bounded-reading.js";

const Page = z.object({ value: z.array(z.unknown()), "@odata.nextLink": z.string().optional() });

/**
 * All entries of a list; undefined for 404.
 * @throws ReadError
 */
export async function readAll<Schema extends z.ZodType>(
  client: Client,
  path: string,
  entry: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema>[] | undefined> {
  const found: z.output<Schema>[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const answer = await getOrNothing(client, next, signal);
    if (answer === undefined) return undefined;
    const page: z.output<typeof Page> = parseAnswer(Page, answer);
    found.push(...page.value.map((one) => parseAnswer(entry, one)));
    next = page["@odata.nextLink"];
  }
  return found;
}

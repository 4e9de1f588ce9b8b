// How a resource is asked for: with GET, unless its row says otherwise.
import type { HttpResponse } from "../http/http-client.js";
import { objectOf, type Properties } from "../wire/property-values.js";
import { type ArmClient, failureOf, objectIn } from "./arm-client.js";
import type { ResourceRow } from "./resource-row.js";

/** Any status is an answer. */
export async function askFor(
  client: ArmClient,
  row: ResourceRow,
  id: string,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { readWith } = row;
  return readWith === undefined
    ? await client.send("GET", client.url(id, row.apiVersion), signal)
    : await client.send("POST", client.url(`${id}/${readWith.post}`, row.apiVersion), signal);
}

/** The answer with what the service tells only when asked for it by itself. */
export async function withPart(
  client: ArmClient,
  row: ResourceRow,
  id: string,
  answer: Properties,
  signal: AbortSignal,
): Promise<Properties> {
  if (row.partRead === undefined) return answer;
  const { path, property } = row.partRead;
  const response = await client.send("GET", client.url(`${id}/${path}`, row.apiVersion), signal);
  if (response.status !== 200) throw failureOf(response);
  const part = objectIn(response)["properties"] ?? null;
  return { ...answer, properties: { ...objectOf(answer, "properties"), [property]: part } };
}

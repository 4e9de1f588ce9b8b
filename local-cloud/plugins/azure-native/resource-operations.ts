// Creates, reads, changes and deletes resources of Azure Resource Manager, whatever their type.

import { limitedSignal } from "../wire/cancellable.js";
import { isProperties, type Properties, textOf } from "../wire/property-values.js";
import {
  type Created,
  type CreateRequest,
  type DeleteRequest,
  InitFailed,
  type ReadAnswer,
  type ReadRequest,
  type UpdateRequest,
} from "../wire/resource-plugin.js";
import { type ArmClient, ArmFailure, failureOf, objectIn } from "./arm-client.js";
import { inputsOf, outputsOf, previewOutputs, requestBody } from "./body.js";
import { refreshedInputs } from "./diff.js";
import { followToEnd } from "./long-running.js";
import { parametersOf, resourceId } from "./resource-id.js";
import { askFor, withPart } from "./resource-reads.js";
import type { ResourceRow } from "./resource-row.js";

export interface ArmPlace {
  readonly client: ArmClient;
  readonly subscriptionId: string;
  readonly pollMs: number;
}

export async function createResource(
  place: ArmPlace,
  row: ResourceRow,
  { inputs, preview, signal }: CreateRequest,
): Promise<Created> {
  if (preview) return { id: "", outputs: previewOutputs(row, inputs) };
  const id = resourceId(row.path, inputs, place.subscriptionId);
  await refuseExisting(place, row, id, signal);
  const body = withEmptyLists(row, requestBody(row, inputs));
  return await putResource(place, row, { id, inputs, body }, signal);
}

/** A full PUT of what the program says: what it does not say is gone, but for lists of sub-resources. */
export async function updateResource(
  place: ArmPlace,
  row: ResourceRow,
  { id, news, oldOutputs, preview, signal }: UpdateRequest,
): Promise<Properties> {
  if (preview) {
    const { name, location } = oldOutputs;
    return {
      ...previewOutputs(row, news),
      ...(name === undefined ? {} : { name }),
      ...(location === undefined ? {} : { location }),
    };
  }
  const body = await withListsThatStay(place, row, id, requestBody(row, news), signal);
  return (await putResource(place, row, { id, inputs: news, body }, signal)).outputs;
}

export async function readResource(
  { client }: ArmPlace,
  row: ResourceRow,
  { id, oldInputs, oldOutputs, signal }: ReadRequest,
): Promise<ReadAnswer | undefined> {
  const parameters = parametersOf(row, id);
  const response = await askFor(client, row, id, signal);
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw failureOf(response);
  const answer = await withPart(client, row, id, objectIn(response), signal);
  const own = oldInputs === undefined ? answer : withoutOthers(row, oldInputs, answer);
  const outputs = outputsOf(row, own);
  const inputs =
    oldInputs === undefined
      ? { ...inputsOf(row, outputs), ...parameters, azureApiVersion: row.apiVersion }
      : refreshedInputs(oldInputs, inputsOf(row, oldOutputs), inputsOf(row, outputs));
  return { id, outputs, inputs };
}

export async function deleteResource(
  place: ArmPlace,
  row: ResourceRow,
  { id, signal }: DeleteRequest,
): Promise<void> {
  const { client } = place;
  const resourceUrl = client.url(id, row.apiVersion);
  const response =
    row.singleton === undefined
      ? await client.send("DELETE", client.url(id, row.apiVersion, row.deleteQuery), signal)
      : await client.send("PUT", resourceUrl, signal, row.singleton);
  if (response.status === 404) return;
  if (![200, 202, 204].includes(response.status)) throw failureOf(response);
  if (response.status !== 202) return;
  const { apiVersion } = row;
  await followToEnd(response, { ...place, resourceUrl, apiVersion, signal }).catch(
    (error: unknown) => {
      if (!(error instanceof ArmFailure && error.status === 404)) throw error;
    },
  );
}

async function refuseExisting(
  { client }: ArmPlace,
  row: ResourceRow,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const { status, text } = await askFor(client, row, id, signal);
  if (status === 200 && row.singleton !== undefined) return;
  if (status === 404 || status === 204 || (status === 200 && text.trim() === "")) return;
  if (status === 200) throw new Error(`cannot create already existing resource '${id}'`);
  throw new Error(`cannot check existence of resource '${id}': status code ${status}, ${text}`);
}

/** Lists of sub-resources that the program leaves out are sent empty to a new resource. */
function withEmptyLists(row: ResourceRow, body: Properties): Properties {
  const unset = unsetLists(row, body);
  return unset.length === 0
    ? body
    : withProperties(body, Object.fromEntries(unset.map((name) => [name, []])));
}

/** Those of a resource that is there are sent back as they are: others may have put something into them. */
async function withListsThatStay(
  { client }: ArmPlace,
  row: ResourceRow,
  id: string,
  body: Properties,
  signal: AbortSignal,
): Promise<Properties> {
  const unset = unsetLists(row, body);
  if (unset.length === 0) return body;
  const response = await client.send("GET", client.url(id, row.apiVersion), signal);
  if (response.status !== 200) throw failureOf(response);
  const { properties } = objectIn(response);
  if (!isProperties(properties)) return body;
  const there = unset.flatMap((name) => {
    const list = properties[name];
    return list === undefined ? [] : [[name, list] as const];
  });
  return withProperties(body, Object.fromEntries(there));
}

/** What stands in lists that the program leaves to others is not the resource's own: the state has them empty. */
function withoutOthers(row: ResourceRow, inputs: Properties, answer: Properties): Properties {
  const unset = unsetLists(row, requestBody(row, inputs));
  return unset.length === 0
    ? answer
    : withProperties(answer, Object.fromEntries(unset.map((name) => [name, []])));
}

function unsetLists({ subResources = [] }: ResourceRow, { properties }: Properties): string[] {
  return subResources.filter((name) => !isProperties(properties) || properties[name] === undefined);
}

function withProperties(body: Properties, more: Properties): Properties {
  const { properties } = body;
  return { ...body, properties: { ...(isProperties(properties) ? properties : {}), ...more } };
}

interface Put {
  readonly id: string;
  readonly inputs: Properties;
  readonly body: Properties;
}

async function putResource(
  place: ArmPlace,
  row: ResourceRow,
  { id, inputs, body: sent }: Put,
  signal: AbortSignal,
): Promise<Created> {
  const { client } = place;
  const { apiVersion } = row;
  const resourceUrl = client.url(id, apiVersion);
  const response = await client.send("PUT", resourceUrl, signal, sent);
  if (![200, 201, 202].includes(response.status)) throw failureOf(response);
  try {
    if (row.longRunningPut === true || response.status === 202) {
      await followToEnd(response, { ...place, resourceUrl, apiVersion, signal });
    }
    const answer = await askFor(client, row, id, signal);
    // A failing second look is no failure: the first answer is the resource as well.
    const body = objectIn(answer.status === 200 ? answer : response);
    const whole = await withPart(client, row, id, body, signal);
    const outputs = outputsOf(row, withoutOthers(row, inputs, whole));
    return { id: textOf(body, "id") ?? id, outputs };
  } catch (error) {
    throw await initFailed(place, row, id, inputs, error);
  }
}

/** How long the state of a half-made resource may be looked for, also after Ctrl-C and timeouts. */
const CHECKPOINT_SECONDS = 10;

/** The service took the PUT and then failed: what exists now goes to the state, so that nothing is lost. */
async function initFailed(
  { client }: ArmPlace,
  row: ResourceRow,
  id: string,
  inputs: Properties,
  error: unknown,
): Promise<unknown> {
  const limit = limitedSignal(CHECKPOINT_SECONDS, []);
  try {
    const answer = await askFor(client, row, id, limit.signal);
    if (answer.status !== 200) return error;
    const body = objectIn(answer);
    const outputs = outputsOf(row, withoutOthers(row, inputs, body));
    const created = { id: textOf(body, "id") ?? id, outputs };
    return new InitFailed(error instanceof Error ? error.message : String(error), created, inputs);
  } catch {
    return error;
  } finally {
    limit.release();
  }
}

// Resource types that the provider makes without Resource Manager. Checks and differences are those of their rows.
import type { Properties } from "../wire/property-values.js";
import type {
  Created,
  CreateRequest,
  DeleteRequest,
  ReadAnswer,
  ReadRequest,
  UpdateRequest,
} from "../wire/resource-plugin.js";
import { parametersOf, resourceId } from "./resource-id.js";
import type { ResourceRow } from "./resource-row.js";
import { blob } from "./storage-blob.js";
import type { StoragePlace } from "./storage-client.js";
import { BLOB_ROW, STATIC_WEBSITE_ROW } from "./storage-shape.js";
import { staticWebsite } from "./storage-website.js";

type Operation<T> = (place: StoragePlace, inputs: Properties, signal: AbortSignal) => Promise<T>;

/** What such a type does. Inputs hold the parameters of its path. */
export interface CustomResource {
  readonly put: Operation<Properties>;
  readonly change: Operation<Properties>;
  /** Undefined when it is gone. */
  readonly read: Operation<Properties | undefined>;
  readonly remove: Operation<void>;
  readonly preview: (inputs: Properties) => Properties;
}

const CUSTOM: Readonly<Record<string, CustomResource>> = {
  [STATIC_WEBSITE_ROW.token]: staticWebsite,
  [BLOB_ROW.token]: blob,
};

/** Undefined for a type of Resource Manager. */
export function customResource(type: string): CustomResource | undefined {
  return CUSTOM[type];
}

export async function createCustom(
  place: StoragePlace,
  row: ResourceRow,
  custom: CustomResource,
  { inputs, preview, signal }: CreateRequest,
): Promise<Created> {
  if (preview) return { id: "", outputs: custom.preview(inputs) };
  const id = resourceId(row.path, inputs, place.subscriptionId);
  if ((await custom.read(place, inputs, signal)) !== undefined) {
    throw new Error(`cannot create already existing resource '${id}'`);
  }
  return { id, outputs: await custom.put(place, inputs, signal) };
}

export async function updateCustom(
  place: StoragePlace,
  custom: CustomResource,
  { news, preview, signal }: UpdateRequest,
): Promise<Properties> {
  return preview ? custom.preview(news) : await custom.change(place, news, signal);
}

export async function readCustom(
  place: StoragePlace,
  row: ResourceRow,
  custom: CustomResource,
  { id, oldInputs, signal }: ReadRequest,
): Promise<ReadAnswer | undefined> {
  const inputs = { ...oldInputs, ...parametersOf(row, id) };
  const outputs = await custom.read(place, inputs, signal);
  return outputs === undefined ? undefined : { id, outputs, inputs };
}

export async function deleteCustom(
  place: StoragePlace,
  row: ResourceRow,
  custom: CustomResource,
  { id, oldInputs, signal }: DeleteRequest,
): Promise<void> {
  await custom.remove(place, { ...oldInputs, ...parametersOf(row, id) }, signal);
}

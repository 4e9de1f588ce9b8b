// azure-native's StorageAccountStaticWebsite: a setting of the account's blob service.
import { type Properties, textOf } from "../wire/property-values.js";
import type { CustomResource } from "./custom-resource.js";
import { askBlobEndpoint, type StoragePlace, storageFailure } from "./storage-client.js";

const SETTINGS = "?restype=service&comp=properties";
const CONTAINER = "$web";

export const staticWebsite: CustomResource = {
  put: async (place, inputs, signal) => {
    await set(place, inputs, signal, true);
    return outputsOf(inputs);
  },
  change: async (place, inputs, signal) => {
    await set(place, inputs, signal, true);
    return outputsOf(inputs);
  },
  read: async (place, inputs, signal) => {
    const request = { method: "GET", path: SETTINGS, by: "token" } as const;
    const response = await askBlobEndpoint(place, inputs, request, signal);
    if (response === undefined || response.status === 404) return undefined;
    if (response.status !== 200) throw storageFailure(errorOf(inputs, "reading"), response);
    const value = (name: string) =>
      new RegExp(`<${name}>([^<]*)</${name}>`).exec(response.text)?.[1];
    if (value("Enabled") !== "true") return undefined;
    const documents = {
      indexDocument: value("IndexDocument"),
      error404Document: value("ErrorDocument404Path"),
    };
    const known = Object.entries(documents).flatMap(([name, text]): [string, string][] =>
      text === undefined ? [] : [[name, text]],
    );
    const { indexDocument: _, error404Document: __, ...account } = inputs;
    return outputsOf({ ...account, ...Object.fromEntries(known) });
  },
  remove: async (place, inputs, signal) => {
    await set(place, inputs, signal, false);
  },
  preview: outputsOf,
};

function outputsOf(inputs: Properties): Properties {
  return { ...inputs, containerName: CONTAINER };
}

async function set(
  place: StoragePlace,
  inputs: Properties,
  signal: AbortSignal,
  enabled: boolean,
): Promise<void> {
  const element = (name: string, text: string | undefined) =>
    text === undefined ? "" : `<${name}>${escaped(text)}</${name}>`;
  const site = [
    element("Enabled", String(enabled)),
    enabled ? element("IndexDocument", textOf(inputs, "indexDocument")) : "",
    enabled ? element("ErrorDocument404Path", textOf(inputs, "error404Document")) : "",
  ].join("");
  const xml = `<StorageServiceProperties><StaticWebsite>${site}</StaticWebsite></StorageServiceProperties>`;
  const response = await askBlobEndpoint(
    place,
    inputs,
    {
      method: "PUT",
      path: SETTINGS,
      headers: { "content-type": "application/xml" },
      body: new TextEncoder().encode(xml),
      by: "token",
    },
    signal,
  );
  if (response === undefined && !enabled) return;
  if (response?.status !== 202) throw storageFailure(errorOf(inputs, "updating"), response);
}

function errorOf(inputs: Properties, doing: string): string {
  return `error ${doing} storage account "${textOf(inputs, "accountName")}" service properties`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

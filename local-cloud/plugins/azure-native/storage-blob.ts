// azure-native's Blob: one block blob, uploaded with the account's key. It has no setting for Cache-Control.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Asset } from "../wire/asset.js";
import { objectOf, type Properties, type PropertyValue, textOf } from "../wire/property-values.js";
import type { CustomResource } from "./custom-resource.js";
import { askBlobEndpoint, type StoragePlace, storageFailure } from "./storage-client.js";

export const blob: CustomResource = {
  put: async (place, inputs, signal) => {
    if (textOf(inputs, "type") !== "Block") throw new Error("the local cloud has only Block blobs");
    refuseTier(inputs);
    const body = await contentOf(inputs["source"]);
    const md5 = textOf(inputs, "contentMd5") ?? createHash("md5").update(body).digest("base64");
    const request = {
      method: "PUT",
      path: pathOf(inputs),
      headers: { "x-ms-blob-type": "BlockBlob", "content-md5": md5, ...settings(inputs) },
      body,
      by: "key",
    } as const;
    const response = await askBlobEndpoint(place, inputs, request, signal);
    if (response?.status !== 201) throw storageFailure(`creating blob ${where(inputs)}`, response);
    return await readBack(place, inputs, signal);
  },
  // What may change without replacing it: content type and metadata.
  change: async (place, inputs, signal) => {
    refuseTier(inputs);
    for (const comp of ["properties", "metadata"]) {
      const request = {
        method: "PUT",
        path: `${pathOf(inputs)}?comp=${comp}`,
        headers: settings(inputs),
        by: "key",
      } as const;
      const response = await askBlobEndpoint(place, inputs, request, signal);
      if (response?.status !== 200)
        throw storageFailure(`updating ${comp} for blob ${where(inputs)}`, response);
    }
    return await readBack(place, inputs, signal);
  },
  read,
  remove: async (place, inputs, signal) => {
    const request = { method: "DELETE", path: pathOf(inputs), by: "key" } as const;
    const response = await askBlobEndpoint(place, inputs, request, signal);
    if (response === undefined || response.status === 404 || response.status === 202) return;
    throw storageFailure(`deleting blob ${where(inputs)}`, response);
  },
  preview: ({ source: _, ...inputs }) => ({ ...inputs, name: inputs["blobName"] ?? null }),
};

async function read(
  place: StoragePlace,
  inputs: Properties,
  signal: AbortSignal,
): Promise<Properties | undefined> {
  const request = { method: "HEAD", path: pathOf(inputs), by: "key" } as const;
  const response = await askBlobEndpoint(place, inputs, request, signal);
  if (response === undefined || response.status === 404) return undefined;
  if (response.status !== 200) {
    throw storageFailure(`retrieving blob properties ${where(inputs)}`, response);
  }
  const { resourceGroupName, accountName, containerName, blobName, metadata } = inputs;
  const known = { resourceGroupName, accountName, containerName, blobName, name: blobName };
  const given = Object.entries(known).flatMap(([name, value]): [string, PropertyValue][] =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    ...Object.fromEntries(given),
    contentMd5: response.header("content-md5") ?? "",
    contentType: response.header("content-type") ?? "",
    metadata: metadata ?? {},
    type: "Block",
    url: response.url,
  };
}

async function readBack(place: StoragePlace, inputs: Properties, signal: AbortSignal) {
  const outputs = await read(place, inputs, signal);
  if (outputs === undefined) throw new Error("newly created blob is not found");
  return outputs;
}

function pathOf(inputs: Properties): string {
  const name = (textOf(inputs, "blobName") ?? "").split("/").map(encodeURIComponent).join("/");
  return `${textOf(inputs, "containerName")}/${name}`;
}

function where(inputs: Properties): string {
  return `"${textOf(inputs, "blobName")}" (container "${textOf(inputs, "containerName")}" / account "${textOf(inputs, "accountName")}")`;
}

function settings(inputs: Properties): Record<string, string> {
  const contentType = textOf(inputs, "contentType");
  const metadata = Object.entries(objectOf(inputs, "metadata")).flatMap(([name, value]) =>
    typeof value === "string" ? [[`x-ms-meta-${name}`, value]] : [],
  );
  return {
    ...Object.fromEntries(metadata),
    ...(contentType === undefined ? {} : { "x-ms-blob-content-type": contentType }),
  };
}

function refuseTier(inputs: Properties): void {
  if (inputs["accessTier"] === undefined) return;
  throw new Error("accessTier of a Blob is not known to the local cloud. Leave it out.");
}

async function contentOf(source: PropertyValue | undefined): Promise<Uint8Array> {
  if (source === undefined) return new Uint8Array();
  if (source instanceof Asset) {
    const { text, path } = source.fields;
    if (text !== undefined) return new TextEncoder().encode(text);
    if (path !== undefined) return await readFile(path);
  }
  throw new Error("The local cloud takes a text or a file as the source of a blob.");
}

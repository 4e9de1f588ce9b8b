// The blob endpoint of a storage account, as the provider talks to it. The real one writes the host down itself
// (`{account}.blob.core.windows.net`); here the account says where it is.
import { sharedKeyAuthorization } from "../../storage/shared-key.js";
import type { HttpClient, HttpRequest, HttpResponse } from "../http/http-client.js";
import { type RetryPolicy, sendWithRetry } from "../http/retry.js";
import type { Tokens } from "../http/tokens.js";
import { objectOf, objectsOf, type Properties, textOf } from "../wire/property-values.js";
import { type ArmClient, failureOf, objectIn } from "./arm-client.js";
import { resourceId } from "./resource-id.js";
import { STORAGE_ACCOUNT_ROW } from "./storage-shape.js";

export interface StoragePlace {
  readonly client: ArmClient;
  readonly http: HttpClient;
  readonly tokens: Tokens;
  readonly policy: RetryPolicy;
  readonly subscriptionId: string;
}

interface BlobEndpointRequest {
  readonly method: HttpRequest["method"];
  /** Below the blob endpoint, encoded, with query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** The settings of the service go by the caller's token, blobs by the account's key. */
  readonly by: "token" | "key";
}

/** Undefined when the account is not there. Any status is an answer. */
export async function askBlobEndpoint(
  place: StoragePlace,
  inputs: Properties,
  request: BlobEndpointRequest,
  signal: AbortSignal,
): Promise<(HttpResponse & { readonly url: string }) | undefined> {
  const id = resourceId(STORAGE_ACCOUNT_ROW.path, inputs, place.subscriptionId);
  const account = await askAccount(place, "GET", id, signal);
  const endpoint = textOf(
    objectOf(objectOf(account ?? {}, "properties"), "primaryEndpoints"),
    "blob",
  );
  if (account === undefined || endpoint === undefined) return undefined;
  const { method, path, body } = request;
  const url = new URL(path, endpoint);
  const headers = new Headers({
    ...request.headers,
    ...(body === undefined ? {} : { "content-length": String(body.length) }),
    "x-ms-date": new Date().toUTCString(),
    "x-ms-version": "2023-11-03",
  });
  if (request.by === "token") {
    const token = await place.tokens.get("https://storage.azure.com/.default", signal);
    headers.set("authorization", `Bearer ${token}`);
  } else {
    const key = textOf(
      objectsOf((await askAccount(place, "POST", `${id}/listKeys`, signal)) ?? {}, "keys")[0] ?? {},
      "value",
    );
    const name = textOf(inputs, "accountName") ?? "";
    if (key === undefined) throw new Error(`no keys for storage account '${name}'`);
    headers.set("authorization", sharedKeyAuthorization(name, key, { method, url, headers }));
  }
  const response = await sendWithRetry(
    place.http,
    {
      method,
      url: url.href,
      headers: Object.fromEntries(headers),
      ...(body === undefined ? {} : { body }),
      signal,
    },
    place.policy,
  );
  return { ...response, url: url.href };
}

async function askAccount(
  { client }: StoragePlace,
  method: "GET" | "POST",
  id: string,
  signal: AbortSignal,
): Promise<Properties | undefined> {
  const response = await client.send(
    method,
    client.url(id, STORAGE_ACCOUNT_ROW.apiVersion),
    signal,
  );
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw failureOf(response);
  return objectIn(response);
}

/** The answer as an error. */
export function storageFailure(what: string, response: HttpResponse | undefined): Error {
  if (response === undefined) return new Error(`${what}: the storage account does not exist`);
  const code = response.header("x-ms-error-code") ?? "";
  return new Error(`${what}: RESPONSE ${response.status}, ERROR CODE: ${code}\n${response.text}`);
}

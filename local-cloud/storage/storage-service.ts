// Azure Storage: the blob endpoint, which takes what a deployment uploads, and the public websites made of it.
import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { CloudContext, Service } from "../cloud-context.js";
import { type Account, findAccount, WEB_CONTAINER, websiteOf } from "./account-store.js";
import { type BlobCall, blobAnswer } from "./blob-requests.js";
import { mayUseBlobs, mayUseServiceProperties } from "./storage-access.js";
import { notHere, StorageError } from "./storage-error.js";
import { websiteAnswer } from "./website.js";
import { readWebsiteProperties, writeWebsiteProperties } from "./website-properties.js";

export function storageService(context: CloudContext): Service {
  const app = new Hono();
  app.all("*", async ({ req }) => {
    const answer = await answerTo(context, req.raw).catch((error: unknown) => {
      if (error instanceof StorageError) return error.toResponse();
      throw error;
    });
    answer.headers.set("x-ms-request-id", randomUUID());
    answer.headers.set("x-ms-version", "2023-11-03");
    return answer;
  });
  return {
    name: "storage",
    app,
    refusal: (status, code, message) => new StorageError(status, code, message).toResponse(),
  };
}

async function answerTo(context: CloudContext, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const [, endpoint, account = "", ...rest] = url.pathname.split("/");
  const below = rest.map(decoded).join("/");
  if (endpoint === "web" && account !== "") return websiteAnswer(context, request, account, below);
  const found = endpoint === "blob" ? findAccount(context.store, account) : undefined;
  if (found === undefined) {
    const message = `There is no storage account at '${url.pathname}'.`;
    throw new StorageError(404, "ResourceNotFound", message);
  }
  return below === ""
    ? await serviceAnswer(context, found, request, url)
    : await containerAnswer(context, found, { request, url, path: below });
}

async function serviceAnswer(
  context: CloudContext,
  account: Account,
  request: Request,
  url: URL,
): Promise<Response> {
  const asked = `${url.searchParams.get("restype")}/${url.searchParams.get("comp")}`;
  const { method } = request;
  if (asked !== "service/properties" || (method !== "GET" && method !== "PUT")) {
    throw notHere(`${method} ${url.pathname}${url.search} of the blob endpoint`);
  }
  await mayUseServiceProperties(context, account, request, url);
  return method === "GET"
    ? readWebsiteProperties(context, account)
    : await writeWebsiteProperties(context, account, request);
}

async function containerAnswer(
  context: CloudContext,
  account: Account,
  { request, url, path }: { request: Request; url: URL; path: string },
): Promise<Response> {
  await mayUseBlobs(context, account, request, url);
  const [container = "", ...name] = path.split("/");
  if (container !== WEB_CONTAINER || websiteOf(context.store, account.name) === undefined) {
    throw new StorageError(404, "ContainerNotFound", "The specified container does not exist.");
  }
  const call: BlobCall = { context, account, request, url, name: name.join("/") };
  if (call.name === "") throw notHere(`${request.method} of a container`);
  return await blobAnswer(call);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new StorageError(400, "InvalidUri", "The requested URI does not represent any resource.");
  }
}

// The requests of the blob protocol that a static website's files need ("Put Blob", "Get Blob", "Get Blob Properties", "Set Blob
// Properties", "Set Blob Metadata", "Delete Blob"). Everything else of it is refused by name.
import { createHash, randomUUID } from "node:crypto";
import type { CloudContext } from "../cloud-context.js";
import { type Account, type BlobRecord, blobOf, putBlob, removeBlob } from "./account-store.js";
import { notHere, StorageError } from "./storage-error.js";

export interface BlobCall {
  readonly context: CloudContext;
  readonly account: Account;
  readonly request: Request;
  readonly url: URL;
  readonly name: string;
}

const MOST_BYTES = 16 * 1024 * 1024;
const DEFAULT_CONTENT_TYPE = "application/octet-stream";

export async function blobAnswer(call: BlobCall): Promise<Response> {
  const { request, url } = call;
  const comp = url.searchParams.get("comp");
  switch (`${request.method} ${comp ?? ""}`.trim()) {
    case "PUT":
      return await put(call);
    case "PUT properties":
      // All of them at once: what is not sent is gone.
      return changed(call, ({ cacheControl: _, ...blob }, headers) => ({
        ...blob,
        contentType: DEFAULT_CONTENT_TYPE,
        ...contentHeaders(headers),
      }));
    case "PUT metadata":
      return changed(call, (blob, headers) => ({ ...blob, metadata: metadataIn(headers) }));
    case "HEAD":
      return shown(existing(call), false);
    case "GET":
      return shown(existing(call), true);
    case "DELETE":
      return remove(call);
    default:
      throw notHere(`${request.method} of a blob${comp === null ? "" : ` with comp=${comp}`}`);
  }
}

async function put(call: BlobCall): Promise<Response> {
  const { context, account, request, name } = call;
  const { headers } = request;
  const type = headers.get("x-ms-blob-type");
  if (type === null) {
    const message = "An HTTP header that's mandatory for this request is not specified.";
    throw new StorageError(400, "MissingRequiredHeader", message);
  }
  if (type !== "BlockBlob") throw notHere(`blobs of type ${type}`);
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length > MOST_BYTES) {
    const message = "The request body is too large and exceeds the maximum permissible limit.";
    throw new StorageError(413, "RequestBodyTooLarge", message);
  }
  const contentMd5 = createHash("md5").update(bytes).digest("base64");
  if ((headers.get("content-md5") ?? contentMd5) !== contentMd5) {
    const message =
      "The MD5 value specified in the request did not match with the MD5 value calculated by the server.";
    throw new StorageError(400, "Md5Mismatch", message);
  }
  const blob: BlobRecord = {
    base64: bytes.toString("base64"),
    contentMd5: headers.get("x-ms-blob-content-md5") ?? contentMd5,
    contentType: headers.get("content-type") ?? DEFAULT_CONTENT_TYPE,
    ...contentHeaders(headers),
    metadata: metadataIn(headers),
    ...stamp(context),
  };
  const { store } = context;
  store.transaction(() => putBlob(store, account.name, name, blob));
  return new Response(null, {
    status: 201,
    headers: { ...stampHeaders(blob), "Content-MD5": contentMd5 },
  });
}

function changed(
  call: BlobCall,
  change: (blob: BlobRecord, headers: Headers) => BlobRecord,
): Response {
  const { context, account, name, request } = call;
  const { store } = context;
  return store.transaction(() => {
    const blob = { ...change(existing(call), request.headers), ...stamp(context) };
    putBlob(store, account.name, name, blob);
    return new Response(null, { status: 200, headers: stampHeaders(blob) });
  });
}

function remove(call: BlobCall): Response {
  const { store } = call.context;
  store.transaction(() => {
    existing(call);
    removeBlob(store, call.account.name, call.name);
  });
  return new Response(null, { status: 202 });
}

function shown(blob: BlobRecord, withBody: boolean): Response {
  const bytes = Buffer.from(blob.base64, "base64");
  const metadata = Object.entries(blob.metadata).map(([name, value]) => [
    `x-ms-meta-${name}`,
    value,
  ]);
  const headers = {
    ...Object.fromEntries(metadata),
    ...stampHeaders(blob),
    "Content-Type": blob.contentType,
    "Content-Length": String(bytes.length),
    "Content-MD5": blob.contentMd5,
    "x-ms-blob-type": "BlockBlob",
    ...(blob.cacheControl === undefined ? {} : { "Cache-Control": blob.cacheControl }),
  };
  return new Response(withBody ? bytes : null, { status: 200, headers });
}

function existing({ context, account, name }: BlobCall): BlobRecord {
  const blob = blobOf(context.store, account.name, name);
  if (blob !== undefined) return blob;
  throw new StorageError(404, "BlobNotFound", "The specified blob does not exist.");
}

function contentHeaders(
  headers: Headers,
): Partial<Pick<BlobRecord, "contentType" | "cacheControl">> {
  const contentType = headers.get("x-ms-blob-content-type");
  const cacheControl = headers.get("x-ms-blob-cache-control");
  return {
    ...(contentType === null ? {} : { contentType }),
    ...(cacheControl === null ? {} : { cacheControl }),
  };
}

function metadataIn(headers: Headers): Record<string, string> {
  const own = [...headers].flatMap(([name, value]) =>
    name.startsWith("x-ms-meta-") ? [[name.slice("x-ms-meta-".length), value]] : [],
  );
  return Object.fromEntries(own);
}

function stamp({ now }: CloudContext): Pick<BlobRecord, "etag" | "lastModified"> {
  return { etag: `"${randomUUID()}"`, lastModified: now().toISOString() };
}

function stampHeaders({ etag, lastModified }: BlobRecord): Record<string, string> {
  return { ETag: etag, "Last-Modified": new Date(lastModified).toUTCString() };
}

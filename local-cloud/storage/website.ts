// A static website as anybody sees it ("Static website hosting in Azure Storage"): public, read-only, index and error document.
import type { CloudContext } from "../cloud-context.js";
import { type BlobRecord, blobOf, findAccount, websiteOf } from "./account-store.js";

/** @param path below the account's address, percent-decoded */
export function websiteAnswer(
  { store }: CloudContext,
  request: Request,
  account: string,
  path: string,
): Response {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return plain(405, "The resource doesn't support the specified HTTP verb.", {
      Allow: "GET, HEAD",
    });
  }
  const website = findAccount(store, account) && websiteOf(store, account);
  if (website?.enabled !== true) return plain(404, "The requested content does not exist.");
  const { indexDocument, errorDocument404Path } = website;
  const asked = path === "" || path.endsWith("/") ? `${path}${indexDocument ?? ""}` : path;
  const found = blobOf(store, account, asked);
  if (found !== undefined) return page(request, found, 200);
  const missing =
    errorDocument404Path === undefined ? undefined : blobOf(store, account, errorDocument404Path);
  return missing === undefined
    ? plain(404, "The requested content does not exist.")
    : page(request, missing, 404);
}

function page(request: Request, blob: BlobRecord, status: 200 | 404): Response {
  const headers = {
    "Content-Type": blob.contentType,
    ETag: blob.etag,
    "Last-Modified": new Date(blob.lastModified).toUTCString(),
    ...(blob.cacheControl === undefined ? {} : { "Cache-Control": blob.cacheControl }),
  };
  if (status === 200 && request.headers.get("if-none-match") === blob.etag) {
    return new Response(null, { status: 304, headers });
  }
  const bytes = Buffer.from(blob.base64, "base64");
  return new Response(request.method === "HEAD" ? null : bytes, {
    status,
    headers: { ...headers, "Content-Length": String(bytes.length) },
  });
}

function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", ...headers },
  });
}

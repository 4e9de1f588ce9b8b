// The signature of a request by an account key ("Authorize with Shared Key").
import { createHmac, timingSafeEqual } from "node:crypto";

/** What is signed: method, URL and headers as they are sent. */
export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
}

const SIGNED_HEADERS = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-md5",
  "content-type",
  "date",
  "if-modified-since",
  "if-match",
  "if-none-match",
  "if-unmodified-since",
  "range",
];

/** The value of the header Authorization. @param key base64 */
export function sharedKeyAuthorization(
  account: string,
  key: string,
  { method, url, headers }: SignedRequest,
): string {
  const standard = SIGNED_HEADERS.map((name) => {
    const value = headers.get(name) ?? "";
    return name === "content-length" && value === "0" ? "" : value;
  });
  const own = [...headers]
    .filter(([name]) => name.startsWith("x-ms-"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}`);
  const query = [...url.searchParams]
    .map(([name, value]) => `${name.toLowerCase()}:${value}`)
    .sort();
  const resource = [`/${account}${url.pathname}`, ...query].join("\n");
  const signed = [method, ...standard, ...own, resource].join("\n");
  const signature = createHmac("sha256", Buffer.from(key, "base64")).update(signed, "utf8");
  return `SharedKey ${account}:${signature.digest("base64")}`;
}

/** Whether one of the keys signed the request. */
export function isSignedByKey(
  account: string,
  keys: readonly string[],
  request: SignedRequest,
): boolean {
  const given = Buffer.from(request.headers.get("authorization") ?? "");
  return keys.some((key) => {
    const expected = Buffer.from(sharedKeyAuthorization(account, key, request));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

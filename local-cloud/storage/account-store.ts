// What storage accounts hold: the settings of the static website, and blobs by account, container and name.
import { ResourceStore } from "../arm/mechanics/resource-store.js";
import type { Store } from "../state/store.js";

/** The one container that is there: it comes with the static website. */
export const WEB_CONTAINER = "$web";

export interface StaticWebsite {
  readonly enabled: boolean;
  readonly indexDocument?: string;
  readonly errorDocument404Path?: string;
}

export interface BlobRecord {
  readonly base64: string;
  readonly contentType: string;
  readonly cacheControl?: string;
  /** Base64. */
  readonly contentMd5: string;
  readonly etag: string;
  readonly lastModified: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An account as its endpoints know it. */
export interface Account {
  readonly name: string;
  /** ARM id. */
  readonly id: string;
  readonly keys: readonly string[];
}

/** Account names are unique over all of Azure. */
export function accountClaim(name: string): string {
  return `storage-account/${name}`;
}

export function findAccount(store: Store, name: string): Account | undefined {
  const record = new ResourceStore(store).holderOf(accountClaim(name));
  if (record === undefined) return undefined;
  const allowed = record.properties["allowSharedKeyAccess"] !== false;
  const keys: { value?: string }[] = Object(record.hidden?.["keys"]);
  const values = allowed ? Array.from(keys, ({ value = "" }) => value) : [];
  return { name, id: record.id, keys: values };
}

/** Undefined before the website was switched on for the first time. */
export function websiteOf(store: Store, account: string): StaticWebsite | undefined {
  return store.get("storageWebsites", account);
}

export function putWebsite(store: Store, account: string, website: StaticWebsite): void {
  store.put("storageWebsites", account, website);
}

export function blobOf(store: Store, account: string, name: string): BlobRecord | undefined {
  return store.get("storageBlobs", blobKey(account, name));
}

export function putBlob(store: Store, account: string, name: string, blob: BlobRecord): void {
  store.put("storageBlobs", blobKey(account, name), blob);
}

export function removeBlob(store: Store, account: string, name: string): void {
  store.remove("storageBlobs", blobKey(account, name));
}

/** Everything of an account that goes. */
export function removeAccountContents(store: Store, account: string): void {
  store.remove("storageWebsites", account);
  for (const { key } of store.entries("storageBlobs", `${account}/`)) {
    store.remove("storageBlobs", key);
  }
}

/** Names of blobs count with case, those of accounts have none. */
function blobKey(account: string, name: string): string {
  return `${account}/${WEB_CONTAINER}/${name}`;
}

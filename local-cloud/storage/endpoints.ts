// Where storage accounts answer. Azure gives each account hosts of its own (`contoso.blob.core.windows.net`,
// `contoso.z6.web.core.windows.net`). Names below localhost resolve in browsers but not in every client, so here all accounts
// share one origin and stand in its path, as in other emulators. What a browser keeps by origin they therefore share;
// cookies have nothing to do with it, since none is set. Nobody should guess these: `primaryEndpoints` says them.
import type { Origins } from "../cloud-context.js";

export function blobEndpoint({ storage }: Origins, account: string): string {
  return `${storage}/blob/${account}/`;
}

export function webEndpoint({ storage }: Origins, account: string): string {
  return `${storage}/web/${account}/`;
}

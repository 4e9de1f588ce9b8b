// Where vaults answer. Azure gives each a host of its own (`contoso.vault.azure.net`). Names below localhost resolve in browsers
// but not in every client, so a vault's address stands in the path of the one origin that all share, as with storage
// accounts; it answers by its own name as well, for who can resolve that. The ids of what it holds have the name, because
// Microsoft's clients take vault and object apart by it. Nobody should guess an address: `properties.vaultUri` says it.
import type { Origins } from "../cloud-context.js";

const SUFFIX = ".vault.localhost";

/** `properties.vaultUri`. */
export function vaultEndpoint({ vault }: Origins, name: string): string {
  return `${vault}/${name}/`;
}

/** What stands behind the name of a vault in its host, with the port. */
export function vaultDnsSuffix({ vault }: Origins): string {
  return `${SUFFIX.slice(1)}:${new URL(vault).port}`;
}

/** Id of an object: `https://contoso.vault.localhost:9447/secrets/media/0123…`. */
export function objectUrl(origins: Origins, vault: string, ...path: readonly string[]): string {
  return `https://${vault}.${vaultDnsSuffix(origins)}/${path.join("/")}`;
}

export interface VaultPath {
  /** Lower case. */
  readonly vault: string;
  /** Below the vault, percent-decoded, without empty parts. */
  readonly parts: readonly string[];
}

/** What an address of the vault service names, by either form; undefined for anything else. */
export function vaultPathOf(url: URL): VaultPath | undefined {
  const parts = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decoded);
  const host = url.hostname.toLowerCase();
  if (host.endsWith(SUFFIX)) return { vault: host.slice(0, -SUFFIX.length), parts };
  const [vault, ...rest] = parts;
  return vault === undefined ? undefined : { vault: vault.toLowerCase(), parts: rest };
}

/** Vault, name and version in the address of a secret; undefined when it is no address of this cloud's vaults. */
export function secretIn(
  origins: Origins,
  uri: string,
): { readonly vault: string; readonly name: string; readonly version?: string } | undefined {
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  const ours = url.host.endsWith(`.${vaultDnsSuffix(origins)}`) || url.origin === origins.vault;
  const path = ours ? vaultPathOf(url) : undefined;
  const [collection, name, version] = path?.parts ?? [];
  if (path === undefined || collection !== "secrets" || name === undefined) return undefined;
  return { vault: path.vault, name, ...(version === undefined ? {} : { version }) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

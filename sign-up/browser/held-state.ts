// The nonce that ties Microsoft's answer to the tab which asked. sessionStorage keeps it for that tab and that origin.

/** The part of sessionStorage that is used. */
export interface TabStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = "sign-up.state";

/** Text of 128 random bits; `fill` is `crypto.getRandomValues`. */
export function newState(fill: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(16);
  fill(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keeps the state of the newest request. False when the browser keeps nothing for this site. */
export function holdState(store: () => TabStore, state: string): boolean {
  try {
    store().setItem(KEY, state);
    return store().getItem(KEY) === state;
  } catch {
    return false;
  }
}

/** The state this tab sent last, or `null`. It stays, so that reloading the page shows the same answer. */
export function heldState(store: () => TabStore): string | null {
  try {
    return store().getItem(KEY);
  } catch {
    return null;
  }
}

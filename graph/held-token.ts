// A token that somebody has already, where a way to sign in is asked for.
import type { TokenSource } from "./graph-client.js";

/** Hands out `token` whatever it is asked for. */
export function heldToken(token: string): TokenSource {
  return { getToken: async () => ({ token }) };
}

// The keys of an OIDC issuer on this machine, found the way Entra finds those of an issuer on the Internet: by its discovery
// document. The local cloud calls nothing outside this machine, whatever a federated identity credential names.
import { get } from "node:https";
import type { JSONWebKeySet } from "jose";
import { z } from "zod";

/** Why there are no keys: the issuer is on another machine, gives no answer, or answers something else. */
export type KeysProblem = "elsewhere" | "unreachable" | "unreadable";

/** Reads the keys that an issuer publishes now. */
export type IssuerKeys = (
  issuer: string,
) => Promise<
  | { readonly keys: JSONWebKeySet; readonly problem?: undefined }
  | { readonly keys?: undefined; readonly problem: KeysProblem }
>;

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });
const Keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

const PATIENCE_MS = 10_000;
const MOST_BYTES = 256 * 1024;
const THIS_MACHINE = new Set(["localhost", "127.0.0.1", "[::1]"]);

class NoKeys extends Error {
  constructor(readonly problem: KeysProblem) {
    super(problem);
  }
}

/** `authorities` (PEM) are all that the issuers' servers may be signed by. */
export function issuerKeys(authorities: readonly string[]): IssuerKeys {
  const read = (url: string) => readHere(url, authorities);
  return async (issuer) => {
    try {
      const path = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
      const discovery = Discovery.safeParse(await read(path));
      if (!discovery.success || discovery.data.issuer !== issuer) throw new NoKeys("unreadable");
      const keys = Keys.safeParse(await read(discovery.data.jwks_uri));
      if (!keys.success) throw new NoKeys("unreadable");
      return { keys: keys.data };
    } catch (error) {
      return { problem: error instanceof NoKeys ? error.problem : "unreachable" };
    }
  };
}

async function readHere(address: string, authorities: readonly string[]): Promise<unknown> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== "https:" || !THIS_MACHINE.has(url.hostname)) throw new NoKeys("elsewhere");
  const text = await textAt(url, authorities);
  try {
    return JSON.parse(text);
  } catch {
    throw new NoKeys("unreadable");
  }
}

/** fetch would not do: it cannot be told whom to trust. */
function textAt(url: URL, authorities: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const request = get(url, { ca: [...authorities], agent: false, signal }, (answer) => {
      if (answer.statusCode !== 200) {
        answer.resume();
        reject(new NoKeys("unreachable"));
        return;
      }
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > MOST_BYTES) request.destroy(new NoKeys("unreadable"));
      });
      answer.on("end", () => resolve(text));
      answer.on("error", reject);
    });
    request.on("error", reject);
  });
}

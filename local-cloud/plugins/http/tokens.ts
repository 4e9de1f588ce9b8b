// Access tokens by client credentials, one for each scope, kept until shortly before they expire.
import { sharedController, unlessAborted } from "../wire/cancellable.js";
import type { HttpClient, HttpResponse } from "./http-client.js";
import { type RetryPolicy, sendWithRetry } from "./retry.js";

export interface Credentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The claims of an access token that the providers read. */
export interface TokenClaims {
  readonly appId: string;
  readonly objectId: string;
  readonly tenantId: string;
}

/** The token endpoint refused. */
export class TokenRefused extends Error {
  constructor(
    readonly endpoint: string,
    readonly response: HttpResponse,
  ) {
    super(`${endpoint}: ${response.status} ${response.text}`);
  }
}

interface Held {
  readonly token: Promise<string>;
  /** Milliseconds since 1970; infinite while the token is being fetched. */
  renewAt: number;
}

export class Tokens {
  readonly #held = new Map<string, Held>();
  readonly #closed = sharedController();

  constructor(
    private readonly client: HttpClient,
    /** Origin of the sign-in service. */
    private readonly login: string,
    readonly credentials: Credentials,
    private readonly policy: RetryPolicy,
    private readonly now: () => number = Date.now,
  ) {}

  /** A token for a scope such as `https://graph.microsoft.com/.default`. Throws TokenRefused. */
  async get(scope: string, signal: AbortSignal): Promise<string> {
    let held = this.#held.get(scope);
    if (held === undefined || held.renewAt <= this.now()) {
      held = this.#fetch(scope);
      this.#held.set(scope, held);
    }
    return await unlessAborted(held.token, signal);
  }

  async claims(scope: string, signal: AbortSignal): Promise<TokenClaims> {
    return claimsOf(await this.get(scope, signal));
  }

  close(): void {
    this.#closed.abort(new Error("the provider was closed"));
  }

  #fetch(scope: string): Held {
    const request = this.#request(scope);
    const held: Held = { token: request.then(({ token }) => token), renewAt: Infinity };
    // Whoever asked may have gone before the answer came.
    held.token.catch(() => {});
    request.then(
      // Up to five minutes early, so that a token does not expire on its way; half its life where that is shorter.
      ({ lifeMs }) => {
        held.renewAt = this.now() + lifeMs - Math.min(300_000, lifeMs / 2);
      },
      () => {
        if (this.#held.get(scope) === held) this.#held.delete(scope);
      },
    );
    return held;
  }

  async #request(scope: string): Promise<{ token: string; lifeMs: number }> {
    const { tenantId, clientId, clientSecret } = this.credentials;
    const endpoint = `${this.login}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope,
    });
    const response = await sendWithRetry(
      this.client,
      {
        method: "POST",
        url: endpoint,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: form.toString(),
        signal: this.#closed.signal,
      },
      // A token more does no harm: azcore and go-azure-sdk's sign-in both repeat what was lost.
      { ...this.policy, repeatsPosts: true },
    );
    if (response.status !== 200) throw new TokenRefused(endpoint, response);
    const answer: { access_token?: unknown; expires_in?: unknown } = JSON.parse(response.text);
    const { access_token: token, expires_in: life } = answer;
    if (typeof token !== "string") throw new TokenRefused(endpoint, response);
    return { token, lifeMs: Number(life) > 0 ? Number(life) * 1000 : 0 };
  }
}

/** Reads a token's claims; its signature is not the client's business. */
function claimsOf(token: string): TokenClaims {
  const payload = token.split(".")[1] ?? "";
  const claims: Record<string, unknown> = JSON.parse(
    Buffer.from(payload, "base64url").toString("utf8"),
  );
  const claim = (...names: string[]) => {
    const value = names.map((name) => claims[name]).find((found) => typeof found === "string");
    return typeof value === "string" ? value : "";
  };
  return { appId: claim("appid", "azp"), objectId: claim("oid"), tenantId: claim("tid") };
}

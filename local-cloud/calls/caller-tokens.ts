// The tokens with which the calling service proves to a bot who calls ("Incoming call notifications", authenticate the callback):
// signed with keys of its own, which an OpenID document of its own leads to. They are neither Entra's nor those of messages.
import { SignJWT } from "jose";
import type { SigningKey } from "../entra/signing-key.js";

/** Issuer of every token. */
export const CALLING_ISSUER = "https://api.botframework.com";
/** Path of the OpenID document, as below https://api.aps.skype.com. */
export const OPENID_PATH = "/v1/.well-known/OpenIdConfiguration";
export const KEYS_PATH = "/v1/keys";

/** As in the example of the page. */
export const LIFETIME_SECONDS = 3_900;

interface Claims {
  readonly appId: string;
  readonly tenantId: string;
  /** @default CALLING_ISSUER */
  readonly issuer?: string;
}

export class CallerTokens {
  private made: Promise<SigningKey> | undefined;

  /** `makeKey` is asked once, and only when there is something to sign or to check. */
  constructor(
    private readonly makeKey: () => Promise<SigningKey>,
    private readonly now: () => Date,
  ) {}

  private key(): Promise<SigningKey> {
    this.made ??= this.makeKey();
    return this.made;
  }

  /** A token for one bot. `tenantId` is that of whoever calls; `agoSeconds` is how long ago it was issued. */
  async sign({ agoSeconds = 0, ...claims }: Claims & { agoSeconds?: number }): Promise<string> {
    const issued = new Date(this.now().getTime() - agoSeconds * 1000);
    return tokenOf(await this.key(), claims, issued);
  }

  /** The document at OPENID_PATH. */
  openIdDocument(origin: string) {
    return {
      issuer: CALLING_ISSUER,
      authorization_endpoint: "https://invalid.botframework.com",
      jwks_uri: `${origin}${KEYS_PATH}`,
      id_token_signing_alg_values_supported: ["RS256"],
      token_endpoint_auth_methods_supported: ["private_key_jwt"],
    };
  }

  /** The document at KEYS_PATH. */
  async keys() {
    return { keys: [(await this.key()).publicJwk] };
  }
}

/** A token that says what a right one says; whether it is right depends on the key alone. */
export function tokenOf(
  { kid, privateKey }: Pick<SigningKey, "kid" | "privateKey">,
  { appId, tenantId, issuer = CALLING_ISSUER }: Claims,
  now: Date,
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ tid: tenantId })
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid })
    .setIssuer(issuer)
    .setAudience(appId)
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + LIFETIME_SECONDS)
    .sign(privateKey);
}

// What callers show in a rehearsal: the service itself, and strangers who only look like it.
import { generateKeyPair } from "jose";
import type { Call } from "./call.js";
import { type CallerTokens, LIFETIME_SECONDS, tokenOf } from "./caller-tokens.js";

/**
 * What a caller shows: the service's own token, one that somebody else signed, one for another bot, one that the service signed under
 * another issuer, one of the service's from long ago, or none.
 */
export type CallerProof = "right" | "forged" | "otherBot" | "otherIssuer" | "expired" | "none";

/** Issuer that no call has. */
const OTHER_ISSUER = "https://issuer.invalid";
/** Further back than any tolerance for clocks. */
const EXPIRED_SECONDS = 3_600;

/** Some other bot, whose tokens this one must not take. */
const OTHER_APP_ID = "10ca1000-0000-4000-8000-0000000000ff";

export async function proofOf(
  proof: CallerProof,
  call: Call,
  { tokens, kid }: { readonly tokens: CallerTokens; readonly kid: string },
): Promise<string | undefined> {
  const { appId, tenantId } = call;
  switch (proof) {
    case "right":
      return tokens.sign({ appId, tenantId });
    case "otherBot":
      return tokens.sign({ appId: OTHER_APP_ID, tenantId });
    case "otherIssuer":
      return tokens.sign({ appId, tenantId, issuer: OTHER_ISSUER });
    case "expired":
      return tokens.sign({ appId, tenantId, agoSeconds: LIFETIME_SECONDS + EXPIRED_SECONDS });
    case "none":
      return undefined;
    case "forged": {
      // It says that it is of the right key, and everything in it is right but the signature.
      const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048 });
      return tokenOf({ kid, privateKey }, { appId, tenantId }, new Date());
    }
  }
}

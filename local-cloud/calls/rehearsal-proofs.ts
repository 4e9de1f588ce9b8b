// What callers show in a rehearsal: the service itself, and strangers who only look like it.
import { generateKeyPair } from "jose";
import type { Call } from "./call.js";
import { type CallerTokens, tokenOf } from "./caller-tokens.js";

/** What a caller shows: the service's own token, one that somebody else signed, one for another bot, or none. */
export type CallerProof = "right" | "forged" | "otherBot" | "none";

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
      return tokens.sign(call);
    case "otherBot":
      return tokens.sign({ appId: OTHER_APP_ID, tenantId });
    case "none":
      return undefined;
    case "forged": {
      // It says that it is of the right key, and everything in it is right but the signature.
      const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048 });
      return tokenOf({ kid, privateKey }, { appId, tenantId }, new Date());
    }
  }
}

// A call that was made in a rehearsal, as it is judged and shown.
import type { CallEnd, CallKind } from "../../local-cloud/calls/call.js";
import type { CallerProof } from "../../local-cloud/calls/rehearsal-proofs.js";
import type { CallEvent } from "../../local-cloud/calls/timeline.js";

export interface RehearsedCall {
  /** What the caller showed. */
  readonly proof: CallerProof;
  readonly kind: CallKind;
  /** Undefined when it had not ended within the limit. */
  readonly end: CallEnd | undefined;
  readonly events: readonly CallEvent[];
}

/** What a caller with such a proof is called. */
export const CALLERS: Readonly<Record<CallerProof, string>> = {
  none: "a stranger without a token",
  forged: "a stranger whose token somebody else signed",
  otherBot: "a stranger with the token for another bot",
  otherIssuer: "a stranger with a token of another issuer",
  expired: "a stranger with a token that has expired",
  right: "the calling service",
};

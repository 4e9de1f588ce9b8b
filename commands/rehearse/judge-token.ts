// Whether the bot takes the token of the calling service. Where it does not, it reads the signing keys from somewhere else.
import type { Rehearsal } from "../../local-cloud/calls/rehearsal.js";
import { fail, type Outcome, pass } from "../checks/check.js";
import type { Expectation } from "./judge-answer.js";
import { realCall, sentEvents } from "./judge-delivery.js";
import type { RehearsedCall } from "./rehearsed-call.js";

/** What the judgements know besides the calls. */
export interface Stage {
  readonly webhook: string;
  readonly expect: Expectation;
  readonly rehearsal: Pick<
    Rehearsal,
    "openIdConfiguration" | "graph" | "login" | "tenantId" | "caPath" | "envPath" | "timing"
  >;
}

export function judgeToken(
  calls: readonly RehearsedCall[],
  { rehearsal }: Stage,
): Outcome | undefined {
  const call = realCall(calls);
  if (call === undefined) return undefined;
  const refused = sentEvents(call.events).find(({ status }) => status === 401 || status === 403);
  if (refused === undefined) {
    const taken = sentEvents(call.events).some(({ status = 500 }) => status < 300);
    return taken ? pass("The token of the calling service is accepted.") : undefined;
  }
  return fail(
    `The bot answers ${refused.status} to a token that is right.`,
    `It reads the signing keys from elsewhere, expects another app id or tenant, or cannot read the keys: its log says which. Set the address of its OpenID document to ${rehearsal.openIdConfiguration}, its tenant to ${rehearsal.tenantId}, and let it trust ${rehearsal.caPath} (Node reads NODE_EXTRA_CA_CERTS only when it starts).`,
    { status: refused.status },
  );
}

// The calling service of a whole local cloud: it calls bots as they are registered in Azure, at the webhook of their Teams channel.
import { z } from "zod";
import type { CloudContext } from "../cloud-context.js";
import { AccessPolicies, type AccessPolicy } from "../directory/access-policies.js";
import { ORDINARY_USER } from "../directory/people.js";
import type { Communications } from "../graph/communications/communications.js";
import { CALL_KINDS, type CallTiming } from "./call.js";
import type { CallerTokens } from "./caller-tokens.js";
import { CallingService } from "./calling-service.js";
import type { Ringing } from "./incoming-call.js";
import { mayKnowCaller } from "./may-know-caller.js";
import { registeredWebhook } from "./registered-bot.js";
import type { Tunnels } from "./tunnels.js";

/** What the control interface takes. */
export const RegisteredCall = z.strictObject({
  appId: z.guid(),
  kind: z.enum(CALL_KINDS).default("one-to-one"),
  /** Begins with the format from before Graph. */
  legacyFirst: z.boolean().default(false),
  /** The caller gives up as soon as an answer was refused. */
  hangUpWhenRefused: z.boolean().default(false),
});
export type RegisteredCall = z.output<typeof RegisteredCall>;

export interface RegisteredCalls extends Communications {
  /** Calls a bot; undefined where none with this app id has calling enabled. */
  ring(call: RegisteredCall): Ringing | undefined;
  allowMeetings(policy: AccessPolicy): void;
  close(): Promise<void>;
}

export function localCallingService(
  context: CloudContext,
  { tokens, tunnels }: { readonly tokens: CallerTokens; readonly tunnels: Tunnels },
  timing: Partial<CallTiming> = {},
): RegisteredCalls {
  const { store } = context;
  const calls = new CallingService({
    proof: (call) => tokens.sign(call),
    routeTo: (address) => tunnels.routeTo(address),
    mayKnowCaller: mayKnowCaller(context),
    timing,
  });
  const webhookOf = (appId: string) => registeredWebhook(store, appId);
  return {
    calls,
    webhookOf,
    ring: (call) => {
      const webhook = webhookOf(call.appId);
      if (webhook === undefined) return undefined;
      const { id, displayName, tenantId } = ORDINARY_USER;
      return calls.ring({ ...call, webhook, tenantId, caller: { id, displayName } });
    },
    allowMeetings: (policy) => new AccessPolicies(store).set(policy),
    close: async () => calls.close(),
  };
}

// A call that is made to a bot, and what whoever made it can see of it.
import type { Call, CallEnd, CallKind } from "./call.js";
import type { Proof } from "./deliver-notification.js";
import type { Timeline } from "./timeline.js";

/** A call that is made to a bot. */
export interface IncomingCall {
  readonly appId: string;
  readonly tenantId: string;
  readonly kind: CallKind;
  readonly webhook: string;
  readonly caller: { readonly id: string; readonly displayName: string };
  /** Begins with the format from before Graph, as the service does with bots that say nothing else. @default false */
  readonly legacyFirst?: boolean;
  /** @default the service's own token */
  readonly proof?: Proof;
  /** `updateRecordingStatus` fails for this call. @default false */
  readonly refuseRecordingStatus?: boolean;
  /** The caller gives up as soon as an answer was refused, instead of letting it ring. @default false */
  readonly hangUpWhenRefused?: boolean;
}

/** A call that rings, and what becomes of it. */
export interface Ringing {
  readonly call: Call;
  readonly timeline: Timeline;
  /** Never rejects; ends within the deadline, the talk and the notifications about it. */
  readonly ended: Promise<CallEnd>;
  /** The caller hangs up. */
  hangUp(): void;
}

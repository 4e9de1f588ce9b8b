// A call as the calling service keeps it: in memory, for as long as it lasts. Names are those of Microsoft Graph's resource "call".

/** Who calls the bot: one person, a group call that the bot is brought into, or the policy that has a person's calls recorded. */
export const CALL_KINDS = ["one-to-one", "group", "policy-recording"] as const;
export type CallKind = (typeof CALL_KINDS)[number];

export type CallState = "incoming" | "establishing" | "established" | "terminating" | "terminated";
export type RecordingStatus = "notRecording" | "recording" | "failed";

/** How a call ended. */
export type CallEnd =
  | "hungUpByBot"
  | "hungUpByCaller"
  | "rejected"
  | "redirected"
  /** Nobody answered, rejected or redirected it before the deadline. */
  | "unanswered"
  /** The webhook could not be reached, or refused the notification. */
  | "undelivered";

export interface Participant {
  /** Its id within the call. */
  readonly id: string;
  readonly kind: "user" | "application";
  /** Object id of a person, app id of an application. */
  readonly identityId: string;
  readonly displayName: string;
}

export interface Call {
  readonly id: string;
  /** Of the bot. */
  readonly appId: string;
  /** Of whoever calls. */
  readonly tenantId: string;
  readonly kind: CallKind;
  readonly direction: "incoming" | "outgoing";
  readonly callChainId: string;
  readonly caller: Participant;
  readonly bot: Participant;
  /** Where notifications go that no `callbackUri` was given for. */
  readonly webhook: string;
  state: CallState;
  callbackUri: string | undefined;
  /** Who carries the media: the service, or the bot's own process. Undefined while nobody has answered. */
  media: "service" | "application" | undefined;
  recording: RecordingStatus;
  readonly participants: Participant[];
  end: CallEnd | undefined;
}

/** How long things take, in milliseconds. */
export interface CallTiming {
  /** "call: answer": a call that is not answered, rejected or redirected by then is over. */
  readonly answerMs: number;
  /** The same for policy-based recording. */
  readonly policyAnswerMs: number;
  /** From the answer until media flows. */
  readonly establishMs: number;
  /** How long a prompt plays. */
  readonly promptMs: number;
  /** How long the caller stays once the call is established, unless the bot hangs up first. */
  readonly talkMs: number;
  /** How long a notification may wait for its answer. */
  readonly notificationMs: number;
  /** Pause before a notification is sent again; longer each time. */
  readonly retryMs: number;
}

export const CALL_TIMING: CallTiming = {
  answerMs: 15_000,
  policyAnswerMs: 5_000,
  establishMs: 50,
  promptMs: 1_500,
  talkMs: 10_000,
  notificationMs: 15_000,
  retryMs: 500,
};

/** How long the bot has to answer a call of a kind. */
export function deadlineOf(kind: CallKind, timing: CallTiming): number {
  return kind === "policy-recording" ? timing.policyAnswerMs : timing.answerMs;
}

// The calling service: rings bots, tells them what becomes of their calls, and keeps the calls that Microsoft Graph's calls API
// works on. Nothing is stored: calls do not outlive the process here, nor an outage there.
import { randomUUID } from "node:crypto";
import type { JsonObject } from "../graph/json-body.js";
import {
  CALL_TIMING,
  type Call,
  type CallEnd,
  type CallKind,
  type CallTiming,
  deadlineOf,
  type Participant,
  type RecordingStatus,
} from "./call.js";
import { deliverNotification, type Proof, type RouteTo } from "./deliver-notification.js";
import {
  incomingCall,
  legacyIncomingCall,
  type Notification,
  operationCompleted,
  resultInfo,
  rosterChanged,
  stateChanged,
} from "./notification-bodies.js";
import type { Posted } from "./post-notification.js";
import { type ReceivedEvent, Timeline } from "./timeline.js";

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

export interface CallingServiceParts {
  readonly proof: Proof;
  readonly routeTo: RouteTo;
  /** Whether consent lets a bot know who calls it. */
  readonly mayKnowCaller: (appId: string, tenantId: string) => boolean;
  /** @default CALL_TIMING */
  readonly timing?: Partial<CallTiming>;
}

interface Active {
  readonly call: Call;
  readonly timeline: Timeline;
  readonly stop: AbortController;
  readonly timers: Set<NodeJS.Timeout>;
  readonly hangUpWhenRefused: boolean;
  readonly refuseRecordingStatus: boolean;
  readonly proof: Proof;
  /** The last notification under way: the next one waits for it. */
  queue: Promise<unknown>;
  readonly settle: (end: CallEnd) => void;
  readonly ended: Promise<CallEnd>;
}

/** Calls that are remembered after their end, for requests that come too late. */
const REMEMBERED = 200;

export class CallingService {
  readonly timing: CallTiming;
  private readonly active = new Map<string, Active>();

  constructor(private readonly parts: CallingServiceParts) {
    this.timing = { ...CALL_TIMING, ...parts.timing };
  }

  /** Makes a call to a bot. */
  ring(incoming: IncomingCall): Ringing {
    const { appId, tenantId, webhook, kind, caller, legacyFirst = false } = incoming;
    const active = this.start(
      {
        ...newCall({ appId, tenantId, webhook, kind, direction: "incoming" }, caller),
        state: "incoming",
      },
      incoming,
    );
    const { call, timeline, ended } = active;
    this.after(active, deadlineOf(kind, this.timing), () => {
      if (call.state === "incoming") this.giveUp(active);
    });
    void this.announce(active, legacyFirst);
    return { call, timeline, ended, hangUp: () => this.callerHangsUp(active) };
  }

  /** A call that the bot makes; the other side answers. */
  create(
    call: { readonly appId: string; readonly tenantId: string; readonly webhook: string },
    {
      media,
      callbackUri,
      other,
    }: { media: Call["media"]; callbackUri: string; other: Participant },
    kind: CallKind,
  ): Call {
    const made = newCall({ ...call, kind, direction: "outgoing" }, other);
    const active = this.start({ ...made, state: "establishing", media, callbackUri }, {});
    this.establish(active);
    return active.call;
  }

  /** The bot's call with this id, unless it has ended. */
  find(appId: string, id: string): Call | undefined {
    const call = this.active.get(id.toLowerCase())?.call;
    return call?.appId === appId && call.state !== "terminated" ? call : undefined;
  }

  /** Puts a request of the bot into the timeline of its call. */
  received(appId: string, id: string, event: Omit<ReceivedEvent, "at" | "kind">): void {
    const active = this.active.get(id.toLowerCase());
    if (active === undefined || active.call.appId !== appId) return;
    active.timeline.add({ kind: "received", ...event });
    const refused = event.action === "answer" && event.status >= 400;
    if (refused && active.hangUpWhenRefused) this.callerHangsUp(active);
  }

  answer(
    call: Call,
    { media, callbackUri }: { media: "service" | "application"; callbackUri: string | undefined },
  ): void {
    const active = this.of(call);
    call.media = media;
    call.callbackUri = callbackUri;
    call.state = "establishing";
    this.establish(active);
  }

  reject(call: Call, callbackUri: string | undefined): void {
    call.callbackUri = callbackUri;
    this.terminate(this.of(call), "rejected");
  }

  redirect(call: Call, callbackUri: string | undefined): void {
    call.callbackUri = callbackUri;
    this.terminate(this.of(call), "redirected");
  }

  /** The bot hangs up. */
  hangUp(call: Call): void {
    const active = this.of(call);
    call.state = "terminating";
    this.notify(active, stateChanged(call));
    // Table of call end reasons: 7000, the conversation has ended by bot.
    this.terminate(active, "hungUpByBot", resultInfo(200, 7000, "The conversation has ended."));
  }

  /** An operation that takes a while; the bot is told when it is over. */
  run(call: Call, operation: JsonObject, milliseconds: number, then?: () => Notification): void {
    const active = this.of(call);
    this.after(active, milliseconds, () => {
      this.notify(active, operationCompleted(call, operation));
      if (then !== undefined) this.notify(active, then());
    });
  }

  /** Whether the status could be set: the service may fail, and then nothing may be kept. */
  setRecording(call: Call, status: RecordingStatus): boolean {
    if (this.of(call).refuseRecordingStatus) return false;
    call.recording = status;
    return true;
  }

  /** Ends every call at once, without a word to the bots. */
  close(): void {
    for (const active of this.active.values()) {
      active.stop.abort();
      if (active.call.state !== "terminated") this.finish(active, "hungUpByCaller");
    }
  }

  private start(
    call: Call,
    { proof, hangUpWhenRefused = false, refuseRecordingStatus = false }: Partial<IncomingCall>,
  ): Active {
    let settle: (end: CallEnd) => void = () => {};
    const ended = new Promise<CallEnd>((resolve) => {
      settle = resolve;
    });
    const active: Active = {
      call,
      timeline: new Timeline(),
      stop: new AbortController(),
      timers: new Set(),
      proof: proof ?? this.parts.proof,
      hangUpWhenRefused,
      refuseRecordingStatus,
      queue: Promise.resolve(),
      settle,
      ended,
    };
    this.active.set(call.id, active);
    const [oldest] = this.active.keys();
    if (this.active.size > REMEMBERED && oldest !== undefined) this.active.delete(oldest);
    return active;
  }

  private of(call: Call): Active {
    const active = this.active.get(call.id);
    if (active === undefined) throw new Error(`the call ${call.id} is forgotten`);
    return active;
  }

  private async announce(active: Active, legacyFirst: boolean): Promise<void> {
    const { call, timeline } = active;
    const { appId, tenantId } = call;
    const limitMs = deadlineOf(call.kind, this.timing);
    if (legacyFirst) {
      const posted = await this.deliver(active, legacyIncomingCall(call), limitMs);
      if (posted.status !== 204) {
        if (isTaken(posted))
          timeline.add({ kind: "note", text: "nothing asked for Graph's format" });
        return this.undelivered(active);
      }
    }
    const readable = this.parts.mayKnowCaller(appId, tenantId);
    const left = limitMs - timeline.now();
    if (!isTaken(await this.deliver(active, incomingCall(call, readable), left))) {
      this.undelivered(active);
    }
  }

  private undelivered(active: Active): void {
    if (active.call.state === "incoming") this.finish(active, "undelivered");
  }

  private establish(active: Active): void {
    const { call } = active;
    this.forgetTimers(active);
    this.after(active, this.timing.establishMs, () => {
      this.notify(active, stateChanged(call));
      call.state = "established";
      this.notify(active, stateChanged(call, { mediaState: { audio: "active" } }));
      // "For peer-to-peer calls, the expected notifications are for call state changes only."
      if (call.kind !== "one-to-one") this.notify(active, rosterChanged(call));
      this.after(active, this.timing.talkMs, () => this.callerHangsUp(active));
    });
  }

  private callerHangsUp(active: Active): void {
    const { call, timeline } = active;
    if (call.state === "terminated" || call.state === "terminating") return;
    timeline.add({ kind: "note", text: "the caller hangs up" });
    // Table of call end reasons: 4521, call ended by the other participant in peer-to-peer call.
    const why = call.kind === "one-to-one" ? 4521 : 4097;
    this.terminate(active, "hungUpByCaller", resultInfo(200, why, "The conversation has ended."));
  }

  private giveUp(active: Active): void {
    active.timeline.add({ kind: "note", text: "nobody answered before the deadline" });
    // UNVERIFIED which reason the bot is given; of the table this one fits.
    const why = resultInfo(408, 10057, "Call timed out due to no signaling from callee endpoints.");
    this.terminate(active, "unanswered", why);
  }

  private terminate(active: Active, end: CallEnd, why: JsonObject = {}): void {
    active.call.state = "terminated";
    this.notify(active, stateChanged(active.call, why));
    this.finish(active, end);
  }

  private finish(active: Active, end: CallEnd): void {
    active.call.state = "terminated";
    active.call.end = end;
    this.forgetTimers(active);
    void active.queue.then(() => active.settle(end));
  }

  private notify(active: Active, notification: Notification): void {
    active.queue = active.queue.then(() => this.deliver(active, notification));
  }

  private deliver(active: Active, notification: Notification, limitMs?: number): Promise<Posted> {
    const { call, timeline, proof } = active;
    const { timing } = this;
    const { routeTo } = this.parts;
    const limit = limitMs === undefined ? {} : { limitMs };
    const signal = active.stop.signal;
    return deliverNotification({
      call,
      notification,
      timeline,
      proof,
      routeTo,
      timing,
      signal,
      ...limit,
    });
  }

  private after(active: Active, milliseconds: number, work: () => void): void {
    const timer = setTimeout(() => {
      active.timers.delete(timer);
      work();
    }, milliseconds);
    active.timers.add(timer);
  }

  private forgetTimers({ timers }: Active): void {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  }
}

function isTaken({ status = 0 }: Posted): boolean {
  return status >= 200 && status < 300;
}

function newCall(
  what: Pick<Call, "appId" | "tenantId" | "webhook" | "kind" | "direction">,
  other: { readonly id: string; readonly displayName: string } | Participant,
): Omit<Call, "state"> & Pick<Call, "media" | "callbackUri"> {
  const bot: Participant = {
    id: randomUUID(),
    kind: "application",
    identityId: what.appId,
    displayName: "The bot",
  };
  const caller: Participant =
    "identityId" in other
      ? other
      : {
          id: randomUUID(),
          kind: "user",
          identityId: other.id,
          displayName: other.displayName,
        };
  return {
    ...what,
    id: randomUUID(),
    callChainId: randomUUID(),
    caller,
    bot,
    callbackUri: undefined,
    media: undefined,
    recording: "notRecording",
    participants: [caller, bot],
    end: undefined,
  };
}

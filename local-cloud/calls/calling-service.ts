// The calling service: rings bots, tells them what becomes of their calls, and keeps the calls that Microsoft Graph's calls API
// works on. Nothing is stored: calls do not outlive the process here, nor an outage there.
import type { JsonObject } from "../graph/json-body.js";
import { type ActiveCall, activeCall, after, forgetTimers } from "./active-call.js";
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
import type { Proof, RouteTo } from "./deliver-notification.js";
import type { IncomingCall, Ringing } from "./incoming-call.js";
import { newCall } from "./new-call.js";
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
import { type Delivery, tellNext, tellNow } from "./tell-bot.js";
import type { ReceivedEvent } from "./timeline.js";

export interface CallingServiceParts {
  readonly proof: Proof;
  readonly routeTo: RouteTo;
  /** Whether consent lets a bot know who calls it. */
  readonly mayKnowCaller: (appId: string, tenantId: string) => boolean;
  /** @default CALL_TIMING */
  readonly timing?: Partial<CallTiming>;
}

/** Calls that are remembered after their end, for requests that come too late. */
const REMEMBERED = 200;

export class CallingService {
  readonly timing: CallTiming;
  private readonly active = new Map<string, ActiveCall>();
  private readonly delivery: Delivery;

  constructor(private readonly parts: CallingServiceParts) {
    this.timing = { ...CALL_TIMING, ...parts.timing };
    this.delivery = { routeTo: parts.routeTo, timing: this.timing };
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
    after(active, deadlineOf(kind, this.timing), () => {
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

  /** The call that the bot is in, where there is one alone. */
  private underWay(appId: string): ActiveCall | undefined {
    const calls = [...this.active.values()].filter(
      ({ call }) =>
        call.appId === appId && call.direction === "incoming" && call.state !== "terminated",
    );
    return calls.length === 1 ? calls[0] : undefined;
  }

  /**
   * Puts a request of the bot into the timeline of its call, at the time at which it came.
   * @param id of the call; empty for a request that names none, such as one for a call of its own
   */
  received(
    appId: string,
    id: string,
    {
      tookMs,
      ...event
    }: Omit<ReceivedEvent, "at" | "kind" | "recording"> & { readonly tookMs: number },
  ): void {
    const active = id === "" ? this.underWay(appId) : this.active.get(id.toLowerCase());
    if (active === undefined || active.call.appId !== appId) return;
    const { call, timeline } = active;
    const reports = event.action === "updateRecordingStatus" && event.status < 300;
    const recording = reports ? { recording: call.recording } : {};
    const at = Math.max(0, timeline.now() - tookMs);
    timeline.add({ kind: "received", ...event, ...recording }, at);
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
    after(active, milliseconds, () => {
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

  private start(call: Call, options: Partial<IncomingCall>): ActiveCall {
    const active = activeCall(call, { proof: this.parts.proof, ...options });
    this.active.set(call.id, active);
    const [oldest] = this.active.keys();
    if (this.active.size > REMEMBERED && oldest !== undefined) this.active.delete(oldest);
    return active;
  }

  private of(call: Call): ActiveCall {
    const active = this.active.get(call.id);
    if (active === undefined) throw new Error(`the call ${call.id} is forgotten`);
    return active;
  }

  private async announce(active: ActiveCall, legacyFirst: boolean): Promise<void> {
    const { call, timeline } = active;
    const { appId, tenantId } = call;
    const limitMs = deadlineOf(call.kind, this.timing);
    if (legacyFirst) {
      const posted = await tellNow(active, legacyIncomingCall(call), this.delivery, limitMs);
      if (posted.status !== 204) {
        if (isTaken(posted))
          timeline.add({ kind: "note", text: "nothing asked for Graph's format" });
        return this.undelivered(active);
      }
    }
    const readable = this.parts.mayKnowCaller(appId, tenantId);
    const left = limitMs - timeline.now();
    if (!isTaken(await tellNow(active, incomingCall(call, readable), this.delivery, left))) {
      this.undelivered(active);
    }
  }

  private undelivered(active: ActiveCall): void {
    if (active.call.state === "incoming") this.finish(active, "undelivered");
  }

  private establish(active: ActiveCall): void {
    const { call } = active;
    forgetTimers(active);
    after(active, this.timing.establishMs, () => {
      this.notify(active, stateChanged(call));
      call.state = "established";
      this.notify(active, stateChanged(call, { mediaState: { audio: "active" } }));
      // "For peer-to-peer calls, the expected notifications are for call state changes only."
      if (call.kind !== "one-to-one") this.notify(active, rosterChanged(call));
      after(active, this.timing.talkMs, () => this.callerHangsUp(active));
    });
  }

  private callerHangsUp(active: ActiveCall): void {
    const { call, timeline } = active;
    if (call.state === "terminated" || call.state === "terminating") return;
    timeline.add({ kind: "note", text: "the caller hangs up" });
    // Table of call end reasons: 4521, call ended by the other participant in peer-to-peer call.
    const why = call.kind === "one-to-one" ? 4521 : 4097;
    this.terminate(active, "hungUpByCaller", resultInfo(200, why, "The conversation has ended."));
  }

  private giveUp(active: ActiveCall): void {
    active.timeline.add({ kind: "note", text: "nobody answered before the deadline" });
    // UNVERIFIED which reason the bot is given; of the table this one fits.
    const why = resultInfo(408, 10057, "Call timed out due to no signaling from callee endpoints.");
    this.terminate(active, "unanswered", why);
  }

  private terminate(active: ActiveCall, end: CallEnd, why: JsonObject = {}): void {
    active.call.state = "terminated";
    this.notify(active, stateChanged(active.call, why));
    this.finish(active, end);
  }

  private finish(active: ActiveCall, end: CallEnd): void {
    active.call.state = "terminated";
    active.call.end = end;
    forgetTimers(active);
    void active.queue.then(() => active.settle(end));
  }

  private notify(active: ActiveCall, notification: Notification): void {
    tellNext(active, notification, this.delivery);
  }
}

function isTaken({ status = 0 }: Posted): boolean {
  return status >= 200 && status < 300;
}

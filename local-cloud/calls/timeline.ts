// What was sent and received for one call, and when.

import type { RecordingStatus } from "./call.js";
import type { Posted } from "./post-notification.js";

/** Milliseconds since the call began, to the microsecond: a notification may leave in the same millisecond as its request came. */
interface At {
  readonly at: number;
}

/** A notification that went to the bot. */
export interface SentEvent extends At, Posted {
  readonly kind: "sent";
  /** `incoming call`, `incoming call, legacy format`, `established`, ... */
  readonly what: string;
  readonly url: string;
}

/** A request of the bot to Microsoft Graph. */
export interface ReceivedEvent extends At {
  readonly kind: "received";
  readonly method: string;
  /** Below the version. */
  readonly path: string;
  /** `answer`, `playPrompt`, `hang up`, ... */
  readonly action: string;
  readonly status: number;
  /** Graph's code and text of a refusal. */
  readonly code?: string;
  readonly message?: string;
  /** What an `updateRecordingStatus` that was accepted has set. */
  readonly recording?: RecordingStatus;
}

/** Something that neither side sent. */
export interface NoteEvent extends At {
  readonly kind: "note";
  readonly text: string;
}

export type CallEvent = SentEvent | ReceivedEvent | NoteEvent;
type Added = Omit<SentEvent, "at"> | Omit<ReceivedEvent, "at"> | Omit<NoteEvent, "at">;

export class Timeline {
  private readonly began = performance.now();
  private readonly kept: CallEvent[] = [];
  private readonly listeners = new Set<(event: CallEvent) => void>();

  /** @param at when it began. @default now */
  add(event: Added, at = this.now()): void {
    const whole: CallEvent = { ...event, at };
    this.kept.push(whole);
    for (const listener of this.listeners) listener(whole);
  }

  /** Milliseconds since the call began. */
  now(): number {
    return Math.round((performance.now() - this.began) * 1_000) / 1_000;
  }

  events(): readonly CallEvent[] {
    return [...this.kept].sort((a, b) => a.at - b.at);
  }

  watch(listener: (event: CallEvent) => void): void {
    this.listeners.add(listener);
  }
}

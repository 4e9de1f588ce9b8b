// What a person sees while an engine is looked for, downloaded or built: a line with the time that
// has passed on a terminal, plain lines now and then anywhere else.

import pc from "picocolors";

/** What the finder tells about itself. Every call is one short text without a line end. */
export interface EngineProgress {
  /** A long step begins: what it does and how long it usually takes. */
  step(text: string): void;
  /** How far the present step is. */
  detail(text: string): void;
  /** Something that stays on the screen, e.g. an engine that was skipped and why. */
  note(text: string): void;
}

/** Says nothing. */
export const silentProgress: EngineProgress = { step() {}, detail() {}, note() {} };

const frames = ["-", "\\", "|", "/"];
const redrawMs = 120;
const plainLineMs = 15_000;

/** A progress that writes to a stream (standard error, so that output stays parsable) until it is stopped. */
export interface StreamProgress extends EngineProgress {
  /** Clears the terminal's line and ends the timer. */
  stop(): void;
}

/**
 * Shows progress on a stream: redrawn in place on a terminal, else one line a step and one every
 * 15 seconds while it lasts.
 * @param colour @default what the terminal can do, with NO_COLOR honoured
 */
export function progressOn(
  stream: NodeJS.WriteStream,
  colour: boolean = stream.isTTY === true && pc.isColorSupported,
): StreamProgress {
  const colours = pc.createColors(colour);
  const live = stream.isTTY === true && process.env["TERM"] !== "dumb";
  let current = "";
  let detail = "";
  let began = 0;
  let tick = 0;
  let timer: NodeJS.Timeout | undefined;

  const elapsed = () => readableSeconds((Date.now() - began) / 1000);
  const clear = () => {
    if (live) stream.write("\r\x1b[2K");
  };
  const draw = () => {
    if (live) {
      const tail = [elapsed(), detail].filter((part) => part !== "").join(", ");
      const frame = frames[tick++ % frames.length] ?? "";
      // What changes stays readable on a narrow terminal; a line that wraps could not be cleared.
      const room = Math.max(0, (stream.columns ?? 80) - tail.length - 5);
      clear();
      stream.write(`${colours.cyan(frame)} ${current.slice(0, room).trimEnd()}, ${tail}`);
    } else {
      stream.write(`  ${[elapsed(), detail].filter((part) => part !== "").join(", ")}\n`);
    }
  };
  const stop = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    clear();
  };

  return {
    step(text) {
      stop();
      current = text;
      detail = "";
      began = Date.now();
      if (!live) stream.write(`${text}\n`);
      timer = setInterval(draw, live ? redrawMs : plainLineMs);
      timer.unref();
    },
    detail(text) {
      detail = text;
    },
    note(text) {
      clear();
      stream.write(`${colours.dim(text)}\n`);
    },
    stop,
  };
}

/** "42 s" or "3 min 5 s". */
export function readableSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

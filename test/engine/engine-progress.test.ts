import { WriteStream } from "node:tty";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { progressOn, readableSeconds } from "../../engine/engine-progress.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream that keeps its text; as a terminal or not. */
function screen(isTTY: boolean) {
  const kept: string[] = [];
  const stream: NodeJS.WriteStream = Object.assign(Object.create(WriteStream.prototype), {
    isTTY,
    columns: 60,
    write: (text: string) => kept.push(text) > 0,
  });
  return { stream, text: () => kept.join("") };
}

it("prints a line for a step and one every 15 s where there is no terminal", () => {
  const { stream, text } = screen(false);
  const progress = progressOn(stream, false);
  progress.step("Building the engine");
  progress.detail("12 packages compiled");
  vi.advanceTimersByTime(31_000);
  progress.note("A note.");
  progress.stop();
  vi.advanceTimersByTime(60_000);
  expect(text()).toBe(
    "Building the engine\n  15 s, 12 packages compiled\n  30 s, 12 packages compiled\nA note.\n",
  );
});

it("redraws one line on a terminal, never wider than it, and clears it", () => {
  const { stream, text } = screen(true);
  vi.stubEnv("TERM", "xterm");
  const progress = progressOn(stream, false);
  progress.step("Building the engine with a very long explanation of what is done and why");
  vi.advanceTimersByTime(130);
  progress.stop();
  vi.unstubAllEnvs();
  expect(text()).toBe(
    "\r\x1b[2K- Building the engine with a very long explanation of, 0 s\r\x1b[2K",
  );
});

it("writes seconds and minutes as a person says them", () => {
  expect([0.4, 59, 60, 185].map(readableSeconds)).toEqual([
    "0 s",
    "59 s",
    "1 min 0 s",
    "3 min 5 s",
  ]);
});

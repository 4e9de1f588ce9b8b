// The terminal of a process that runs the engine in the foreground: where it writes, and when the person wants it to stop.

import pc from "picocolors";
import { progressOn } from "../engine/index.js";
import type { Screen } from "./show-run.js";

/** Whether the person has asked to stop. */
export interface Interrupt {
  asked: boolean;
  /** What is said when it happens; nothing when undefined. */
  message: string | undefined;
}

/** Takes over this process's output and its signals. */
export function openTerminal({ diff = false, json = false } = {}): {
  readonly screen: Screen;
  readonly interrupt: Interrupt;
} {
  const colour = process.stdout.isTTY === true && pc.isColorSupported && !json;
  const live = process.stdout.isTTY && process.stderr.isTTY && !json;
  const progress = live ? progressOn(process.stderr, colour) : undefined;
  const screen: Screen = {
    display: { colour, diff },
    json,
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    ...(progress === undefined ? {} : { progress }),
  };
  const interrupt: Interrupt = {
    asked: false,
    message: "Cancelling: the steps under way are finished. Again: stops at once.",
  };
  // The engine is in this process's group and is asked to stop by the same signal.
  process.on("SIGINT", () => {
    progress?.stop();
    if (!interrupt.asked && interrupt.message !== undefined) screen.err(interrupt.message);
    interrupt.asked = true;
  });
  // The process that holds the local cloud is gone: nothing can be finished any more.
  process.on("disconnect", () => {
    if (process.platform !== "win32") process.kill(-process.pid, "SIGINT");
  });
  process.channel?.unref();
  // A reader that has seen enough ("| head") must not end a deployment half-way.
  process.stdout.on("error", () => {});
  // The program's own output must not get into the JSON.
  if (json) console.log = console.info = console.error;
  return { screen, interrupt };
}

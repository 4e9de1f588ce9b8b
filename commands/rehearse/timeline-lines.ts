// What was sent and received, a line each with its time.
import type { CallEvent } from "../../local-cloud/calls/timeline.js";
import type { Palette } from "../report.js";
import { CALLERS, type RehearsedCall } from "./rehearsed-call.js";

/** Every call with its events. */
export function timelineLines(calls: readonly RehearsedCall[], palette: Palette): string[] {
  return calls.flatMap(({ proof, kind, events }, index) => [
    ...(index === 0 ? [] : [""]),
    `A call of ${CALLERS[proof]}${proof === "right" ? ` (${kind})` : ""}`,
    ...events.map((event, place) => {
      const before = events.slice(0, place).findLast((one) => one.kind === "sent");
      return `  ${timeOf(event)}  ${textOf(event, before, palette)}`;
    }),
  ]);
}

function timeOf({ at }: CallEvent): string {
  return `${(at / 1000).toFixed(3)} s`.padStart(9);
}

/** An address is named where it is another than before. */
function textOf(event: CallEvent, before: CallEvent | undefined, palette: Palette): string {
  switch (event.kind) {
    case "sent": {
      const { what, url, status, failure, location, milliseconds } = event;
      const answer = status === undefined ? (failure ?? "no answer") : String(status);
      const coloured = status !== undefined && status < 300 ? palette.green : palette.yellow;
      const place = before?.kind === "sent" && before.url === url ? "" : ` to ${url}`;
      const to = location === undefined ? "" : ` to ${location.slice(0, 120)}`;
      return `-> bot    ${what}${place}: ${coloured(answer)}${to} ${palette.dim(`after ${milliseconds} ms`)}`;
    }
    case "received": {
      const { method, path, status, code, message } = event;
      const refusal = code === undefined ? "" : ` ${code}: ${message ?? ""}`;
      const coloured = status < 400 ? palette.green : palette.red;
      return `<- bot    ${method} ${path.replace(/(calls\/)[0-9a-f-]{36}/i, "$1{id}")}: ${coloured(String(status))}${refusal}`;
    }
    case "note":
      return `          ${palette.dim(event.text)}`;
  }
}

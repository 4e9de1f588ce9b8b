// How a run looks on a screen: one line a step, what changed below it, and at the end the messages,
// the outputs and the counts. Text in, text out; nothing here writes.

import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import pc from "picocolors";
import { hiddenValue } from "./property-changes.js";
import type { Message, StackReport, Step, StepKind } from "./stack-report.js";

/** How to draw. */
export interface DisplayOptions {
  readonly colour: boolean;
  /** All inputs of what is created or deleted, and values in full. */
  readonly diff: boolean;
}

const words: Readonly<Record<StepKind, { symbol: string; plan: string; done: string }>> = {
  create: { symbol: "+", plan: "create", done: "created" },
  update: { symbol: "~", plan: "update", done: "updated" },
  replace: { symbol: "+-", plan: "replace", done: "replaced" },
  delete: { symbol: "-", plan: "delete", done: "deleted" },
  "delete-replaced": { symbol: "-", plan: "delete the old one", done: "old one deleted" },
  import: { symbol: "=", plan: "import", done: "imported" },
  read: { symbol: ">", plan: "read", done: "read" },
  refresh: { symbol: "~", plan: "refresh", done: "refreshed" },
  forget: { symbol: "-", plan: "remove from state", done: "removed from state" },
  changed: { symbol: "~", plan: "see as changed", done: "was changed" },
  gone: { symbol: "-", plan: "see as gone", done: "is gone" },
};

const typeWidth = 40;
const nameWidth = 28;
const shortValue = 60;

/** A step's line and, below it, what it changes. */
export function stepLines(step: Step, { colour, diff }: DisplayOptions): string[] {
  const colours = pc.createColors(colour);
  const { symbol, plan, done } = words[step.kind];
  const paint = step.failed ? colours.red : colourOf(step.kind, colours);
  const time =
    step.milliseconds === undefined ? "" : colours.dim(` ${seconds(step.milliseconds)} s`);
  const word = step.failed ? `not ${done}` : step.planned ? plan : done;
  const head = `${paint((step.failed ? "x" : symbol).padStart(2))} ${step.type.padEnd(typeWidth)} ${step.name.padEnd(nameWidth)} ${paint(word)}${time}`;
  const changes = step.changes.map(
    ({ path, before, after, replaces }) =>
      `      ${path}: ${oneLine(before, diff)} -> ${oneLine(after, diff)}${replaces ? colours.yellow(" (replaces)") : ""}`,
  );
  const inputs = diff && step.changes.length === 0 ? valueLines(step.inputs, 6) : [];
  return [head, ...changes, ...inputs.map((line) => colours.dim(line))];
}

/** A note of the program or a provider while the run goes on. */
export function noteLines(message: Message, { colour }: DisplayOptions): string[] {
  return indented(message.text, "   ").map((line) => pc.createColors(colour).dim(line));
}

/** Warnings, then errors, each with the resource it is about. */
export function messageLines(messages: readonly Message[], { colour }: DisplayOptions): string[] {
  const colours = pc.createColors(colour);
  const paragraphs = (severity: Message["severity"], title: string) =>
    messages
      .filter((message) => message.severity === severity)
      .flatMap(({ text, resource }) => [
        "",
        `${title}${resource === undefined ? "" : ` (${resource})`}`,
        ...indented(text, "  "),
      ]);
  return [
    ...paragraphs("warning", colours.yellow("Warning")),
    ...paragraphs("error", colours.red("Error")),
  ];
}

/** The outputs with secrets as "[secret]". */
export function shownOutputs(outputs: OutputMap): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { value, secret }]) => [
      name,
      secret ? hiddenValue : value,
    ]),
  );
}

/** The stack's outputs below a title; nothing when there are none. */
export function outputLines(outputs: OutputMap, { colour }: DisplayOptions): string[] {
  const shown = shownOutputs(outputs);
  if (Object.keys(shown).length === 0) return [];
  return ["", pc.createColors(colour).bold("Outputs"), ...valueLines(shown, 2)];
}

/** e.g. "2 created, 1 updated, 9 unchanged", "nothing to change, 12 unchanged", "1 changed, 1 gone". */
export function countsText(report: Pick<StackReport, "steps" | "unchanged">): string {
  const counts = new Map<string, number>();
  for (const { kind, planned, failed } of report.steps) {
    if (kind === "delete-replaced" || kind === "read") continue;
    const done = words[kind].done.replace(/^(was|is) /, "");
    const word = failed ? "failed" : planned ? `to ${words[kind].plan}` : done;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const parts = [...counts].map(([word, count]) => `${count} ${word}`);
  if (parts.length === 0) parts.push("nothing to change");
  if (report.unchanged > 0) parts.push(`${report.unchanged} unchanged`);
  return parts.join(", ");
}

/** A value as indented lines, in the manner of YAML. */
function valueLines(value: unknown, indent: number): string[] {
  const space = " ".repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const [first = "", ...rest] = isNested(item)
        ? valueLines(item, indent + 2)
        : [oneLine(item, true)];
      return [`${space}- ${first.trimStart()}`, ...rest];
    });
  }
  if (typeof value !== "object" || value === null) return [`${space}${oneLine(value, true)}`];
  return Object.entries(value).flatMap(([name, item]) =>
    isNested(item)
      ? [`${space}${name}:`, ...valueLines(item, indent + 2)]
      : [`${space}${name}: ${oneLine(item, true)}`],
  );
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function oneLine(value: unknown, full: boolean): string {
  if (value === undefined) return "(none)";
  const text = typeof value === "string" ? stringText(value) : JSON.stringify(value);
  return full || text.length <= shortValue ? text : `${text.slice(0, shortValue - 3)}...`;
}

/** Quoted only where it would otherwise be taken for something else. */
function stringText(text: string): string {
  return text === "" || text !== text.trim() || /[\n\t]/.test(text) ? JSON.stringify(text) : text;
}

function indented(text: string, space: string): string[] {
  return text.split("\n").map((line) => `${space}${line}`.trimEnd());
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0);
}

function colourOf(kind: StepKind, colours: ReturnType<typeof pc.createColors>) {
  if (kind === "create" || kind === "import") return colours.green;
  if (["delete", "delete-replaced", "forget", "gone"].includes(kind)) return colours.red;
  return kind === "read" ? colours.cyan : colours.yellow;
}

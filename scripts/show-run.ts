// Runs one operation on a stack and shows it while it happens: text for a person, or one JSON object.

import type { OutputMap, Stack } from "@pulumi/pulumi/automation/index.js";
import pc from "picocolors";
import type { StreamProgress } from "../engine/index.js";
import { adoptedRemains } from "./adopted-remains.js";
import { type Destination, explainFailure } from "./explain-failure.js";
import {
  countsText,
  type DisplayOptions,
  messageLines,
  noteLines,
  outputLines,
  shownOutputs,
  stepLines,
} from "./stack-display.js";
import { createReport, type StackReport } from "./stack-report.js";
import { runStack, type StackOperation, StackRunError } from "./stack-run.js";

/** Where a run is shown. */
export interface Screen {
  readonly display: DisplayOptions;
  /** One JSON object at the end in place of all text on `out`. */
  readonly json: boolean;
  /** Takes whole lines for standard output and standard error. */
  out(text: string): void;
  err(text: string): void;
  /** Shows what is under way. @default nothing does */
  readonly progress?: StreamProgress;
}

/** What is run and shown. */
export interface ShowRunOptions {
  readonly operation: StackOperation;
  readonly destination: Destination;
  /** Only say what a destroy would do. @default false */
  readonly previewOnly?: boolean;
  readonly screen: Screen;
  /** Show the stack's outputs at the end. @default true */
  readonly showOutputs?: boolean;
  /** Says whether the person has asked to stop. @default never */
  readonly isCancelled?: () => boolean;
}

/** How it ended: the exit code is 0, 1 when it failed, 130 when it was cancelled. */
export interface ShownRun {
  readonly exitCode: 0 | 1 | 130;
  readonly outputs: OutputMap;
  readonly report: StackReport;
}

/** Runs and shows; a failure of the engine is shown and is an exit code, anything else is thrown. */
export async function showRun(stack: Stack, options: ShowRunOptions): Promise<ShownRun> {
  const { operation, previewOnly = false, showOutputs = true, screen } = options;
  const { display, progress } = screen;
  const colours = pc.createColors(display.colour);
  const say = (lines: readonly string[]) => {
    if (screen.json || lines.length === 0) return;
    progress?.stop();
    screen.out(lines.join("\n"));
  };
  const report = createReport();
  const began = Date.now();
  say([colours.bold(titleOf(stack.name, options))]);
  try {
    // Once it is destroyed nobody knows any more.
    const remains = operation === "destroy" ? adoptedRemains(await stack.outputs()) : [];
    const { outputs } = await runStack(stack, {
      operation,
      previewOnly,
      onEvent: (event) => {
        const news = report.take(event);
        if (news !== undefined) {
          say("kind" in news ? stepLines(news, display) : noteLines(news, display));
        }
        showRunning(report, progress);
      },
    });
    progress?.stop();
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    say([
      ...messageLines(report.messages, display),
      // A refresh leaves them as they were.
      ...(showOutputs && operation !== "refresh" ? outputLines(outputs, display) : []),
      ...remains,
      "",
      colours.bold(`${countsText(report)} (${seconds} s)`),
      ...afterRefresh(stack.name, options, report),
    ]);
    if (screen.json) screen.out(resultJson(stack.name, options, report, outputs, []));
    return { exitCode: 0, outputs, report };
  } catch (error) {
    progress?.stop();
    if (!(error instanceof StackRunError)) throw error;
    say(messageLines(report.messages, display));
    return { exitCode: showFailure(stack.name, options, report, error), outputs: {}, report };
  }
}

/** What a refresh found is put right by nobody until somebody deploys. */
function afterRefresh(
  stackName: string,
  { operation, destination }: ShowRunOptions,
  { steps }: StackReport,
): string[] {
  if (operation !== "refresh" || steps.length === 0) return [];
  const azure = destination === "azure" ? " --azure" : "";
  return [
    `The state says so now, and nothing else was done. To put it right: npm run stack -- up --stack ${stackName}${azure}`,
  ];
}

function showFailure(
  stackName: string,
  options: ShowRunOptions,
  report: StackReport,
  error: StackRunError,
): 1 | 130 {
  const { operation, destination, screen, isCancelled = () => false } = options;
  const errors = report.messages.filter(({ severity }) => severity === "error");
  // What went wrong before the engine sent any event is in the error alone.
  const texts = errors.length > 0 ? errors.map(({ text }) => text) : [error.message];
  if (screen.json) screen.out(resultJson(stackName, options, report, {}, texts));
  const attempted = report.steps.some(({ planned }) => !planned);
  const kept = attempted
    ? "What was done is in the state: the next run goes on from there."
    : "Nothing was changed.";
  if (isCancelled()) {
    screen.err(`\n${operation} of stack ${stackName} was cancelled. ${kept}`);
    return 130;
  }
  const reason = errors.length > 0 ? "" : `: ${error.message.replace(/\.$/, "")}`;
  screen.err(`\n${operation} of stack ${stackName} failed${reason}. ${kept}`);
  for (const advice of explainFailure(texts.join("\n"), destination)) screen.err(advice);
  return 1;
}

function showRunning(report: StackReport, progress: StreamProgress | undefined): void {
  if (report.running.length === 0) progress?.stop();
  else progress?.step(report.running.map(({ kind, name }) => `${kind} ${name}`).join(", "));
}

function titleOf(
  stackName: string,
  { operation, previewOnly, destination }: ShowRunOptions,
): string {
  const doing = {
    preview: "Previewing",
    up: "Deploying",
    refresh: "Refreshing",
    destroy: previewOnly ? "What a destroy would do to" : "Destroying",
  };
  const where = destination === "azure" ? "in Azure" : "on the local cloud";
  return `${doing[operation]} stack ${stackName} ${where}`;
}

function resultJson(
  stack: string,
  { operation, destination }: ShowRunOptions,
  report: StackReport,
  outputs: OutputMap,
  errors: readonly string[],
): string {
  const { steps, unchanged, messages } = report;
  const result = errors.length === 0 ? "succeeded" : "failed";
  return JSON.stringify(
    {
      operation,
      stack,
      destination,
      result,
      unchanged,
      steps,
      messages,
      errors,
      outputs: shownOutputs(outputs),
    },
    null,
    2,
  );
}

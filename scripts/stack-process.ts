// The process that stack.ts starts, with the environment of the local cloud or the user's own: it
// performs one request on the engine. Its one argument is the request as JSON.

import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { LocalCloudError } from "../local-cloud/index.js";
import { formatIssue } from "../rules/issue.js";
import { type Destination, explainFailure } from "./explain-failure.js";
import { pathsInLocalFolder, projectRoot } from "./project-paths.js";
import { refuseProtectedDestroy } from "./protected-state.js";
import { showRun } from "./show-run.js";
import { outputLines, shownOutputs } from "./stack-display.js";
import { copyForLocalRun, StackRequestError } from "./stack-files.js";
import { mendState, recoverBeforeRun } from "./stack-recovery.js";
import { StackRequest } from "./stack-request.js";
import { NoSuchStackError, openStack, readableError, StackRunError } from "./stack-run.js";
import { refuseForeignState, refuseStateOfAnother } from "./state-owner.js";
import { openTerminal } from "./terminal.js";

const request = StackRequest.parse(JSON.parse(process.argv[2] ?? "{}"));
/** As Pulumi.yaml names it. */
const PROJECT = "teams-calling-bot";
const destination: Destination = request.azure ? "azure" : "local cloud";
const { screen, interrupt } = openTerminal(request);

try {
  process.exitCode = await perform();
} catch (thrown) {
  screen.progress?.stop();
  const error = readableError(thrown);
  const known =
    error instanceof StackRunError ||
    error instanceof StackRequestError ||
    error instanceof NoSuchStackError ||
    error instanceof LocalCloudError;
  if (!known) throw error;
  screen.err(error.message);
  for (const advice of explainFailure(error.message, destination)) screen.err(advice);
  process.exitCode = 1;
}
// A program that was stopped half-way may hold timers and connections for long.
setTimeout(() => process.exit(), 2_000).unref();

async function perform(): Promise<number> {
  const { operation } = request;
  const stack = await open();
  if (operation === "cancel") {
    await stack.cancel();
    screen.err(`The lock of stack ${request.stack} is free.`);
    return 0;
  }
  const { deployment } = await stack.exportStack();
  refuseStateOfAnother({ project: PROJECT, stack: request.stack }, deployment);
  refuseForeignState(request.stack, deployment, destination);
  if (operation === "destroy") refuseProtectedDestroy(request.stack, deployment);
  if (operation === "outputs") {
    const outputs = await stack.outputs();
    const lines = outputLines(outputs, screen.display);
    if (request.json) screen.out(JSON.stringify(shownOutputs(outputs), null, 2));
    else screen.out(lines.slice(2).join("\n") || "This stack has no outputs.");
    return 0;
  }
  if (request.recover && operation !== "preview" && !(await recovered(stack))) return 1;
  if (request.azure && !request.yes && (operation === "up" || operation === "destroy")) {
    const refused = await askFirst(stack, operation);
    if (refused !== undefined) return refused;
  }
  const isCancelled = () => interrupt.asked;
  return (await showRun(stack, { operation, destination, screen, isCancelled })).exitCode;
}

/** Takes over what a run that was killed has made; false when this one must not go on. */
async function recovered(stack: Stack): Promise<boolean> {
  const recovery = await recoverBeforeRun(stack, {
    copies: join(pathsInLocalFolder(request.folder).runs, "states"),
    agree: async (lines) => {
      screen.err(["The run before was interrupted.", ...lines].join("\n"));
      if (!request.azure || request.yes) return true;
      return asked(`\nRecover stack ${request.stack} so?`);
    },
  });
  if (recovery === undefined) return true;
  for (const issue of recovery.issues) screen.err(formatIssue(issue));
  if (recovery.declined) screen.err("Nothing was changed. --no-recover goes on without.");
  return recovery.issues.length === 0 && !recovery.declined;
}

/** The stack in its own folder for Azure, in a copy for the local cloud. */
async function open(): Promise<Stack> {
  let workDir = projectRoot;
  if (!request.azure) {
    workDir = join(pathsInLocalFolder(request.folder).runs, request.stack);
    await copyForLocalRun(projectRoot, request.stack, workDir);
  }
  const changes = ["up", "refresh", "destroy"].includes(request.operation);
  if (request.recover && changes) {
    const place = { project: PROJECT, stack: request.stack };
    for (const line of mendState(process.env, place)) screen.err(line);
  }
  try {
    return await openStack({
      stackName: request.stack,
      workDir,
      // Loaded when the engine asks for it: reading outputs needs no program.
      program: async () => (await import("../index.js")).default(),
      engine: await PulumiCommand.get(),
      create: request.operation === "preview" || request.operation === "up",
    });
  } catch (error) {
    if (!(error instanceof NoSuchStackError)) throw error;
    const azure = request.azure ? " --azure" : "";
    throw new NoSuchStackError(
      `Stack "${request.stack}" has not been deployed ${request.azure ? "from this backend" : "to this local cloud"}. Run \`npm run stack -- up --stack ${request.stack}${azure}\` first.`,
    );
  }
}

/** Azure is changed only after a preview and a yes; the exit code when it is not. */
async function askFirst(stack: Stack, operation: "up" | "destroy"): Promise<number | undefined> {
  const preview = operation === "up" ? "preview" : "destroy";
  const shown = await showRun(stack, {
    operation: preview,
    previewOnly: true,
    destination,
    // One JSON object is printed, that of the operation itself.
    screen: request.json ? { ...screen, out() {} } : screen,
    isCancelled: () => interrupt.asked,
  });
  if (shown.exitCode !== 0) return shown.exitCode;
  if (await asked(`\n${operation} stack ${request.stack} in Azure?`)) return undefined;
  screen.err("Nothing was changed.");
  return interrupt.asked ? 130 : 1;
}

async function asked(question: string): Promise<boolean> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt
    .question(`${question} [y/N] `, { signal: stop.signal })
    .catch(() => "no");
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

// `recover`: one stack of the project in this folder, with the installed pulumi.
import { createInterface } from "node:readline/promises";
import type { Issue } from "../../rules/issue.js";
import { chooseStack, readProject } from "../doctor/stack-files.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import { mendCheckpoint } from "./damaged-checkpoint.js";
import { keptCopy } from "./kept-copy.js";
import { isIdle, locksInFolder } from "./lock-owner.js";
import { operatorPlace } from "./operator-place.js";
import { PulumiRefused, pulumiEngine } from "./pulumi-engine.js";
import { recoverStack } from "./recover.js";

export interface RecoverOptions {
  /** @default the only one */
  readonly stack?: string;
  /** Do not ask. @default false */
  readonly yes?: boolean;
}

export async function recover(
  surroundings: Surroundings,
  { stack: named, yes = false }: RecoverOptions,
): Promise<Report> {
  const { cwd, env, progress } = surroundings;
  const { project, issues } = readProject(cwd);
  if (project === undefined) return failed(issues);
  const chosen = chooseStack(project, named);
  if (chosen.issues.length > 0) return failed(chosen.issues);
  if (chosen.stack === undefined) return failed([noStack(project.stacks)]);
  const { stack, values } = chosen.stack;
  const engine = pulumiEngine(surroundings, stack);
  try {
    progress(`Looking what the last run of ${stack} has left ...`);
    const url = env["PULUMI_BACKEND_URL"] ?? (await engine.backendUrl());
    const place = { project: project.name, stack };
    for (const line of isIdle(url, place) ? mendCheckpoint(url, place) : []) progress(`  ${line}`);
    const recovery = await recoverStack({
      stack,
      engine,
      ...operatorPlace(env, values, project.name),
      locks: locksInFolder(url, place),
      agree: async (lines) => {
        for (const line of lines) progress(`  ${line}`);
        return yes || (await saidYes());
      },
      keepCopy: (state) => keptCopy(cwd, stack, state),
    });
    if (recovery.declined) return failed([declined(stack)]);
    const { done } = recovery;
    const lines = done.length === 0 ? [`The state of ${stack} needs no recovery.`] : done;
    return {
      lines: [...lines, ...(done.length === 0 ? [] : [`Now run pulumi up --stack ${stack}.`])],
      issues: recovery.issues,
      data: { stack, done },
    };
  } catch (error) {
    if (error instanceof PulumiRefused) return failed([error.issue]);
    throw error;
  }
}

function failed(issues: readonly Issue[]): Report {
  return { lines: [], issues };
}

function noStack(stacks: readonly { readonly stack: string }[]): Issue {
  return {
    path: "--stack",
    rule: "must be given where a project has several stacks",
    whose: "this package",
    fix: `Choose one of ${stacks.map(({ stack }) => stack).join(", ")}.`,
  };
}

function declined(stack: string): Issue {
  return {
    path: `stack ${stack}`,
    rule: "is recovered only after a yes, so nothing was changed",
    whose: "this package",
    fix: "Run this again on a terminal and say y, or add --yes.",
  };
}

async function saidYes(): Promise<boolean> {
  if (process.stdin.isTTY !== true) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question("Do this? [y/N] ").catch(() => "no");
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

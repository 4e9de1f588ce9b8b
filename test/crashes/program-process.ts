// The process that runs a stack's program, so that it can be killed: one operation for each message, as `npm run stack` does it.
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import registerCallingBot from "../../index.js";
import { mendState, recoverBeforeRun } from "../../scripts/stack-recovery.js";
import { openStack, runStack } from "../../scripts/stack-run.js";
import type { ProgramAnswer, ProgramRequest } from "./program.js";

process.on("message", async (request: ProgramRequest) => {
  process.send?.(await performed(request));
});
process.send?.({ ready: true });

async function performed(request: ProgramRequest): Promise<ProgramAnswer> {
  const { stackName, workDir, operation, copies } = request;
  let recovered: readonly string[] = [];
  try {
    mendState(process.env, { project: "teams-calling-bot", stack: stackName });
    const stack = await openStack({
      stackName,
      workDir,
      program: registerCallingBot,
      engine: await PulumiCommand.get(),
      create: true,
    });
    const recovery = await recoverBeforeRun(stack, { copies, agree: async () => true });
    recovered = recovery?.done ?? [];
    const [issue] = recovery?.issues ?? [];
    if (issue !== undefined) return { recovered, problem: JSON.stringify(issue) };
    await runStack(stack, { operation });
    return { recovered };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
    return { recovered, problem: `${error instanceof Error ? error.message : error}\n${cause}` };
  }
}

// The demo itself, in the environment of a local cloud (see demo.ts): up, up again, read back, destroy.
import { join } from "node:path";
import { type OutputMap, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import pc from "picocolors";
import { timelineLines } from "../commands/rehearse/timeline-lines.js";
import { formatIssue } from "../rules/issue.js";
import { parseOutputs, type StackOutputs } from "../rules/outputs.js";
import { callBot, isRefused, startAnsweringBot, takeConsentAway } from "./demo-calls.js";
import { askByPage, invitation } from "./demo-kept.js";
import { localFolder, pathsInLocalFolder, projectRoot } from "./project-paths.js";
import { type CloudAccess, cloudAccess, leftOvers, readBack } from "./read-back.js";
import { type ShownRun, showRun } from "./show-run.js";
import { copyForLocalRun } from "./stack-files.js";
import { openStack, type StackOperation } from "./stack-run.js";
import { openTerminal } from "./terminal.js";

const STACK = "local";
const PROJECT = "teams-calling-bot";

/** The demo found something that is not as it should be; the message says what. */
class DemoFailed extends Error {}

const { screen, interrupt } = openTerminal();
const colours = pc.createColors(screen.display.colour);

try {
  await demo(process.argv.includes("--keep"));
} catch (error) {
  if (!(error instanceof DemoFailed)) throw error;
  screen.err(`\nThe demo failed: ${error.message}`);
  process.exitCode = interrupt.asked ? 130 : 1;
}

async function demo(keep: boolean): Promise<void> {
  const access = cloudAccess(process.env);
  const workDir = join(pathsInLocalFolder(localFolder()).runs, STACK);
  await copyForLocalRun(projectRoot, STACK, workDir);
  const stack = await openStack({
    stackName: STACK,
    workDir,
    program: async () => (await import("../index.js")).default(),
    engine: await PulumiCommand.get(),
    create: true,
  });

  chapter("1. Register the bot");
  const outputs = registrationOf((await run(stack, "up")).outputs);

  chapter("2. The same again: nothing may change");
  const again = await run(stack, "up", { showOutputs: false });
  if (again.report.steps.length > 0) throw new DemoFailed("the second up changed something.");

  chapter("3. Read back by Microsoft Graph's client and Azure's Bot Service client");
  const registered = await readBack(access, outputs);
  compare(outputs, { ...registered });

  chapter("4. Call it, without Teams: the example bot stands behind its webhook");
  await callTheBot(access, outputs);

  if (keep) {
    chapter("Kept: customers' administrators are asked by a page of the bot's own");
    await askByPage(stack);
    const asking = registrationOf((await run(stack, "up", { showOutputs: false })).outputs);
    screen.out(invitation(asking, process.env));
    await untilInterrupted();
  }

  chapter("5. Take it away");
  await run(stack, "destroy");
  const left = await leftOvers(access, PROJECT);
  if (left.length > 0) throw new DemoFailed(`these are left over: ${left.join(", ")}.`);
  screen.out(
    "Nothing is left on the local cloud, but the application in its directory's recycle bin.",
  );
}

/** A call that is answered, and the same call once nobody consents any more. */
async function callTheBot(access: CloudAccess, outputs: StackOutputs): Promise<void> {
  const bot = await startAnsweringBot(access, outputs);
  try {
    const answered = await callBot(outputs.appId);
    for (const line of timelineLines([answered], colours)) screen.out(line);
    if (answered.end !== "hungUpByBot") throw new DemoFailed("the bot did not answer its call.");

    const taken = await takeConsentAway(access, outputs);
    screen.out(`\nAn administrator takes consent away: ${taken.join(", ")}. The same call again:`);
    const refused = await callBot(outputs.appId);
    for (const line of timelineLines([refused], colours)) screen.out(line);
    if (!isRefused(refused)) throw new DemoFailed("a bot without consent could answer.");
  } finally {
    await bot.stop();
  }
}

async function run(
  stack: Stack,
  operation: StackOperation,
  { showOutputs = true } = {},
): Promise<ShownRun> {
  const shown = await showRun(stack, {
    operation,
    showOutputs,
    destination: "local cloud",
    screen,
    isCancelled: () => interrupt.asked,
  });
  if (shown.exitCode !== 0) throw new DemoFailed(`${operation} did not succeed.`);
  return shown;
}

function registrationOf(outputs: OutputMap): StackOutputs {
  const plain = Object.entries(outputs).map(([name, { value }]) => [name, value]);
  const { outputs: registration, issues } = parseOutputs(Object.fromEntries(plain));
  if (registration !== undefined) return registration;
  throw new DemoFailed(
    `the outputs are not of the documented shape: ${issues.map(formatIssue).join(" ")}`,
  );
}

/** Each fact beside the stack's output of the same name; a difference fails the demo. */
function compare(outputs: StackOutputs, registered: Readonly<Record<string, unknown>>): void {
  const expected: Readonly<Record<string, unknown>> = {
    ...outputs,
    permissions: outputs.permissions.map(({ value }) => value).sort(),
    grantedPermissions: [...outputs.grantedPermissions].sort(),
    callingEnabled: true,
  };
  const differing = Object.entries(registered).filter(([name, value]) => {
    const agrees = JSON.stringify(value) === JSON.stringify(expected[name]);
    const mark = agrees ? colours.green("=") : colours.red("differs from");
    screen.out(`  ${name} ${mark} ${JSON.stringify(value)}`);
    return !agrees;
  });
  if (differing.length === 0) return;
  const names = differing.map(([name]) => name).join(", ");
  throw new DemoFailed(`read back and stack outputs do not agree on ${names}.`);
}

async function untilInterrupted(): Promise<void> {
  const cancelling = { ...interrupt };
  interrupt.message = undefined;
  await new Promise<void>((resolve) => {
    // The timer keeps the process alive: a signal handler alone does not.
    const alive = setInterval(() => {
      if (!interrupt.asked) return;
      clearInterval(alive);
      resolve();
    }, 100);
  });
  Object.assign(interrupt, cancelling);
}

function chapter(title: string): void {
  screen.out(`\n${colours.bold(colours.cyan(title))}`);
}

// Runs one operation of a program in a process of its own, as `npm run stack` does: a check that fails late ends a program
// through an error that nobody handles, which would end a test runner too. Its one argument is the request as JSON.
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { showRun } from "../../scripts/show-run.js";
import { openStack } from "../../scripts/stack-run.js";

const { module, exportName, operation, stackName, workDir } = JSON.parse(process.argv[2] ?? "{}");
const stack = await openStack({
  stackName,
  workDir,
  program: async () => (await import(module))[exportName](),
  engine: await PulumiCommand.get(),
  create: true,
});
const { exitCode } = await showRun(stack, {
  operation,
  destination: "local cloud",
  screen: {
    display: { colour: false, diff: false },
    json: false,
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stdout.write(`${text}\n`),
  },
});
process.exitCode = exitCode;

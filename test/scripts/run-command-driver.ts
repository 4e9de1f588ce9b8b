// Runs a command as the scripts do, for run-command.test.ts. Arguments: "shared" or "held", the command.

import { runCommand } from "../../scripts/run-command.js";

const [interrupts, command = "", ...args] = process.argv.slice(2);
process.exitCode = await runCommand(command, args, {
  environment: process.env,
  interrupts: interrupts === "held" ? "held" : "shared",
});

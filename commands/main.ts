#!/usr/bin/env node
// The `teams-calling-bot` command line: the only file that touches argv, standard output and exit codes.
import { createRequire } from "node:module";
import { Command, CommanderError } from "commander";
import pc from "picocolors";
import { z } from "zod";
import { COMMANDS } from "./command-table.js";
import { MISUSED, printed } from "./report.js";
import type { Surroundings } from "./surroundings.js";

const surroundings: Surroundings = {
  cwd: process.cwd(),
  env: process.env,
  progress: (line) => void process.stderr.write(`${line}\n`),
  finish: (report, { json = false }) => {
    const palettes = { palette: coloursOn(process.stderr), outPalette: coloursOn(process.stdout) };
    const { out, err, exitCode } = printed(report, { json, ...palettes });
    process.stderr.write(err);
    process.stdout.write(out);
    process.exitCode = exitCode;
  },
};

function coloursOn(stream: { readonly isTTY?: boolean }) {
  return pc.createColors(pc.isColorSupported && stream.isTTY === true);
}

/** All commands by name; only the one that is asked for is loaded. */
async function programFor(args: readonly string[]): Promise<Command> {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const wanted = words[0] === "help" ? words[1] : words[0];
  const program = new Command("teams-calling-bot")
    .description("Registers a Microsoft Teams calls-and-meetings bot, and keeps it working.")
    .version(version())
    .showHelpAfterError("(add --help to see what is possible)")
    .exitOverride();
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).summary(summary).description(sentence(summary));
    if (name === wanted) (await load())(command, surroundings);
  }
  return program;
}

function sentence(summary: string): string {
  return `${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`;
}

function version(): string {
  const own: unknown = createRequire(import.meta.url)("teams-calling-bot/package.json");
  return z.object({ version: z.string() }).parse(own).version;
}

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  const args = process.argv.slice(2);
  await (await programFor(args)).parseAsync(args, { from: "user" });
  // A question to the network that nobody waits for any more, such as for a name, must not keep the process.
  setTimeout(() => process.exit(), 1_000).unref();
} catch (error) {
  // commander has printed already what it throws.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSED;
  else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${coloursOn(process.stderr).red("error:")} ${message}\n`);
    process.exitCode = 1;
  }
}

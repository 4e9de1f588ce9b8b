// A stack file as the engine hands it over, for tests that run it in a program of their own.
import { parse } from "yaml";
import { z } from "zod";
import { readStackConfig, type StackConfig } from "../../rules/config.js";

const StackFile = z.object({ config: z.record(z.string(), z.unknown()) });

/** What the text of a stack file says; throws when it says something wrong. */
export function botConfig(text: string): StackConfig {
  const { config } = StackFile.parse(parse(text));
  const entries = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const values = Object.fromEntries(entries);
  const read = readStackConfig({ project: "teams-calling-bot", values, secretKeys: [] });
  if (read.config === undefined) throw new Error(JSON.stringify(read.issues));
  return read.config;
}

// The program that `pulumi up` runs: the stack's configuration, one calling bot, the stack's outputs.
import * as pulumi from "@pulumi/pulumi";
import { CallingBot, stackOutputs } from "./components/index.js";
import { readStackConfig } from "./rules/config.js";
import { RulesError } from "./rules/issue.js";

export default async function registerCallingBot() {
  const values = pulumi.runtime.allConfig();
  const secretKeys = Object.keys(values).filter(isSecret);
  const { config, issues } = readStackConfig({
    project: pulumi.getProject(),
    values,
    secretKeys,
    environment: process.env,
  });
  // Pulumi prints a RunError as it is; any other error comes with a stack.
  if (config === undefined) {
    throw new pulumi.RunError(new RulesError(issues, { nothingWasCreated: true }).message);
  }
  return stackOutputs(new CallingBot("bot", config));
}

/** Whether the engine marks a configuration key as secret: @pulumi/pulumi knows, but leaves it out of its types. */
function isSecret(key: string): boolean {
  const ask: unknown = Reflect.get(pulumi.runtime, "isConfigSecret");
  return typeof ask === "function" && ask(key) === true;
}

// The process that download-engine.ts starts and, when nothing arrives, ends.
// Arguments: version, folder. Prints one line on standard error and exits 1 when it fails.

import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { SemVer } from "semver";

const [version = "", root = ""] = process.argv.slice(2);
try {
  await PulumiCommand.install({ version: new SemVer(version), root });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const reason = /stderr: (.+)/.exec(message)?.[1] ?? message.split("\n")[0];
  process.stderr.write(`${reason}\n`);
  process.exitCode = 1;
}

// Asks the Pulumi command line for the outputs of a stack.
import { execFile } from "node:child_process";
import type { Issue } from "../../rules/issue.js";
import type { Surroundings } from "../surroundings.js";

const PATIENCE_MS = 120_000;
const MOST_BYTES = 16 * 1024 * 1024;

/** What `pulumi stack output --json` prints, or why it prints nothing. Secret outputs stay hidden. */
export function pulumiOutputs(
  { cwd, env }: Surroundings,
  stack: string | undefined,
): Promise<{ bytes?: Uint8Array; issues: Issue[] }> {
  const of = stack === undefined ? [] : ["--stack", stack];
  const args = ["stack", "output", "--json", "--non-interactive", ...of];
  const options = {
    cwd,
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: PATIENCE_MS,
    maxBuffer: MOST_BYTES,
    encoding: "buffer" as const,
    windowsHide: true,
  };
  return new Promise((resolve) => {
    execFile("pulumi", args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ bytes: stdout, issues: [] });
      else resolve({ issues: [refusal(error, stderr.toString("utf8"), stack)] });
    });
  });
}

function refusal(error: Error, stderr: string, stack: string | undefined): Issue {
  const path = stack === undefined ? "the selected stack" : `stack ${stack}`;
  if (Reflect.get(error, "code") === "ENOENT") {
    return {
      path,
      rule: "cannot be read, because the command pulumi is not found",
      whose: "Pulumi",
      fix: "Put it on the PATH, or give --outputs a file with what pulumi stack output --json prints.",
    };
  }
  const said = stderr
    .split(/\r?\n/)
    .find((line) => line.startsWith("error: "))
    ?.slice("error: ".length);
  const why = Reflect.get(error, "killed") === true ? "it did not answer in time" : said;
  return {
    path,
    rule: `cannot be read: ${(why ?? "pulumi stack output failed").replace(/\.$/, "")}`,
    whose: "Pulumi",
    fix: "Run pulumi stack ls in the project's folder for the names, and pulumi login if the backend is another.",
  };
}

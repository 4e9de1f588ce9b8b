// The engine as the installed pulumi command runs it, in the folder of the person's project.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Issue } from "../../rules/issue.js";
import type { Surroundings } from "../surroundings.js";
import { lastRunOf, lockIn, type StackEngine } from "./stack-engine.js";

/** pulumi refused, or is not there. */
export class PulumiRefused extends Error {
  override readonly name = "PulumiRefused";
  constructor(readonly issue: Issue) {
    super(issue.rule);
  }
}

const PATIENCE_MS = 600_000;
const MOST_BYTES = 256 * 1024 * 1024;

const History = z.array(
  z.object({ kind: z.string(), result: z.string(), startTime: z.string(), endTime: z.string() }),
);
const Preview = z.object({
  steps: z.array(z.object({ op: z.string(), newState: z.unknown() })).default([]),
});

/** All methods reject with PulumiRefused. */
export function pulumiEngine(
  surroundings: Pick<Surroundings, "cwd" | "env">,
  stack: string,
): StackEngine & { backendUrl(): Promise<string | undefined> } {
  const ask = (...args: string[]) => pulumi(surroundings, stack, [...args, "--stack", stack]);
  return {
    exportState: async () => jsonOf(stack, await ask("stack", "export")),
    importState: (state) =>
      withFile(JSON.stringify(state), async (file) => {
        await ask("stack", "import", "--file", file);
      }),
    cancel: async () => {
      await ask("cancel", "--yes");
    },
    lastRun: async () => {
      const text = await ask("stack", "history", "--json", "--page-size", "1");
      return lastRunOf(History.parse(jsonOf(stack, text)));
    },
    plannedCreates: async () => {
      // A preview that fails has planned what it came to; the next update says why it failed.
      const text = await ask("preview", "--json").catch((error: unknown) =>
        error instanceof PreviewFailed ? error.planned : Promise.reject(error),
      );
      const { steps } = Preview.parse(jsonOf(stack, text));
      return steps.flatMap(({ op, newState }) =>
        op === "create" || op === "create-replacement" ? [newState] : [],
      );
    },
    backendUrl: async () => {
      const text = await pulumi(surroundings, stack, ["whoami", "--verbose", "--json"]);
      return z.object({ url: z.string().optional() }).parse(jsonOf(stack, text)).url;
    },
  };
}

/** A preview ended with an error, after it had printed its plan. */
class PreviewFailed extends Error {
  constructor(readonly planned: string) {
    super("the preview failed");
  }
}

function pulumi(
  { cwd, env }: Pick<Surroundings, "cwd" | "env">,
  stack: string,
  args: readonly string[],
): Promise<string> {
  const options = {
    cwd,
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: PATIENCE_MS,
    maxBuffer: MOST_BYTES,
    windowsHide: true,
  };
  return new Promise((resolve, reject) => {
    execFile("pulumi", [...args, "--non-interactive"], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (args[0] === "preview" && stdout.trimStart().startsWith("{"))
        reject(new PreviewFailed(stdout));
      else reject(lockIn(stderr) ?? new PulumiRefused(refusal(error, stderr, stack)));
    });
  });
}

function refusal(error: Error, stderr: string, stack: string): Issue {
  const path = `stack ${stack}`;
  if (Reflect.get(error, "code") === "ENOENT") {
    const rule = "cannot be recovered, because the command pulumi is not found";
    return { path, rule, whose: "Pulumi", fix: "Put it on the PATH." };
  }
  const said = stderr.split(/\r?\n/).find((line) => line.startsWith("error: "));
  const why = (said ?? "error: pulumi failed").slice("error: ".length).replace(/\.$/, "");
  return {
    path,
    rule: `cannot be recovered: ${why}`,
    whose: "Pulumi",
    fix: "Run pulumi stack ls in the project's folder for the names, and pulumi login if the backend is another.",
  };
}

function jsonOf(stack: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const issue = {
      path: `stack ${stack}`,
      rule: "must be answered for in JSON, and pulumi printed something else",
      whose: "Pulumi",
      fix: "Update pulumi.",
    };
    throw new PulumiRefused(issue);
  }
}

async function withFile(content: string, work: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "teams-calling-bot-"));
  try {
    const path = join(folder, "state.json");
    writeFileSync(path, content, { mode: 0o600 });
    await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

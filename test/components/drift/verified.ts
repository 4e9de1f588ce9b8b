// What `verify` says of a bot at this moment, whose webhook is really served.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckResult } from "../../../commands/checks/run-checks.js";
import { verify } from "../../../commands/verify/verify.js";
import { certificate, serveBot, surroundingsOf } from "../../commands/verify-under-test.js";

/** Another bot of the stack is not in the outputs of this one. */
const OF_OTHERS = ["left-overs", "left-over-resources"];

/** Ids of the checks that do not pass, sorted; those that are skipped are left out. */
export async function complaints(outputs: unknown, webhook: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "drift-verify-"));
  const file = join(folder, "outputs.json");
  writeFileSync(file, JSON.stringify(outputs));
  const own = await certificate({ names: [new URL(webhook).hostname] });
  const server = await serveBot(own, (_, answer) => answer.writeHead(401).end());
  const { surroundings } = surroundingsOf(process.env, folder);
  try {
    const { data } = await verify(surroundings, { outputs: file }, server.network);
    const results = (data?.["results"] ?? []) as CheckResult[];
    return results
      .filter(({ status }) => status !== "pass" && status !== "skip")
      .map(({ id }) => id)
      .filter((id) => !OF_OTHERS.includes(id))
      .sort();
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

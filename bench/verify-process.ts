// `verify` on one bot and on many, at the same latency of every service: what a stack of many bots costs somebody who waits.
// Runs in the environment of a local cloud in another process, as on a machine that asks Azure.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckResult } from "../commands/checks/run-checks.js";
import { verify } from "../commands/verify/verify.js";
import { certificate, serveBot, surroundingsOf } from "../test/commands/verify-under-test.js";
import { registerBots, WEBHOOK_HOST } from "./registered-bots.js";
import { clearLatencies, delayEverything } from "./service-latencies.js";

const { bots, latency, json }: { bots: number; latency: number; json: boolean } = JSON.parse(
  process.argv[2] ?? "{}",
);
const folder = mkdtempSync(join(tmpdir(), "bench-verify-"));
const server = await serveBot(await certificate({ names: [WEBHOOK_HOST] }), (_, answer) => {
  setTimeout(() => answer.writeHead(401).end(), latency);
});
try {
  const registered = await registerBots(bots);
  const [first] = Object.entries(registered);
  if (first === undefined) throw new Error("no bot was registered");
  const one = Object.fromEntries([first]);
  // The first run loads libraries, which no later one of this process does.
  await seconds(one);
  await delayEverything(["arm", "graph"], latency);
  const single = await median(one);
  const many = await median(registered);
  await clearLatencies();
  const ratio = many / single;
  const result = { bots, latency, secondsOfOne: single, secondsOfAll: many, ratio };
  process.stdout.write(
    json
      ? `${JSON.stringify(result, undefined, 2)}\n`
      : `verify at ${latency} ms a request: 1 bot ${single.toFixed(2)} s, ${bots} bots ${many.toFixed(2)} s, ratio ${ratio.toFixed(2)}\n`,
  );
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

async function median(outputs: object): Promise<number> {
  const times = [await seconds(outputs), await seconds(outputs), await seconds(outputs)];
  return times.sort((a, b) => a - b)[1] ?? Number.NaN;
}

/** Of one whole `verify`, in which nothing may fail or stay unknown. */
async function seconds(outputs: object): Promise<number> {
  writeFileSync(join(folder, "outputs.json"), JSON.stringify(outputs));
  const { surroundings } = surroundingsOf(process.env, folder);
  const began = performance.now();
  const report = await verify(surroundings, { outputs: "outputs.json" }, server.network);
  const took = (performance.now() - began) / 1000;
  if (report.exitCode === 0) return took;
  const results = (report.data?.["results"] ?? []) as CheckResult[];
  const wrong = results.filter((one) => one.status === "fail" || one.unknown !== undefined);
  throw new Error(`verify does not pass: ${wrong[0]?.id}: ${wrong[0]?.finding}`);
}

// Goes through all moments of all stacks, one after the other. Its one argument is what main.ts was asked for, as JSON.
import { join } from "node:path";
import { nameOf } from "./crash-points.js";
import { crashStacks, LIVES } from "./crash-stacks.js";
import { rehearse } from "./rehearsal.js";

const { folder, tls, stack, operation, victim, only = "" } = JSON.parse(process.argv[2] ?? "{}");
const wanted = (value: string, choice: string | undefined) =>
  choice === undefined || value === choice;
const began = Date.now();
let [count, failures, never] = [0, 0, 0];
for (const stackName of [...Object.keys(crashStacks("")), ...Object.keys(LIVES)].filter((name) =>
  wanted(name, stack),
)) {
  const { points, crash } = await rehearse(join(folder, stackName), tls, stackName);
  for (const point of points) {
    const name = nameOf(point);
    if (!wanted(point.operation, operation) || !wanted(point.victim, victim)) continue;
    if (!name.includes(only)) continue;
    const { struck, problems, recovered } = await crash(point);
    count++;
    if (!struck) never++;
    if (problems.length > 0) failures++;
    const verdict = problems.length > 0 ? "WRONG" : struck ? "ok" : "never came";
    process.stdout.write(`${verdict.padEnd(10)} ${name}\n`);
    if (problems.length === 0) continue;
    for (const line of [...recovered, ...problems]) process.stdout.write(`           ${line}\n`);
  }
}
const seconds = Math.round((Date.now() - began) / 1000);
process.stdout.write(`${count} moments, ${failures} wrong, ${never} never came, ${seconds} s\n`);
process.exitCode = failures === 0 ? 0 : 1;

// The process that faults.ts starts. Prints a line for each life of the stack that did not end as without faults, or needed
// another run, and how many there were of each.
import { z } from "zod";
import type { FaultRule } from "../../local-cloud/http/faults.js";
import { startDeployableCloud } from "../support/test-stack.js";
import { DisturbedStack, OPERATIONS, type Operation } from "./disturbed-run.js";
import { FAULT_FORMS, type FaultForm, faultAt } from "./fault-forms.js";
import { nameOf, type RecordedCall } from "./recorded-calls.js";

const options = z
  .object({ form: z.string(), call: z.string(), together: z.boolean() })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const cloud = await startDeployableCloud();
const stack = await DisturbedStack.start(cloud);
const counts = { cases: 0, unnoticed: 0, "another run": 0, "left different": 0 };
for (const operation of OPERATIONS) {
  const calls = stack.reference.calls[operation];
  process.stdout.write(`${operation}: ${calls.length} calls\n`);
}

for (const form of FAULT_FORMS.filter(({ name }) => name.includes(options.form))) {
  const wanted = (operation: Operation) =>
    stack.reference.calls[operation].filter(
      (call) => (form.befalls?.(call) ?? true) && nameOf(call).includes(options.call),
    );
  const calls = { up: wanted("up"), refresh: wanted("refresh"), destroy: wanted("destroy") };
  if (options.together) await together(form, calls);
  else await oneAtATime(form, calls);
}
process.stdout.write(`${JSON.stringify(counts)}\n`);
await cloud.remove();
stack.remove();

type Calls = Readonly<Record<Operation, readonly RecordedCall[]>>;

async function together(form: FaultForm, calls: Calls): Promise<void> {
  const first = (operation: Operation) => calls[operation].filter(({ skip }) => skip === 0);
  await live(form, { up: first("up"), refresh: first("refresh"), destroy: first("destroy") });
}

/** A life has one call of each operation fail: three cases at once, as each operation ends before the next begins. */
async function oneAtATime(form: FaultForm, calls: Calls): Promise<void> {
  const most = Math.max(...OPERATIONS.map((operation) => calls[operation].length));
  for (let i = 0; i < most; i++) {
    const one = (operation: Operation) => calls[operation].slice(i, i + 1);
    await live(form, { up: one("up"), refresh: one("refresh"), destroy: one("destroy") });
  }
}

async function live(form: FaultForm, calls: Calls): Promise<void> {
  process.stderr.write(
    `${form.name}: ${OPERATIONS.map((operation) => `${calls[operation].length} of ${operation}`).join(", ")}\n`,
  );
  if (options.call) process.stderr.write(`${calls.up.map(nameOf)}\n`);
  const rules = (operation: Operation): FaultRule[] =>
    calls[operation].map((call) => faultAt(form, call));
  const outcomes = await stack.live({
    up: rules("up"),
    refresh: rules("refresh"),
    destroy: rules("destroy"),
  });
  for (const [i, { error, runs, differences }] of outcomes.entries()) {
    const operation = OPERATIONS[i] ?? "up";
    if (calls[operation].length === 0) continue;
    counts.cases += calls[operation].length;
    if (differences.length > 0) counts["left different"] += 1;
    else if (runs > 1) counts["another run"] += 1;
    else counts.unnoticed += 1;
    if (error === undefined && differences.length === 0) continue;
    const where = calls[operation].length === 1 ? calls[operation].map(nameOf).join() : "all calls";
    process.stdout.write(`\n${operation}, ${form.name}, ${where}: ${runs} runs\n`);
    process.stdout.write(`${firstError(error)}\n`);
    for (const line of differences) process.stdout.write(`  ${line.slice(0, 300)}\n`);
  }
}

function firstError(text: string | undefined): string {
  return (
    text
      ?.split("\n")
      .find((line) => /error:/.test(line))
      ?.trim()
      .slice(0, 400) ?? "  no error"
  );
}

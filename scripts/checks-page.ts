// docs/checks.md, from the checks themselves.
import type { Check } from "../commands/checks/check.js";
import { DOCTOR_CHECKS } from "../commands/doctor/doctor-checks.js";
import { JUDGEMENTS } from "../commands/rehearse/judge-rehearsal.js";
import { VERIFY_CHECKS } from "../commands/verify/verify-checks.js";
import { code, table } from "./markdown-table.js";

/** The page, as it must stand in docs/. */
export function checksPage(): string {
  return [
    "# Checks",
    "",
    "Written by `npm run docs` from `commands/`; do not edit.",
    "",
    "Each check reads, changes nothing, and comes out as `pass`, `warn`, `fail` or `skip`. What cannot be known is `skip` with the",
    "reason, never `pass`. The exit code is 0 when nothing failed, 1 when something did, and 2 when nothing failed but something could",
    "not be looked at (no sign-in, a right that is missing, a service that does not answer). Rights that nothing else needs, such as",
    "`Policy.Read.All`, are no reason for a 2: without them their checks are skipped, and say so. How to run them in a pipeline:",
    "[docs/pipelines.md](pipelines.md).",
    "",
    "## `teams-calling-bot doctor`: before `pulumi up`",
    ...rows(DOCTOR_CHECKS),
    "",
    "## `teams-calling-bot verify`: after `pulumi up`",
    ...rows(VERIFY_CHECKS),
    "",
    "## What people see, and which check explains it",
    ...table(["symptom", "check"], symptoms()),
    "",
  ].join("\n");
}

function rows<Context>(checks: readonly Check<Context>[]): string[] {
  return table(
    ["check", "passes when"],
    checks.map(({ id, title }) => [code(id), title]),
  );
}

/** A row a symptom, with every check that knows it. */
function symptoms(): string[][] {
  const known = [
    ...named("doctor", DOCTOR_CHECKS),
    ...named("verify", VERIFY_CHECKS),
    ...named("rehearse", JUDGEMENTS),
  ];
  const all = [...new Set(known.flatMap(({ explains }) => explains))];
  return all.map((symptom) => {
    const checks = known.filter(({ explains }) => explains.includes(symptom));
    return [symptom, checks.map(({ command, id }) => `${command} ${code(id)}`).join(", ")];
  });
}

function named(command: string, checks: readonly Pick<Check<never>, "id" | "explains">[]) {
  return checks.map(({ id, explains = [] }) => ({ command, id, explains }));
}

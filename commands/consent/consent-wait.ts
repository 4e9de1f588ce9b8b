// `consent wait`: asks until everything is granted, with a deadline.
import { setTimeout as pause } from "node:timers/promises";
import { ConsentState } from "../../rules/consent-state.js";
import { mayPass } from "../../rules/consent-unknown.js";
import { readDuration } from "../duration.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import {
  type ConsentQuestion,
  consentQuestion,
  countedJudgements,
  judgeAll,
  type StatusOptions,
  statusReport,
} from "./consent-status.js";
import type { Judgement } from "./judge-tenant.js";

export interface WaitOptions extends StatusOptions {
  /** How long to wait at most, such as `90s`, `15m` or `1h`. */
  readonly timeout: string;
}

/** How often to ask, in milliseconds. */
export const ASK_EVERY_MS = 5_000;

/** @param everyMs how often to ask. @default {@link ASK_EVERY_MS} */
export async function consentWait(
  surroundings: Surroundings,
  options: WaitOptions,
  everyMs = ASK_EVERY_MS,
): Promise<Report> {
  const { milliseconds, issues: unclear } = readDuration("--timeout", options.timeout);
  if (milliseconds === undefined) return { lines: [], issues: unclear };
  const { question, issues } = await consentQuestion(surroundings, options);
  if (question === undefined) return { lines: [], issues };
  for (const { tenant, link } of question.targets) {
    if (link !== undefined) surroundings.progress(`Waiting for tenant ${tenant}: ${link}`);
  }
  const judgements = await untilSettled(surroundings, question, { milliseconds, everyMs });
  const report = statusReport(question, judgements);
  const afterIssues = isHopeless(judgements)
    ? "Waiting was ended: this does not pass by itself."
    : `Waited for ${options.timeout}.`;
  return { ...report, afterIssues };
}

async function untilSettled(
  surroundings: Surroundings,
  question: ConsentQuestion,
  { milliseconds, everyMs }: { readonly milliseconds: number; readonly everyMs: number },
): Promise<Judgement[]> {
  const deadline = Date.now() + milliseconds;
  let said = "";
  for (;;) {
    const judgements = await judgeAll(question);
    const now = progressOf(judgements);
    if (now !== said) surroundings.progress(now);
    said = now;
    const left = deadline - Date.now();
    if (isGranted(judgements) || isHopeless(judgements) || left <= 0) return judgements;
    await pause(Math.min(everyMs, left));
  }
}

function isGranted(judgements: readonly Judgement[]): boolean {
  return countedJudgements(judgements).every(
    ({ consent }) => consent.state === ConsentState.Granted,
  );
}

/** Whether a tenant cannot be judged now and could not later: nobody should wait for that. */
function isHopeless(judgements: readonly Judgement[]): boolean {
  return countedJudgements(judgements).some(
    ({ problem }) => problem !== undefined && !mayPass(problem),
  );
}

function progressOf(judgements: readonly Judgement[]): string {
  const parts = judgements.map(({ consent: { tenant, state, missing = [] } }) =>
    missing.length === 0
      ? `${tenant} ${state}`
      : `${tenant} ${state}, missing ${missing.join(", ")}`,
  );
  return parts.join("; ");
}

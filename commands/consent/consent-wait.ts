// `consent wait`: asks until everything is granted, with a deadline.
import { setTimeout as pause } from "node:timers/promises";
import { ConsentState } from "../../rules/consent-state.js";
import { mayPass } from "../../rules/consent-unknown.js";
import { durationText, readDuration } from "../duration.js";
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

/** How often something is done, in milliseconds. */
export interface WaitingPace {
  readonly askEveryMs: number;
  /** A line is shown at least so often, so that nobody takes the command for dead. */
  readonly speakEveryMs: number;
}

const PACE: WaitingPace = { askEveryMs: 5_000, speakEveryMs: 60_000 };

/** @param pace @default asks every 5 seconds, speaks every minute and whenever something changes */
export async function consentWait(
  surroundings: Surroundings,
  options: WaitOptions,
  pace = PACE,
): Promise<Report> {
  const { milliseconds, issues: unclear } = readDuration("--timeout", options.timeout);
  if (milliseconds === undefined) return { lines: [], issues: unclear };
  const { question, issues } = await consentQuestion(surroundings, options);
  if (question === undefined) return { lines: [], issues };
  for (const { tenant, link } of question.targets) {
    if (link !== undefined) surroundings.progress(`Waiting for tenant ${tenant}: ${link}`);
  }
  const judgements = await untilSettled(surroundings, question, milliseconds, pace);
  const report = statusReport(question, judgements);
  const afterIssues = isHopeless(judgements)
    ? "Waiting was ended: this does not pass by itself."
    : `Waited for ${options.timeout}.`;
  return { ...report, afterIssues };
}

async function untilSettled(
  { progress }: Surroundings,
  question: ConsentQuestion,
  milliseconds: number,
  { askEveryMs, speakEveryMs }: WaitingPace,
): Promise<Judgement[]> {
  const deadline = Date.now() + milliseconds;
  const said = { text: "", at: 0 };
  for (;;) {
    const judgements = await judgeAll(question);
    const left = deadline - Date.now();
    if (isGranted(judgements) || isHopeless(judgements) || left <= 0) return judgements;
    const text = progressOf(judgements);
    if (text !== said.text || Date.now() - said.at >= speakEveryMs) {
      progress(`${text} (${durationText(left)} left)`);
      Object.assign(said, { text, at: Date.now() });
    }
    await pause(Math.min(askEveryMs, left));
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

// What a bot did right and wrong in a rehearsal: one result for each thing that Teams, or the law of the platform, asks of it.
import type { Outcome } from "../checks/check.js";
import type { CheckResult } from "../checks/run-checks.js";
import { judgeAnswer } from "./judge-answer.js";
import { judgeDelivery } from "./judge-delivery.js";
import { judgeNotifications, judgeRequests } from "./judge-notifications.js";
import { judgeRecording } from "./judge-recording.js";
import { judgeStrangers } from "./judge-strangers.js";
import { judgeToken, type Stage } from "./judge-token.js";
import type { RehearsedCall } from "./rehearsed-call.js";

interface Judgement {
  readonly id: string;
  /** What is true when it passes. */
  readonly title: string;
  /** Symptoms, as people meet them, that it explains. @default none */
  readonly explains?: readonly string[];
  readonly judge: (calls: readonly RehearsedCall[], stage: Stage) => Outcome | undefined;
}

export const JUDGEMENTS: readonly Judgement[] = [
  {
    id: "webhook",
    title: "the webhook can be reached and takes notifications",
    judge: judgeDelivery,
  },
  {
    id: "strangers",
    title: "whoever has no right token is refused",
    judge: judgeStrangers,
  },
  { id: "token", title: "the calling service's own token is accepted", judge: judgeToken },
  {
    id: "answer",
    title: "the call is answered in time",
    judge: judgeAnswer,
  },
  {
    id: "requests",
    title: "Microsoft Graph refuses nothing of what the bot asks",
    explains: [
      "403 with code 7505, Request authorization tenant mismatch",
      "updateRecordingStatus fails with code 8506",
    ],
    judge: judgeRequests,
  },
  { id: "notifications", title: "every notification is taken", judge: judgeNotifications },
  {
    id: "recording-status",
    title: "recording is reported before anything is kept",
    judge: judgeRecording,
  },
];

/** Results in the order of the list; what a scenario says nothing about is left out. */
export function judgeRehearsal(calls: readonly RehearsedCall[], stage: Stage): CheckResult[] {
  return JUDGEMENTS.flatMap(({ id, title, judge }) => {
    const outcome = judge(calls, stage);
    return outcome === undefined ? [] : [{ id, title, ...outcome, milliseconds: 0 }];
  });
}

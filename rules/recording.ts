// Media of a call may not be kept unless Teams was told first. A stack that asks for media access has to say which it is.
import type { Issue } from "./issue.js";
import { findPermission } from "./permissions.js";

/** What the bot's code does with the sound and picture of a call. Required with media access, has no default. */
export enum MediaRecording {
  /** It keeps neither the media nor anything derived from it (no transcript, no summary). */
  Never = "never",
  /** It keeps them only after `updateRecordingStatus` succeeded, and stops before it reports the end. */
  AfterRecordingStatus = "afterRecordingStatus",
}

/**
 * An issue when a requested permission lets the bot hear a call and nothing is said about keeping it.
 * Source: "call: updateRecordingStatus" of Microsoft Graph.
 * @param requested the permissions, however they were asked for
 * @param statement the setting `mediaRecording`; anything given counts, its spelling is the schema's to check
 */
export function checkRecordingStatement(
  requested: readonly { readonly value: string }[],
  statement: string | undefined,
  path = "mediaRecording",
): Issue[] {
  const media = requested.find(({ value }) => findPermission(value)?.touchesMedia);
  if (media === undefined || statement !== undefined) return [];
  return [
    {
      path,
      rule: `must be stated with ${media.value}, because media of a call, or data derived from it, may not be recorded or persisted unless updateRecordingStatus succeeded first`,
      whose: "Microsoft Graph",
      fix: `Set it to "${MediaRecording.Never}" when the bot keeps nothing, or to "${MediaRecording.AfterRecordingStatus}" when it reports the recording status before it keeps anything.`,
    },
  ];
}

// From what a bot does to the least it must be allowed: people state capabilities, the directory knows app roles.
// "Least privileged" is Microsoft's own marking per operation: microsoft-graph-devx-content, permissions/new/permissions.json.

import type { Issue } from "./issue.js";
import { leastSet } from "./least-set.js";
import { checkPermissionNames, findPermission } from "./permissions.js";

/** What a bot does in calls and meetings. `CAPABILITIES` says it in words and holds what each needs. */
export enum Capability {
  AnswerCalls = "answerCalls",
  CallUsers = "callUsers",
  CallGroups = "callGroups",
  JoinMeetings = "joinMeetings",
  JoinMeetingsAsGuest = "joinMeetingsAsGuest",
  AccessMedia = "accessMedia",
  PlayPrompts = "playPrompts",
  RecordResponses = "recordResponses",
  DetectTones = "detectTones",
  ShareScreen = "shareScreen",
  TransferCalls = "transferCalls",
  InviteParticipants = "inviteParticipants",
  ManageParticipants = "manageParticipants",
  RouteAudio = "routeAudio",
  ReportRecordingStatus = "reportRecordingStatus",
  ReadMeetings = "readMeetings",
  ManageMeetings = "manageMeetings",
  FollowMeetingCalls = "followMeetingCalls",
  ReadTranscripts = "readTranscripts",
  ReadRecordings = "readRecordings",
  ReadAttendance = "readAttendance",
  ReadCallRecords = "readCallRecords",
  ReadPresence = "readPresence",
}

/** One line of the table of capabilities. */
export interface CapabilityNeed {
  /** What the bot does, in a person's words. */
  readonly what: string;
  /** App roles of which any one is enough, the least privileged first. */
  readonly anyOf: readonly string[];
}

function need(what: string, ...anyOf: string[]): CapabilityNeed {
  return { what, anyOf };
}

/** What each capability needs. */
export const CAPABILITIES: Readonly<Record<Capability, CapabilityNeed>> = {
  // Microsoft's sources disagree: the page "Working with the communications API" says answering a call to the bot needs no
  // permission, the permission data says Calls.JoinGroupCall.All or its guest form, and without any Calls.* role the
  // caller arrives encrypted ("call: answer"). This is the least with which all three say it works.
  answerCalls: need(
    "Answer calls that people make to the bot",
    "Calls.JoinGroupCall.All",
    "Calls.JoinGroupCallAsGuest.All",
  ),
  callUsers: need("Call one person", "Calls.Initiate.All"),
  callGroups: need("Call several people at once", "Calls.InitiateGroupCall.All"),
  joinMeetings: need("Join group calls and meetings", "Calls.JoinGroupCall.All"),
  joinMeetingsAsGuest: need(
    "Join group calls and meetings as an anonymous guest",
    "Calls.JoinGroupCallAsGuest.All",
  ),
  accessMedia: need(
    "Hear and see what is said and shown in a call, and speak in it",
    "Calls.AccessMedia.All",
  ),
  playPrompts: need(
    "Play recorded prompts, mute itself, list who is in the call",
    "Calls.Initiate.All",
    "Calls.AccessMedia.All",
  ),
  recordResponses: need("Record a caller's short spoken answer", "Calls.AccessMedia.All"),
  detectTones: need("Notice and send dial tones", "Calls.AccessMedia.All"),
  shareScreen: need("Share its screen in a call", "Calls.AccessMedia.All"),
  transferCalls: need("Redirect or transfer a call", "Calls.Initiate.All"),
  inviteParticipants: need("Bring people into a call", "Calls.InitiateGroupCall.All"),
  manageParticipants: need(
    "Mute or remove people in a call",
    "Calls.JoinGroupCall.All",
    "Calls.JoinGroupCallAsGuest.All",
  ),
  routeAudio: need(
    "Choose who hears whom in a group call",
    "Calls.JoinGroupCall.All",
    "Calls.InitiateGroupCall.All",
  ),
  reportRecordingStatus: need(
    "Tell a call that it is being recorded",
    "Calls.AccessMedia.All",
    "Calls.JoinGroupCall.All",
  ),
  readMeetings: need("Look up meetings", "OnlineMeetings.Read.All", "OnlineMeetings.ReadWrite.All"),
  manageMeetings: need("Create, change and delete meetings", "OnlineMeetings.ReadWrite.All"),
  followMeetingCalls: need(
    "Be told when the call of a meeting starts and ends",
    "OnlineMeetings.Read.All",
    "OnlineMeetings.ReadWrite.All",
  ),
  readTranscripts: need("Read the transcripts of meetings", "OnlineMeetingTranscript.Read.All"),
  readRecordings: need("Download the recordings of meetings", "OnlineMeetingRecording.Read.All"),
  readAttendance: need("Read who attended a meeting", "OnlineMeetingArtifact.Read.All"),
  readCallRecords: need("Read who called whom, when and how well", "CallRecords.Read.All"),
  readPresence: need(
    "See whether people are available",
    "Presence.Read.All",
    "Presence.ReadWrite.All",
  ),
};

/** One app role that the application will ask for. */
export interface RequestedPermission {
  readonly value: string;
  /** The app role id in the public cloud; a deployment checks it against the directory. */
  readonly id: string;
  /** Why it is there: `asked for by capability joinMeetings`, `asked for by name`. */
  readonly because: readonly string[];
}

/** What the bot does, what it is allowed by name, or both. */
export interface PermissionWishes {
  /** @default [] */
  readonly capabilities?: readonly Capability[] | undefined;
  /** Names of Graph app roles. @default [] */
  readonly permissions?: readonly string[] | undefined;
}

/**
 * The smallest set of app roles that covers the wishes, sorted by name, with the reason for each.
 * A capability that any one of several roles satisfies adds none when such a role is there already.
 * Issues: a name that is no app role, and wishes that ask for nothing at all.
 */
export function requestedPermissions(wishes: PermissionWishes): {
  requested: RequestedPermission[];
  issues: Issue[];
} {
  const { capabilities = [], permissions = [] } = wishes;
  const issues = checkPermissionNames("permissions", permissions);
  if (capabilities.length === 0 && permissions.length === 0) issues.push(NOTHING_ASKED);

  const named = permissions.flatMap((name) => findPermission(name)?.value ?? []);
  const needs = capabilities.map((capability) => CAPABILITIES[capability].anyOf);
  const reasons = new Map(
    leastSet(named, needs, touchesMedia).map((value) => [value, new Set<string>()]),
  );
  for (const value of named) reasons.get(value)?.add("asked for by name");
  for (const capability of capabilities) {
    const used = CAPABILITIES[capability].anyOf.find((value) => reasons.has(value));
    if (used !== undefined) reasons.get(used)?.add(`asked for by capability ${capability}`);
  }

  const requested = [...reasons].flatMap(([value, because]) => {
    const permission = findPermission(value);
    return permission ? [{ value, id: permission.id, because: [...because] }] : [];
  });
  return { requested, issues };
}

function touchesMedia(value: string): boolean {
  return findPermission(value)?.touchesMedia ?? false;
}

const NOTHING_ASKED: Issue = {
  path: "capabilities",
  rule: "must say what the bot does, unless permissions names app roles",
  whose: "this package",
  fix: `List one or more of ${Object.values(Capability).join(", ")}.`,
};

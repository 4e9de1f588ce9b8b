// The Microsoft Graph app roles a calls-and-meetings bot can need. Data only; permissions.ts reads it.
// Ids and spelling: microsoftgraph/microsoft-graph-devx-content, permissions/permissions-descriptions.json (public cloud).
// That national clouds use the same ids is unverified, so a deployment asks the directory and uses this list as the check.

/** What a permission needs besides admin consent before it works. `demandText` puts each into words. */
export enum Demand {
  /** A Teams PowerShell policy for the users whose meetings the bot handles. */
  ApplicationAccessPolicy = "applicationAccessPolicy",
  /** `updateRecordingStatus` has to succeed before anything of a call is kept. */
  RecordingStatus = "recordingStatus",
  /** A Windows host that carries the media itself (application-hosted media). */
  MediaHost = "mediaHost",
  /** The bot's Teams app installed where it is used. */
  AppInstalled = "appInstalled",
}

/** One Graph app role. */
export interface Permission {
  /** The official spelling, as the Graph service principal has it. */
  readonly value: string;
  /** The app role id (GUID) in the public cloud. */
  readonly id: string;
  /** What it lets the bot do, in a person's words; continues "This lets the bot ...". */
  readonly lets: string;
  /** Whether the sound or picture of a call reaches the bot's own code. */
  readonly touchesMedia: boolean;
  readonly demands: readonly Demand[];
}

function role(value: string, id: string, lets: string, ...demands: Demand[]): Permission {
  return { value, id, lets, touchesMedia: demands.includes(Demand.MediaHost), demands };
}

const { ApplicationAccessPolicy, RecordingStatus, MediaHost, AppInstalled } = Demand;

/** Every permission that this package can request, in no particular order. */
export const PERMISSIONS: readonly Permission[] = [
  role("Calls.Initiate.All", "284383ee-7f6e-4e40-a2a8-e85dcb029101", "call one person"),
  role(
    "Calls.InitiateGroupCall.All",
    "4c277553-8a09-487b-8023-29ee378d8324",
    "call several people at once and bring people into a call",
  ),
  role(
    "Calls.JoinGroupCall.All",
    "f6b49018-60ab-4f81-83bd-22caeabfed2d",
    "join any group call or meeting of the organisation as itself",
  ),
  role(
    "Calls.JoinGroupCallAsGuest.All",
    "fd7ccf6b-3d28-418b-9701-cd10f5cd2fd4",
    "join group calls and meetings as an anonymous guest",
  ),
  role(
    "Calls.AccessMedia.All",
    "a7a681dc-756e-4909-b988-f160edc6655f",
    "hear and see what is said and shown in a call, and speak in it",
    MediaHost,
    RecordingStatus,
  ),
  role(
    "OnlineMeetings.Read.All",
    "c1684f21-1984-47fa-9d61-2dc8c296bb70",
    "look up meetings: their subject, time, people and join link",
    ApplicationAccessPolicy,
  ),
  role(
    "OnlineMeetings.ReadWrite.All",
    "b8bb2037-6e08-44ac-a4ea-4674e010e2a4",
    "create, change and delete meetings on behalf of people",
    ApplicationAccessPolicy,
  ),
  // For transcripts and recordings the access policy is named on the pages "Get callTranscript" and "Get callRecording".
  role(
    "OnlineMeetingTranscript.Read.All",
    "a4a80d8d-d283-4bd8-8504-555ec3870630",
    "read the transcripts of meetings",
    ApplicationAccessPolicy,
  ),
  role(
    "OnlineMeetingRecording.Read.All",
    "a4a08342-c95d-476b-b943-97e100569c8d",
    "download the recordings of meetings",
    ApplicationAccessPolicy,
  ),
  role(
    "OnlineMeetingArtifact.Read.All",
    "df01ed3b-eb61-4eca-9965-6b3d789751b2",
    "read who attended a meeting and for how long",
    ApplicationAccessPolicy,
  ),
  role(
    "OnlineMeetingAiInsight.Read.All",
    "c0cf7895-985f-42d4-a693-b618f36674ad",
    "read the notes and action items that were generated from meetings",
  ),
  role(
    "CallRecords.Read.All",
    "45bbb07e-7321-4fd7-a8f6-3ff27e6a81c8",
    "read who called whom, when, for how long and how well, for every call of the organisation",
  ),
  role(
    "CallRecord-PstnCalls.Read.All",
    "a2611786-80b3-417e-adaa-707d4261a5f0",
    "read the log of telephone calls of the organisation",
  ),
  role(
    "CallEvents.Read.All",
    "1abb026f-7572-49f6-9ddd-ad61cbba181e",
    "be told when calls start and end and who enters or leaves them",
  ),
  role(
    "Presence.Read.All",
    "a70e0c2d-e793-494c-94c4-118fa0a67f42",
    "see whether people are available, busy or away",
  ),
  role(
    "Presence.ReadWrite.All",
    "83cded22-8297-4ff6-a7fa-e97e9545a259",
    "see and change whether people are shown as available, busy or away",
  ),
  role(
    "User.ReadBasic.All",
    "97235f07-e226-4f63-ace3-39588e11d3a1",
    "look up people's names and addresses",
  ),
  role(
    "User.Read.All",
    "df021288-bdef-4463-88db-98f22de89214",
    "read everything in people's profiles",
  ),
  role("Chat.Create", "d9c48af6-9ad9-47ad-82c3-63757137b9af", "start chats"),
  role(
    "Chat.ReadBasic.All",
    "b2e060da-3baf-4687-9611-f4ebc0f0cbde",
    "see the names and members of every chat",
  ),
  role(
    "Chat.Read.All",
    "6b7d71aa-70aa-4810-a8d9-5d9fb2830017",
    "read every chat message of the organisation",
  ),
  role(
    "Chat.ReadWrite.All",
    "294ce7c9-31ba-490a-ad7d-97a7d075e4ed",
    "read and write every chat message of the organisation",
  ),
  role(
    "Chat.ReadBasic.WhereInstalled",
    "818ba5bd-5b3e-4fe0-bbe6-aa4686669073",
    "see the names and members of the chats it is installed in",
    AppInstalled,
  ),
  role(
    "Chat.Read.WhereInstalled",
    "1c1b4c8e-3cc7-4c58-8470-9b92c9d5848b",
    "read the messages of the chats it is installed in",
    AppInstalled,
  ),
  role(
    "Chat.ReadWrite.WhereInstalled",
    "ad73ce80-f3cd-40ce-b325-df12c33df713",
    "read and write messages in the chats it is installed in",
    AppInstalled,
  ),
];

/** Spellings on Microsoft's own pages for which no app role exists, in lower case, and the role that is meant. */
export const MISSPELLINGS: ReadonlyMap<string, string> = new Map([
  ["calls.joingroupcalls.all", "Calls.JoinGroupCall.All"],
  ["calls.joingroupcallsasguest.all", "Calls.JoinGroupCallAsGuest.All"],
  ["calls.initiategroupcalls.all", "Calls.InitiateGroupCall.All"],
]);

/** Resource-specific (RSC) names: they belong in the Teams app manifest, never in an application's required permissions. */
export const RESOURCE_SPECIFIC: readonly string[] = [
  "Calls.AccessMedia.Chat",
  "Calls.JoinGroupCalls.Chat",
  "OnlineMeeting.ReadBasic.Chat",
  "OnlineMeetingParticipant.Read.Chat",
  "OnlineMeetingTranscript.Read.Chat",
  "OnlineMeetingRecording.Read.Chat",
  "OnlineMeetingArtifact.Read.Chat",
  "OnlineMeetingNotification.Send.Chat",
  "CallTranscripts.Read.Chat",
  "CallRecordings.Read.Chat",
  "CallAiInsights.Read.Chat",
];

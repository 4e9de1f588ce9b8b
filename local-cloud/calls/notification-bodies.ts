// What notifications say ("commsNotification resource type"; examples of "call: answer", "Delete call", "call: playPrompt" and
// "participant: invite"). The legacy format is that of the repository microsoftgraph/microsoft-graph-docs, issue 8310.
import type { JsonObject } from "../graph/json-body.js";
import type { Call, Participant } from "./call.js";

export interface Notification {
  /** For the timeline. */
  readonly what: string;
  readonly body: JsonObject;
}

/** One notification in the envelope that they come in. */
function notification(
  what: string,
  changeType: "created" | "updated" | "deleted",
  path: string,
  resourceData: unknown,
): Notification {
  const one = {
    "@odata.type": "#microsoft.graph.commsNotification",
    changeType,
    // The older name of the same, which is still sent beside it.
    resource: path.replace("/communications/", "/app/"),
    resourceUrl: path,
    resourceData,
  };
  return { what, body: { "@odata.type": "#microsoft.graph.commsNotifications", value: [one] } };
}

export function callPath({ id }: Pick<Call, "id">): string {
  return `/communications/calls/${id}`;
}

/** `readable`: whether the bot may know who calls ("call: answer": without any Calls.* app role the source stays encrypted). */
export function incomingCall(call: Call, readable: boolean): Notification {
  return notification("incoming call", "created", callPath(call), {
    ...callView(call),
    source: {
      "@odata.type": "#microsoft.graph.participantInfo",
      identity: readable ? identitySet(call.caller, call.tenantId) : encryptedIdentity(),
      endpointType: "default",
      region: "emea",
      languageId: "en-US",
      id: call.caller.id,
    },
    targets: [
      {
        "@odata.type": "#microsoft.graph.invitationParticipantInfo",
        identity: identitySet(call.bot, call.tenantId),
        endpointType: "default",
        id: call.bot.id,
      },
    ],
    ...meetingOf(call),
    ...(call.kind === "policy-recording"
      ? {
          incomingContext: {
            "@odata.type": "#microsoft.graph.incomingContext",
            observedParticipantId: call.caller.id,
            sourceParticipantId: call.caller.id,
          },
        }
      : {}),
  });
}

/** The notification as the service before Graph sent it: a bot answers 204 and gets the call again in Graph's format. */
export function legacyIncomingCall(call: Call): Notification {
  const participant = (one: Participant, originator: boolean) => ({
    identity: originator ? `8:orgid:${one.identityId}` : `28:${one.identityId}`,
    participantId: one.id,
    languageId: "en-us",
    tenantId: call.tenantId,
    originator,
    isHidden: false,
    endPointType: "default",
  });
  return {
    what: "incoming call, legacy format",
    body: {
      id: call.id,
      participants: [participant(call.caller, true), participant(call.bot, false)],
      isMultiparty: call.kind === "group",
      presentedModalityTypes: ["audio"],
      callState: "incoming",
      tenantId: call.tenantId,
    },
  };
}

/** That the state of a call has changed. */
export function stateChanged(call: Call, more: JsonObject = {}): Notification {
  const change = call.state === "terminated" ? "deleted" : "updated";
  return notification(call.state, change, callPath(call), { ...callView(call), ...more });
}

/** Why a call ended ("Delete call", table of call end reasons). */
export function resultInfo(code: number, subcode: number, message: string): JsonObject {
  return {
    resultInfo: { "@odata.type": "#microsoft.graph.resultInfo", code, subcode, message },
  };
}

export function operationCompleted(call: Call, operation: JsonObject): Notification {
  const type = String(operation["@odata.type"]).replace("#microsoft.graph.", "");
  return notification(
    `${type} completed`,
    "deleted",
    `${callPath(call)}/operations/${operation["id"]}`,
    {
      ...operation,
      status: "completed",
      ...resultInfo(200, 0, "Action completed successfully."),
    },
  );
}

export function rosterChanged(call: Call): Notification {
  const roster = call.participants.map((one) => participantView(one, call.tenantId));
  return notification("participants", "updated", `${callPath(call)}/participants`, roster);
}

/** What every view of a call has. */
export function callView(call: Call): JsonObject {
  return {
    "@odata.type": "#microsoft.graph.call",
    state: call.state,
    direction: call.direction,
    callbackUri: call.callbackUri ?? call.webhook,
    callChainId: call.callChainId,
    requestedModalities: ["audio"],
    tenantId: call.tenantId,
    myParticipantId: call.bot.id,
    id: call.id,
  };
}

/** Group calls, and calls that are recorded by policy, have a chat and an organiser. */
export function meetingOf(call: Call): JsonObject {
  if (call.kind === "one-to-one") return {};
  return {
    chatInfo: {
      "@odata.type": "#microsoft.graph.chatInfo",
      threadId: `19:meeting_${Buffer.from(call.callChainId).toString("base64url")}@thread.v2`,
      messageId: "0",
    },
    meetingInfo: {
      "@odata.type": "#microsoft.graph.organizerMeetingInfo",
      organizer: identitySet(call.caller, call.tenantId),
      allowConversationWithoutHost: true,
    },
  };
}

export function participantView(one: Participant, tenantId: string): JsonObject {
  return {
    "@odata.type": "#microsoft.graph.participant",
    info: {
      "@odata.type": "#microsoft.graph.participantInfo",
      identity: identitySet(one, tenantId),
      endpointType: "default",
    },
    mediaStreams: [
      {
        "@odata.type": "#microsoft.graph.mediaStream",
        mediaType: "audio",
        sourceId: "1",
        direction: "sendReceive",
        serverMuted: false,
      },
    ],
    isMuted: false,
    isInLobby: false,
    id: one.id,
  };
}

export function identitySet(one: Participant, tenantId: string): JsonObject {
  const identity = {
    "@odata.type": "#microsoft.graph.identity",
    displayName: one.displayName,
    id: one.identityId,
    tenantId,
  };
  return { "@odata.type": "#microsoft.graph.identitySet", [one.kind]: identity };
}

/** UNVERIFIED how it looks: the page says only that it stays encrypted. */
function encryptedIdentity(): JsonObject {
  const identity = { "@odata.type": "#microsoft.graph.identity", id: "encrypted" };
  return { "@odata.type": "#microsoft.graph.identitySet", encrypted: identity };
}

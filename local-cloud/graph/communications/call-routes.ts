// The calls of a bot: make one, look at it, keep it alive, play into it, tell that it is recorded, bring people in, hang up.
// "Permissions are checked when the call is created; no additional permission check is made" for most of what is done in a call.
import { randomUUID } from "node:crypto";
import type { Call } from "../../calls/call.js";
import {
  callPath,
  callView,
  identitySet,
  meetingOf,
  participantView,
  rosterChanged,
} from "../../calls/notification-bodies.js";
import { isJsonObject, type JsonObject, stringAt } from "../json-body.js";
import type { GraphAnswer } from "../route-table.js";
import {
  callbackUriIn,
  clientContextIn,
  identitiesIn,
  mediaIn,
  requireServiceMedia,
} from "./call-arguments.js";
import {
  type CommunicationsCall,
  type CommunicationsRoute,
  callOf,
  requireOneOf,
} from "./communications-call.js";
import {
  badArgument,
  notNow,
  notRecordedByPolicy,
  notRegistered,
  outOfOrder,
  tenantMismatch,
} from "./communications-error.js";

const ONE = "/communications/calls/{id}";

export const callRoutes: readonly CommunicationsRoute[] = [
  { method: "POST", path: "/communications/calls", action: "call", handle: create },
  { method: "GET", path: ONE, action: "look", handle: get },
  { method: "DELETE", path: ONE, action: "hang up", handle: hangUp },
  { method: "POST", path: `${ONE}/keepAlive`, action: "keepAlive", handle: keepAlive },
  { method: "POST", path: `${ONE}/playPrompt`, action: "playPrompt", handle: playPrompt },
  {
    method: "POST",
    path: `${ONE}/updateRecordingStatus`,
    action: "updateRecordingStatus",
    handle: updateRecordingStatus,
  },
  { method: "GET", path: `${ONE}/participants`, action: "participants", handle: participants },
  { method: "POST", path: `${ONE}/participants/invite`, action: "invite", handle: invite },
];

/** "Create call". Whom it is for decides which app role it takes. */
function create(request: CommunicationsCall): GraphAnswer {
  const { body, calls, caller, webhookOf, base } = request;
  const webhook = webhookOf(caller.appId);
  if (webhook === undefined) throw notRegistered();
  const joins = isJsonObject(body["meetingInfo"]);
  const targets = joins ? [] : identitiesIn(body, "targets", 25);
  if (joins) {
    requireOneOf(request, ["Calls.JoinGroupCall.All", "Calls.JoinGroupCallAsGuest.All"]);
  } else if (targets.length > 1) requireOneOf(request, ["Calls.InitiateGroupCall.All"]);
  else requireOneOf(request, ["Calls.Initiate.All"]);
  const media = mediaIn(body);
  if (media === "application") requireOneOf(request, ["Calls.AccessMedia.All"]);
  const callbackUri = callbackUriIn(body);
  if (callbackUri === undefined) throw badArgument("callbackUri is required.");
  // UNVERIFIED whether it may be left out where there is one tenant only; the examples of meetings give it.
  const tenantId = stringAt(body, "tenantId") ?? caller.tenantId;
  if (joins && stringAt(body, "tenantId") === undefined) throw tenantMismatch();
  if (tenantId.toLowerCase() !== caller.tenantId) throw tenantMismatch();
  const [first] = targets;
  const call = calls.create(
    { appId: caller.appId, tenantId: caller.tenantId, webhook },
    {
      media,
      callbackUri,
      other: {
        id: randomUUID(),
        kind: first?.kind ?? "user",
        identityId: first?.id ?? randomUUID(),
        displayName: first?.displayName ?? "A meeting",
      },
    },
    joins || targets.length > 1 ? "group" : "one-to-one",
  );
  return {
    status: 201,
    body: entity(call, base),
    headers: { Location: `${base}${callPath(call)}` },
  };
}

/** "Get call" */
function get(request: CommunicationsCall): GraphAnswer {
  return { status: 200, body: entity(callOf(request), request.base) };
}

/** "Delete call" */
function hangUp(request: CommunicationsCall): GraphAnswer {
  request.calls.hangUp(callOf(request));
  return { status: 204 };
}

/** "call: keepAlive" */
function keepAlive(request: CommunicationsCall): GraphAnswer {
  established(callOf(request));
  return { status: 200 };
}

const MOST_PROMPTS = 20;

/** "call: playPrompt" */
function playPrompt(request: CommunicationsCall): GraphAnswer {
  const { body, calls } = request;
  const call = established(callOf(request));
  requireServiceMedia(call, "playPrompt");
  const prompts = body["prompts"];
  const count = Array.isArray(prompts) ? prompts.length : 0;
  if (!Array.isArray(prompts) || count === 0 || count > MOST_PROMPTS) {
    throw badArgument(`prompts must hold from 1 to ${MOST_PROMPTS} prompts.`);
  }
  for (const prompt of prompts) checkPrompt(prompt);
  const operation = operationOf("playPromptOperation", body);
  calls.run(call, operation, calls.timing.promptMs * count);
  return operationAnswer(request, call, { ...operation, status: "running" });
}

function checkPrompt(prompt: unknown): void {
  const info = isJsonObject(prompt) ? prompt["mediaInfo"] : undefined;
  const uri = isJsonObject(info) ? stringAt(info, "uri") : undefined;
  if (uri === undefined || !/^https?:$/.test(URL.canParse(uri) ? new URL(uri).protocol : "")) {
    throw badArgument("Each prompt needs mediaInfo.uri, the address of a WAV file.");
  }
}

const STATUSES = ["notRecording", "recording", "failed"] as const;

/** "call: updateRecordingStatus": it needs policy-based recording and, to have anything to record, the bot's own media. */
function updateRecordingStatus(request: CommunicationsCall): GraphAnswer {
  const { body, calls } = request;
  const call = established(callOf(request));
  requireOneOf(request, ["Calls.AccessMedia.All", "Calls.JoinGroupCall.All"]);
  if (call.media !== "application") {
    throw badArgument("updateRecordingStatus needs a media session: appHostedMediaConfig.");
  }
  if (call.kind !== "policy-recording") throw notRecordedByPolicy();
  const given = stringAt(body, "status");
  const status = STATUSES.find((one) => one === given);
  if (status === undefined) throw badArgument(`status must be one of ${STATUSES.join(", ")}.`);
  if (!calls.setRecording(call, status)) throw outOfOrder();
  const operation = operationOf("updateRecordingStatusOperation", body);
  return operationAnswer(request, call, { ...operation, status: "completed" });
}

/** "List participants" */
function participants(request: CommunicationsCall): GraphAnswer {
  const call = callOf(request);
  return {
    status: 200,
    body: {
      "@odata.context": `${request.base}/$metadata#communications/calls('${call.id}')/participants`,
      value: call.participants.map((one) => participantView(one, call.tenantId)),
    },
  };
}

const MOST_INVITED = 5;

/** "participant: invite": only into group calls. */
function invite(request: CommunicationsCall): GraphAnswer {
  const { body, calls } = request;
  const call = established(callOf(request));
  requireOneOf(request, ["Calls.InitiateGroupCall.All"]);
  if (call.kind === "one-to-one") throw badArgument("This API is only supported for group calls.");
  const invited = identitiesIn(body, "participants", MOST_INVITED);
  const operation = {
    ...operationOf("inviteParticipantsOperation", body),
    participants: body["participants"],
  };
  calls.run(call, operation, calls.timing.establishMs, () => {
    for (const { kind, id, displayName } of invited) {
      call.participants.push({ id: randomUUID(), kind, identityId: id, displayName });
    }
    return rosterChanged(call);
  });
  return operationAnswer(request, call, { ...operation, status: "running" });
}

function established(call: Call): Call {
  if (call.state === "established") return call;
  throw notNow(`The call is ${call.state}, not established.`);
}

function operationOf(type: string, body: JsonObject): JsonObject {
  return {
    "@odata.type": `#microsoft.graph.${type}`,
    id: randomUUID(),
    clientContext: clientContextIn(body),
    resultInfo: null,
  };
}

function operationAnswer(
  { base }: CommunicationsCall,
  call: Call,
  operation: JsonObject,
): GraphAnswer {
  return {
    status: 200,
    body: operation,
    headers: { Location: `${base}${callPath(call)}/operations/${operation["id"]}` },
  };
}

function entity(call: Call, base: string): JsonObject {
  const { caller, bot, direction, tenantId } = call;
  const [source, target] = direction === "incoming" ? [caller, bot] : [bot, caller];
  return {
    "@odata.context": `${base}/$metadata#communications/calls/$entity`,
    ...callView(call),
    mediaConfig: mediaConfigOf(call),
    source: {
      "@odata.type": "#microsoft.graph.participantInfo",
      identity: identitySet(source, tenantId),
    },
    targets: [
      {
        "@odata.type": "#microsoft.graph.invitationParticipantInfo",
        identity: identitySet(target, tenantId),
      },
    ],
    ...meetingOf(call),
  };
}

function mediaConfigOf({ media }: Call): JsonObject | null {
  if (media === undefined) return null;
  const type = media === "service" ? "serviceHostedMediaConfig" : "appHostedMediaConfig";
  return { "@odata.type": `#microsoft.graph.${type}` };
}

// Online meetings of a person, which a bot reaches only with an application access policy besides its app role ("Configure
// application access to online meetings or virtual events").
import { randomUUID } from "node:crypto";
import { AccessPolicies } from "../../directory/access-policies.js";
import { findPerson, type PersonRecord } from "../../directory/people.js";
import { GraphError, notFound } from "../errors.js";
import { type JsonObject, stringAt } from "../json-body.js";
import type { GraphAnswer } from "../route-table.js";
import type { CommunicationsCall, CommunicationsRoute } from "./communications-call.js";
import { badArgument } from "./communications-error.js";

const ALL = "/users/{user}/onlineMeetings";

export const onlineMeetingRoutes: readonly CommunicationsRoute[] = [
  { method: "POST", path: ALL, action: "create meeting", handle: create },
  { method: "GET", path: ALL, action: "find meeting", handle: find },
  { method: "GET", path: `${ALL}/{meeting}`, action: "get meeting", handle: get },
];

interface MeetingRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly subject: string | null;
  readonly creationDateTime: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
  readonly threadId: string;
  readonly joinWebUrl: string;
}

const STORE = "onlineMeetings";

/** "Create onlineMeeting" */
function create(request: CommunicationsCall): GraphAnswer {
  const { body, context, base } = request;
  const person = organizerOf(request, "Create", ["OnlineMeetings.ReadWrite.All"]);
  const now = context.now();
  const start = dateIn(body, "startDateTime") ?? now;
  const end = dateIn(body, "endDateTime") ?? new Date(start.getTime() + 30 * 60_000);
  if (end < start) throw badArgument("endDateTime must not be before startDateTime.");
  const threadId = `19:meeting_${randomUUID().replaceAll("-", "")}@thread.v2`;
  const place = JSON.stringify({ Tid: person.tenantId, Oid: person.id });
  const meeting: MeetingRecord = {
    id: Buffer.from(`1*${person.id}*0**${threadId}`).toString("base64"),
    organizerId: person.id,
    subject: stringAt(body, "subject") ?? null,
    creationDateTime: now.toISOString(),
    startDateTime: start.toISOString(),
    endDateTime: end.toISOString(),
    threadId,
    joinWebUrl: `https://teams.microsoft.com/l/meetup-join/${encodeURIComponent(threadId)}/0?context=${encodeURIComponent(place)}`,
  };
  context.store.put(STORE, keyOf(person, meeting.id), meeting);
  return { status: 201, body: view(meeting, person, base) };
}

const READING = ["OnlineMeetings.Read.All", "OnlineMeetings.ReadWrite.All"];

/** "Get onlineMeeting" by its join link, which is the only way to find one. */
function find(request: CommunicationsCall): GraphAnswer {
  const { context, base, query } = request;
  const person = organizerOf(request, "Get", READING);
  const wanted = joinLinkIn(query.get("$filter"));
  if (wanted === undefined) {
    throw badArgument("$filter must be JoinWebUrl eq '<join link>': meetings cannot be listed.");
  }
  const found = context.store
    .entries<MeetingRecord>(STORE, `${person.id}/`)
    .filter(({ value }) => value.joinWebUrl === wanted);
  const value = found.map((one) => view(one.value, person, base));
  return { status: 200, body: { "@odata.context": `${base}/$metadata#onlineMeetings`, value } };
}

/** "Get onlineMeeting" */
function get(request: CommunicationsCall): GraphAnswer {
  const { context, base, param } = request;
  const person = organizerOf(request, "Get", READING);
  const id = param("meeting");
  const meeting = context.store.get<MeetingRecord>(STORE, keyOf(person, id));
  if (meeting === undefined) throw notFound(id);
  return { status: 200, body: view(meeting, person, base) };
}

function organizerOf(
  { context, caller, param }: CommunicationsCall,
  verb: string,
  roles: readonly string[],
): PersonRecord {
  if (!roles.some((role) => caller.roles.has(role))) {
    // UNVERIFIED text.
    throw new GraphError(403, "Forbidden", `One of ${roles.join(", ")} is required.`);
  }
  const userId = param("user");
  const person = findPerson(context.store, userId);
  if (person === undefined || person.tenantId !== caller.tenantId) throw notFound(userId);
  if (!new AccessPolicies(context.store).allows(caller.appId, person.id)) {
    const message = `App ${caller.appId} is not authorized to ${verb} meeting on behalf of user ${person.id}`;
    // The text and code of the page; UNVERIFIED status.
    throw new GraphError(403, "Unauthorized", message);
  }
  return person;
}

/** The link of `JoinWebUrl eq '...'`. */
function joinLinkIn(filter: string | null): string | undefined {
  const link = /^\s*joinWebUrl\s+eq\s+'((?:[^']|'')*)'\s*$/i.exec(filter ?? "")?.[1];
  return link?.replaceAll("''", "'");
}

function dateIn(body: JsonObject, property: string): Date | undefined {
  const text = stringAt(body, property);
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw badArgument(`${property} must be a date and time.`);
  return date;
}

function keyOf({ id }: PersonRecord, meetingId: string): string {
  return `${id}/${meetingId}`;
}

function view(meeting: MeetingRecord, person: PersonRecord, base: string): JsonObject {
  const { organizerId, threadId, ...fields } = meeting;
  return {
    "@odata.context": `${base}/$metadata#users('${organizerId}')/onlineMeetings/$entity`,
    ...fields,
    chatInfo: { threadId, messageId: "0", replyChainMessageId: null },
    participants: {
      organizer: {
        identity: { user: { id: person.id, displayName: person.displayName } },
        upn: person.userPrincipalName,
      },
      attendees: [],
    },
  };
}

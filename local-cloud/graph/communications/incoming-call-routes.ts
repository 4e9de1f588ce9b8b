// What a bot does with a call that rings: answer, reject or redirect it.
import type { Call } from "../../calls/call.js";
import { stringAt } from "../json-body.js";
import type { GraphAnswer } from "../route-table.js";
import { callbackUriIn, checkModalities, identitiesIn, mediaIn } from "./call-arguments.js";
import {
  type CommunicationsCall,
  type CommunicationsRoute,
  callOf,
  requireOneOf,
} from "./communications-call.js";
import { badArgument, notNow } from "./communications-error.js";

export const incomingCallRoutes: readonly CommunicationsRoute[] = [
  {
    method: "POST",
    path: "/communications/calls/{id}/answer",
    action: "answer",
    handle: answer,
  },
  {
    method: "POST",
    path: "/communications/calls/{id}/reject",
    action: "reject",
    handle: reject,
  },
  {
    method: "POST",
    path: "/communications/calls/{id}/redirect",
    action: "redirect",
    handle: redirect,
  },
];

/**
 * The app roles of the permission data. One page says that a call of one person to the bot needs none; without any the caller
 * stays encrypted, and refusals with 7504 at this step are reported (microsoft-graph-comms-samples, issue 276).
 */
const ANSWERING = ["Calls.JoinGroupCall.All", "Calls.JoinGroupCallAsGuest.All"];

/** "call: answer" */
function answer(request: CommunicationsCall): GraphAnswer {
  const { body, calls } = request;
  const call = ringing(callOf(request));
  requireOneOf(request, ANSWERING);
  checkModalities(body["acceptedModalities"]);
  const media = mediaIn(body);
  if (media === "application") requireOneOf(request, ["Calls.AccessMedia.All"]);
  calls.answer(call, { media, callbackUri: callbackUriIn(body) });
  return { status: 202 };
}

const REASONS = ["none", "busy", "forbidden"];

/** "call: reject": no app role is needed. */
function reject(request: CommunicationsCall): GraphAnswer {
  const { body, calls } = request;
  const call = ringing(callOf(request));
  const reason = stringAt(body, "reason") ?? "none";
  if (!REASONS.includes(reason.toLowerCase())) {
    throw badArgument(`reason must be one of ${REASONS.join(", ")}.`);
  }
  calls.reject(call, callbackUriIn(body));
  return { status: 202 };
}

/** "call: redirect": up to 25 targets, which ring together. */
function redirect(request: CommunicationsCall): GraphAnswer {
  const { body, calls } = request;
  const call = ringing(callOf(request));
  requireOneOf(request, ["Calls.Initiate.All"]);
  identitiesIn(body, "targets", 25);
  const timeout = body["timeout"] ?? 55;
  if (typeof timeout !== "number" || timeout < 15 || timeout > 90) {
    throw badArgument("timeout must be from 15 to 90 seconds.");
  }
  calls.redirect(call, callbackUriIn(body));
  return { status: 202 };
}

function ringing(call: Call): Call {
  if (call.state === "incoming") return call;
  throw notNow(`The call is ${call.state} already.`);
}

// What a maintainer would say to a refusal of Microsoft Graph.
import type { ReceivedEvent } from "../../local-cloud/calls/timeline.js";

export function adviceFor({ status, code, action, message = "" }: ReceivedEvent): string {
  if (code === "7504") {
    return "The bot's token lacks an app role for this, consent to it is not in force, or it was asked for another tenant. Add the capability to the stack (docs/permissions.md says which app role it stands for), have consent given, and let the bot sign in again: a token keeps the roles it was issued with.";
  }
  if (code === "7503") {
    return "The application is no bot with calling enabled. Compare the app id that the bot signs in with that of its registration.";
  }
  if (code === "8522") {
    return "The call had ended, or its id is not the one of the notification. After the notification `terminated` there is nothing left to ask for; clean up and stop.";
  }
  if (status === 401)
    return "The token is missing or not for Microsoft Graph. Ask for one with the scope {graph}/.default.";
  if (status === 409) return `Wait for the notification before ${action}: ${message}`;
  if (status === 501)
    return "The real service has this; the rehearsal has not, so the call went on without it.";
  return `Compare the request with the page of the operation ${action} in the reference of Microsoft Graph.`;
}

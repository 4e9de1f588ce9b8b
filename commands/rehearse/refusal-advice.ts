// What a maintainer would say to a refusal of Microsoft Graph.
import type { ReceivedEvent } from "../../local-cloud/calls/timeline.js";

export function adviceFor({ status, code, action, message = "" }: ReceivedEvent): string {
  if (code === "7504") {
    return "The bot's token lacks an app role for this, or consent to it is not in force in this tenant. Add the capability to the stack (docs/permissions.md says which app role it stands for), have consent given, and let the bot sign in again: a token keeps the roles it was issued with.";
  }
  if (code === "7505") {
    return "Bot and call are not of one tenant for Graph. Send tenantId at the top of the body, not within meetingInfo, with the tenant of the users or of the meeting, and sign in to that same tenant, not to common or organizations.";
  }
  if (code === "8506") {
    return "Only a call that comes in under a recording policy of one of its users can be reported as recorded: joining a meeting by itself does not count. Record nothing else, and rehearse this with --scenario policy-recording. With Teams look whether a user in the call has a policy with this bot's application instance, and whether that was synced (Sync-CsOnlineApplicationInstance).";
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

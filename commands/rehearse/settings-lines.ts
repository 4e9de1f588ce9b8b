// The settings of the bot that have to point at the rehearsal.
import type { Rehearsal } from "../../local-cloud/calls/rehearsal.js";

/** For a person who configures a bot. The secret stands in the file alone. */
export function settingsLines(
  { openIdConfiguration, graph, login, tenantId, caPath, envPath }: Rehearsal,
  appId: string,
): string[] {
  return [
    "Two settings of the bot have to point here, and stay the same from run to run:",
    `  signing keys      ${openIdConfiguration}`,
    "                    in place of https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration",
    `  Microsoft Graph   ${graph}/v1.0`,
    "                    in place of https://graph.microsoft.com/v1.0",
    `It signs in at ${login}, tenant ${tenantId}, as ${appId}.`,
    `It has to trust ${caPath}.`,
    `All of it as environment variables, with the secret: ${envPath}`,
  ];
}

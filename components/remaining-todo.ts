// What a person still has to do for a calling bot, from its outputs.
import * as pulumi from "@pulumi/pulumi";
import { ConsentState } from "../rules/consent-state.js";
import type { CredentialKind } from "../rules/credential.js";
import { humanTodo } from "../rules/todo.js";
import type { CallingBot } from "./calling-bot.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import type { ConsentOutput } from "./consent-output.js";
import { defined } from "./defined.js";
import type { PermissionOutput } from "./permission-output.js";

/** What is granted in the bot's own tenant by whomever, and the customers who have not granted everything. */
function consentTodo(
  consent: ConsentOutput,
  granted: readonly string[],
  permissions: readonly PermissionOutput[],
) {
  const [own, ...customers] = consent.tenants ?? [];
  const missing = own?.missing;
  const found = permissions.map(({ value }) => value).filter((role) => !missing?.includes(role));
  return {
    granted: missing === undefined ? granted : found,
    customers: customers.filter(({ state }) => state !== ConsentState.Granted),
  };
}

/** Known once consent has been read. */
export function remainingTodo(
  bot: CallingBot,
  args: CallingBotArgs,
  signsIn: { credential: CredentialKind; usesManagedIdentity: boolean },
): pulumi.Output<string[]> {
  return pulumi
    .all([bot.botName, bot.appId, bot.consent, bot.permissions, bot.grantedPermissions])
    .apply(([botName, appId, consent, permissions, granted]) =>
      humanTodo({
        botName,
        appId,
        requested: permissions.map(({ value }) => value),
        ...consentTodo(consent, granted, permissions),
        ...signsIn,
        keepsCredentials: args.adopt?.application !== undefined,
        ...defined({ consentLink: consent.link, mediaRecording: args.mediaRecording }),
      }),
    );
}

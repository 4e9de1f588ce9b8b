// The stack file of a bot that exists: everything that is there written down, what is missing marked.
import { stringify } from "yaml";
import { liveApplication } from "../../graph/registered-application.js";
import type { Adoption, Found } from "../../rules/adoption.js";
import { armResourceGroup } from "../../rules/arm-ids.js";
import { BotType, Tenancy } from "../../rules/bot-choices.js";
import { requestedPermissions } from "../../rules/capabilities.js";
import { Cloud } from "../../rules/clouds.js";
import { GRAPH_APP_ID, PERMISSIONS } from "../../rules/permissions.js";
import { providerEnvironment } from "../../rules/provider-settings.js";
import { sameWebhook } from "../../rules/urls.js";
import type { AdoptOptions } from "./adopt.js";
import { channelId, type LiveRegistration } from "./live-registration.js";

/** Where the bot is and whose file it becomes. */
export interface AdoptedPlace {
  readonly project: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
}

interface Line {
  readonly comment?: readonly string[];
  readonly key: string;
  readonly value: unknown;
}

/** The text of the stack file. */
export function adoptedStack(
  live: LiveRegistration,
  place: AdoptedPlace,
  options: AdoptOptions,
): string {
  const lines = [
    ...providerLines(place, options.cloud),
    ...settingLines(live, options).map((line) => ({
      ...line,
      key: `${place.project}:${line.key}`,
    })),
  ];
  const head = [
    `# ${live.bot.properties.displayName ?? live.bot.name}: a bot that was there before this stack, written by \`teams-calling-bot adopt\`.`,
    "# The first `pulumi up` imports what stands below `adopt` and adds what is marked as missing; a second one changes nothing.",
    "config:",
  ];
  return `${[...head, ...lines.map(text)].join("\n")}\n`;
}

function text({ comment = [], key, value }: Line): string {
  const yaml = stringify({ [key]: value }, { lineWidth: 0, flowCollectionPadding: true });
  return [...comment.map((line) => `# ${line}`), yaml.trimEnd()]
    .flatMap((part) => part.split("\n"))
    .map((line) => `  ${line}`)
    .join("\n");
}

function providerLines({ subscriptionId, tenantId }: AdoptedPlace, cloud: Cloud): Line[] {
  const environment = providerEnvironment(cloud);
  return [
    { key: "azure-native:subscriptionId", value: subscriptionId },
    { key: "azure-native:tenantId", value: tenantId },
    { key: "azuread:tenantId", value: tenantId },
    ...(cloud === Cloud.Public
      ? []
      : [
          { key: "azure-native:environment", value: environment?.["azure-native"] },
          { key: "azuread:environment", value: environment?.azuread },
        ]),
  ];
}

function settingLines(live: LiveRegistration, options: AdoptOptions): Line[] {
  const { bot, application } = live;
  const { displayName, description, iconUrl, msaAppType } = bot.properties;
  const isManaged = msaAppType === BotType.UserAssignedMSI;
  return [
    ...(options.cloud === Cloud.Public ? [] : [{ key: "cloud", value: options.cloud }]),
    { key: "displayName", value: displayName ?? bot.name },
    { key: "resourceGroup", value: { name: armResourceGroup(bot.id), existing: true } },
    {
      key: "bot",
      value: {
        ...(isManaged ? { type: BotType.UserAssignedMSI } : {}),
        sku: bot.sku?.name ?? "F0",
        ...(description ? { description } : {}),
        ...(iconUrl?.endsWith(".png") ? { iconUrl } : {}),
      },
    },
    ...(isManaged ? [managedIdentity(live)] : []),
    ...(application !== undefined && application.signInAudience !== "AzureADMyOrg"
      ? [{ key: "tenancy", value: Tenancy.MultiTenant }]
      : []),
    hostLine(live, options),
    ...permissionLines(live, options),
    ...(options.mediaRecording === undefined
      ? []
      : [{ key: "mediaRecording", value: options.mediaRecording }]),
    ...(isManaged ? [] : [credentialLine(live, options)]),
    consentLine(isManaged, live, options),
    adoptLine(live),
  ];
}

function managedIdentity({ bot, managedIdentity: identity }: LiveRegistration): Line {
  return {
    key: "managedIdentity",
    value: { resourceId: bot.properties.msaAppMSIResourceId ?? "", ...identity },
  };
}

/** Where the bot is, or where it is to be. */
function hostLine({ bot, channel }: LiveRegistration, options: AdoptOptions): Line {
  const messagingEndpoint = options.messagingEndpoint ?? bot.properties.endpoint ?? "";
  const callingWebhook = options.callingWebhook ?? channel?.callingWebhook ?? "";
  const comment = [
    ...(channel === undefined
      ? ["Missing: the bot has no Teams channel. The first up makes one."]
      : channel.enableCalling === true
        ? []
        : ["Missing: calling of the Teams channel is off. The first up switches it on."]),
    ...(channel?.callingWebhook === undefined || sameWebhook(channel.callingWebhook, callingWebhook)
      ? []
      : [`The first up changes the webhook, which is ${channel.callingWebhook}.`]),
  ];
  return { key: "host", value: { kind: "existing", messagingEndpoint, callingWebhook }, comment };
}

function permissionLines(live: LiveRegistration, options: AdoptOptions): Line[] {
  const held = heldRoles(live);
  const wanted = options.capabilities ?? [];
  const asked = requestedPermissions({ capabilities: wanted, permissions: held }).requested;
  const missing = asked.map(({ value }) => value).filter((role) => !held.includes(role));
  const comment =
    missing.length === 0
      ? ["The application asks for every app role of these already."]
      : [`Missing: ${missing.join(", ")}. The first up adds it, and then it needs consent.`];
  return [
    ...(wanted.length === 0
      ? []
      : [
          {
            key: "capabilities",
            value: wanted,
            comment,
          },
        ]),
    ...(held.length === 0 ? [] : [{ key: "permissions", value: held }]),
  ];
}

/** App roles of Microsoft Graph that the application asks for, by name, as far as this package knows them. */
function heldRoles({ application }: LiveRegistration): string[] {
  const graph = application?.requiredResourceAccess.find(
    ({ resourceAppId }) => resourceAppId === GRAPH_APP_ID,
  );
  const ids = (graph?.resourceAccess ?? []).flatMap(({ id, type }) =>
    type === "Role" ? [id] : [],
  );
  return PERMISSIONS.filter(({ id }) => ids.includes(id)).map(({ value }) => value);
}

function credentialLine({ application, trusts }: LiveRegistration, options: AdoptOptions): Line {
  if (options.credential === "secret") {
    const comment = ["The stack makes a client secret of its own, beside those that are there."];
    return { key: "credential", value: { kind: "secret" }, comment };
  }
  const secrets = application?.passwordCredentials.length ?? 0;
  const certificates = application?.keyCredentials.length ?? 0;
  const has = `client secrets: ${secrets}, certificates: ${certificates}, federated credentials: ${trusts}`;
  const comment = [`The application has ${has}. They stay, and the stack makes none.`];
  return { key: "credential", value: { kind: "none" }, comment };
}

function consentLine(
  isManaged: boolean,
  live: LiveRegistration,
  { redirectUrl }: AdoptOptions,
): Line {
  if (isManaged) return { key: "consent", value: { mode: "external" } };
  const isThere = live.application?.web?.redirectUris.includes(redirectUrl ?? "") === true;
  const comment =
    redirectUrl === undefined || isThere ? [] : ["Missing: this reply URL. The first up adds it."];
  const value = { mode: "url", ...(redirectUrl === undefined ? {} : { redirectUrl }) };
  return { key: "consent", value, comment };
}

function adoptLine(live: LiveRegistration): Line {
  return {
    key: "adopt",
    value: adoptionOf(live),
    comment: [
      "What is taken over, and what it had. Leave it here: it stays when the stack is taken away, and `found` says what is kept",
      "beside the settings above. Of the application only app roles, reply URLs and tags are ever written.",
    ],
  };
}

/** The ids to import and all that stands there. */
export function adoptionOf({
  bot,
  channel,
  application,
  servicePrincipal,
}: LiveRegistration): Adoption {
  return {
    bot: bot.id,
    ...(channel === undefined ? {} : { channel: channelId(bot) }),
    ...(application === undefined ? {} : { application: `/applications/${application.id}` }),
    ...(application === undefined || servicePrincipal === undefined
      ? {}
      : { servicePrincipal: `/servicePrincipals/${servicePrincipal.id}` }),
    found: foundIn({ channel, application }),
  };
}

function foundIn({
  channel,
  application,
}: Pick<LiveRegistration, "channel" | "application">): Found {
  const live = application && liveApplication(application);
  return {
    ...(live && { replyUrls: live.replyUrls, permissions: live.permissions, tags: live.tags }),
    ...(channel === undefined ? {} : { calling: channel.enableCalling === true }),
    ...(channel?.callingWebhook === undefined ? {} : { callingWebhook: channel.callingWebhook }),
  };
}

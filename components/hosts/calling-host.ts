// The host of a calling bot, in its two parts: what has an address, before the application; what runs the bot, after it.
import type * as pulumi from "@pulumi/pulumi";
import type { BotType } from "../../rules/bot-choices.js";
import { HostKind } from "../../rules/bot-choices.js";
import type { Cloud } from "../../rules/clouds.js";
import { checkEndpointRecord } from "../../rules/hosts/endpoint-record.js";
import type { BotNameFacts } from "../../rules/names.js";
import { checkCallingWebhook, checkMessagingEndpoint } from "../../rules/urls.js";
import { defined } from "../defined.js";
import { ExistingEndpoint } from "../existing-endpoint.js";
import type { ManagedIdentity } from "../managed-identity.js";
import { ifPlain, refuse } from "../refusal.js";
import { appServiceOf } from "./app-service-of.js";
import type { BotHost } from "./bot-host.js";
import { containerAppOf } from "./container-app-of.js";
import type { HostArgs } from "./host-args.js";
import type { GrantOnce } from "./lasting-grants.js";
import { scaleSetOf } from "./scale-set-of.js";

/** What a host needs of the bot whose it is, once there is an application. */
export interface HostedBot {
  readonly appId: pulumi.Output<string>;
}

/** A host before the application. */
export interface HostAddress {
  /** The identity that the bot's process runs as; undefined where it runs elsewhere. */
  readonly identity: ManagedIdentity | undefined;
  /** Runs the bot there. */
  run(bot: HostedBot): BotHost;
}

/** Where a host goes, and whose it is. */
export interface HostPlace {
  /** What the host is called in the stack's settings, as its refusals begin. */
  readonly path: "host" | "otherHost";
  readonly name: string;
  readonly parent: pulumi.Resource;
  /** Known once the deployer may do what follows and the bot's name is free: nothing is made before. */
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: pulumi.Input<string> | undefined;
  readonly tags: Record<string, string> | undefined;
  readonly tenantId: pulumi.Output<string>;
  /** What stable names are made from. */
  readonly facts: pulumi.Output<BotNameFacts>;
  readonly botType: BotType | undefined;
  /** The identity that the process has to run as. @default undefined: that of `HostArgs`, or one that is made */
  readonly identity: ManagedIdentity | undefined;
  readonly cloud: Cloud | undefined;
  /** Assigns what the other host may need as well. */
  readonly grantOnce: GrantOnce;
}

const KINDS: Readonly<Record<HostKind, (host: HostArgs, place: HostPlace) => HostAddress>> = {
  [HostKind.Existing]: existingHost,
  [HostKind.AppService]: appServiceOf,
  [HostKind.ContainerApp]: containerAppOf,
  [HostKind.ScaleSet]: scaleSetOf,
};

/** Makes what of the host has an address. */
export function callingHost(host: HostArgs, place: HostPlace): HostAddress {
  return KINDS[host.kind ?? HostKind.Existing](host, place);
}

function existingHost(host: HostArgs, { name, parent }: HostPlace): HostAddress {
  const { messagingEndpoint = "", callingWebhook = "", domain, dnsZoneId, dnsTarget } = host;
  const record = {
    messagingEndpoint,
    callingWebhook,
    ...defined({ domain, dnsZoneId, dnsTarget }),
  };
  refuse(parent, [
    ...ifPlain(messagingEndpoint, (url) => checkMessagingEndpoint("host.messagingEndpoint", url)),
    ...ifPlain(callingWebhook, (url) => checkCallingWebhook("host.callingWebhook", url)),
    ...ifPlain(record, (plain) => checkEndpointRecord("host", plain)),
  ]);
  const endpoint = new ExistingEndpoint(name, record, { parent });
  return { identity: undefined, run: () => endpoint };
}

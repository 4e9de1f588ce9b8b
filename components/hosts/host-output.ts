// A host, as a stack output shows it.
import * as pulumi from "@pulumi/pulumi";
import { HostKind, HostSlot } from "../../rules/bot-choices.js";
import { defined } from "../defined.js";
import type { BotHost, HostMediaOutput } from "./bot-host.js";
import type { HostAddress } from "./calling-host.js";
import type { HostArgs } from "./host-args.js";

/** Where the bot runs. */
export interface HostOutput {
  kind: HostKind;
  slot: HostSlot;
  /** Of the identity that the process runs as; absent where the bot runs elsewhere. */
  identityClientId?: string;
  /** Where media is controlled that the bot's own process hosts. */
  media?: HostMediaOutput;
}

/** A host beside the one that takes the calls, and where it takes them once they are switched. */
export interface OtherHostOutput extends HostOutput {
  messagingEndpoint: string;
  callingWebhook: string;
}

export function hostOutput(
  { kind = HostKind.Existing, slot = HostSlot.First }: HostArgs,
  { identity }: HostAddress,
  { media }: BotHost,
): pulumi.Output<HostOutput> {
  const identityClientId = identity?.clientId;
  return pulumi.output({ kind, slot, ...defined({ identityClientId, media }) });
}

export function otherHostOutput(
  args: HostArgs,
  address: HostAddress,
  host: BotHost,
): pulumi.Output<OtherHostOutput> {
  const { messagingEndpoint, callingWebhook } = host;
  return pulumi
    .all([hostOutput(args, address, host), messagingEndpoint, callingWebhook])
    .apply(([shown, messages, calls]) => ({
      ...shown,
      messagingEndpoint: messages,
      callingWebhook: calls,
    }));
}

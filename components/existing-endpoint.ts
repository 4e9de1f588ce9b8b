// A bot that runs somewhere already: its two addresses are checked, and found by a DNS record where one is wanted.
import * as pulumi from "@pulumi/pulumi";
import { checkEndpointRecord } from "../rules/hosts/endpoint-record.js";
import {
  checkCallingWebhook,
  checkedMessagingEndpoint,
  checkedWebhook,
  checkMessagingEndpoint,
} from "../rules/urls.js";
import type { BotHost } from "./hosts/bot-host.js";
import { endpointRecordSet } from "./hosts/endpoint-record.js";
import { ifPlain, refuse, refusing } from "./refusal.js";

export interface ExistingEndpointArgs {
  /** Where the bot takes messages: https on a public host, such as `https://contoso.com/api/messages`. */
  messagingEndpoint: pulumi.Input<string>;
  /** Where the bot takes incoming calls: https on a public host, such as `https://contoso.com/teamsapp/api/calling`. */
  callingWebhook: pulumi.Input<string>;
  /** ARM id of a DNS zone of this subscription in which a record for the host of the URLs is made. @default none is made */
  dnsZoneId?: pulumi.Input<string>;
  /** Where the record leads: an IPv4 or IPv6 address, or a host name. Required with `dnsZoneId`. */
  dnsTarget?: pulumi.Input<string>;
  /** Which host the record is for, where the URLs have two. @default their one host */
  domain?: string;
}

/**
 * The host of a bot that runs elsewhere. Its outputs are what a registration takes. Nothing is made but, on request, a DNS record.
 *
 * @example
 * const host = new ExistingEndpoint("bot", {
 *   messagingEndpoint: "https://contoso.com/api/messages",
 *   callingWebhook: "https://contoso.com/teamsapp/api/calling",
 * });
 */
export class ExistingEndpoint extends pulumi.ComponentResource implements BotHost {
  readonly messagingEndpoint: pulumi.Output<string>;
  /** As the service will store it: a URL of a host alone ends in a slash. */
  readonly callingWebhook: pulumi.Output<string>;

  constructor(name: string, args: ExistingEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:ExistingEndpoint", name, {}, opts);
    refuse(this, [
      ...ifPlain(args.messagingEndpoint, (url) => checkMessagingEndpoint("messagingEndpoint", url)),
      ...ifPlain(args.callingWebhook, (url) => checkCallingWebhook("callingWebhook", url)),
      ...ifPlain({ ...args }, (plain) => checkEndpointRecord("ExistingEndpoint", plain)),
    ]);
    endpointRecordSet(name, args, this);
    this.messagingEndpoint = pulumi
      .output(args.messagingEndpoint)
      .apply(refusing(this, checkedMessagingEndpoint("messagingEndpoint")));
    this.callingWebhook = pulumi
      .output(args.callingWebhook)
      .apply(refusing(this, checkedWebhook("callingWebhook")));
    this.registerOutputs({
      messagingEndpoint: this.messagingEndpoint,
      callingWebhook: this.callingWebhook,
    });
  }
}

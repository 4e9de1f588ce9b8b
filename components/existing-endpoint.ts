// A bot that runs somewhere already: nothing is made, its two addresses are checked.
import * as pulumi from "@pulumi/pulumi";
import {
  checkCallingWebhook,
  checkedMessagingEndpoint,
  checkedWebhook,
  checkMessagingEndpoint,
} from "../rules/urls.js";
import { ifPlain, refuse, refusing } from "./refusal.js";

export interface ExistingEndpointArgs {
  /** Where the bot takes messages: https on a public host, such as `https://contoso.com/api/messages`. */
  messagingEndpoint: pulumi.Input<string>;
  /** Where the bot takes incoming calls: https on a public host, such as `https://contoso.com/teamsapp/api/calling`. */
  callingWebhook: pulumi.Input<string>;
}

/**
 * The host of a bot that runs elsewhere. Its outputs are what a registration takes.
 *
 * @example
 * const host = new ExistingEndpoint("bot", {
 *   messagingEndpoint: "https://contoso.com/api/messages",
 *   callingWebhook: "https://contoso.com/teamsapp/api/calling",
 * });
 */
export class ExistingEndpoint extends pulumi.ComponentResource {
  readonly messagingEndpoint: pulumi.Output<string>;
  /** As the service will store it: a URL of a host alone ends in a slash. */
  readonly callingWebhook: pulumi.Output<string>;

  constructor(name: string, args: ExistingEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:ExistingEndpoint", name, {}, opts);
    refuse(this, [
      ...ifPlain(args.messagingEndpoint, (url) => checkMessagingEndpoint("messagingEndpoint", url)),
      ...ifPlain(args.callingWebhook, (url) => checkCallingWebhook("callingWebhook", url)),
    ]);
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

// What every host tells the rest of a bot, whichever kind it is.
import type * as pulumi from "@pulumi/pulumi";

/** A host, as a registration takes it. */
export interface BotHost {
  /** https URL at which the bot takes messages. */
  readonly messagingEndpoint: pulumi.Output<string>;
  /** https URL at which the bot takes incoming calls. */
  readonly callingWebhook: pulumi.Output<string>;
}

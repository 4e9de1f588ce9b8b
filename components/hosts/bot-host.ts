// What every host tells the rest of a bot, whichever kind it is.
import type * as pulumi from "@pulumi/pulumi";
import type { HostIdentityOutput } from "./host-foundation.js";

/** Where media that the bot's own process hosts is controlled: each machine has a TCP port of its own. */
export interface HostMediaOutput {
  hostName: string;
  firstPort: number;
  lastPort: number;
  /** Machines that the update asked for; a set that grows by itself may have more. */
  instances: number;
}

/** A host, as a registration takes it. */
export interface BotHost {
  /** https URL at which the bot takes messages. */
  readonly messagingEndpoint: pulumi.Output<string>;
  /** https URL at which the bot takes incoming calls. */
  readonly callingWebhook: pulumi.Output<string>;
  /** What the process runs as; undefined where the bot runs elsewhere. */
  readonly identity?: pulumi.Output<HostIdentityOutput>;
  /** Undefined where Microsoft hosts the media, and where the bot runs elsewhere. */
  readonly media?: pulumi.Output<HostMediaOutput>;
  /** What the process reads, by name, without secrets; undefined where the bot runs elsewhere. */
  readonly settings?: pulumi.Output<Record<string, string>>;
}

// What a calling bot is told. The shape is the stack's configuration, so that a program can hand that over as it is.
import type * as pulumi from "@pulumi/pulumi";
import type { BotSku, BotType, Tenancy } from "../rules/bot-choices.js";
import type { Capability } from "../rules/capabilities.js";
import type { Cloud } from "../rules/clouds.js";
import type { ConsentMode } from "../rules/consent.js";
import type { MediaRecording } from "../rules/recording.js";
import type { AdoptArgs } from "./adopt-args.js";
import type { BotCredentialArgs } from "./bot-credential.js";
import type { HostArgs } from "./hosts/host-args.js";
import type { IgnoreArgs } from "./ignore-args.js";
import type { ManagedIdentityArgs } from "./managed-identity.js";
import type { ResourceGroupArgs } from "./resource-group.js";
import type { SignUpPublisherArgs } from "./sign-up-facts.js";
import type { AppArgs } from "./teams-app-package.js";

/** The Azure Bot itself. */
export interface BotArgs {
  /**
   * Resource name, 4 to 42 characters, unique over all of Azure; changing it replaces the bot.
   * @default `<project>-<stack>-<6 digits of a hash>`, the same on every run
   */
  name?: string;
  /** Cannot change later. @default BotType.SingleTenant */
  type?: BotType;
  /** @default BotSku.Free */
  sku?: BotSku;
  /** @default none */
  description?: pulumi.Input<string>;
  /** https URL of a PNG. @default the service's own icon */
  iconUrl?: pulumi.Input<string>;
}

/** How consent to the app roles is given. */
export interface ConsentArgs {
  /** `grant` needs a deployer that may grant app roles: see AdminConsent. @default ConsentMode.Url */
  mode?: ConsentMode;
  /**
   * Where the administrator lands, for `signUp` the return page of the sign-up site. It becomes one of the application's
   * reply URLs.
   * @default the first of `replyUrls`; with `publisher` the page that this stack puts up
   */
  redirectUrl?: string;
  /**
   * For `signUp`: who asks. The sign-up page is then put up in Azure Storage, and its address becomes one of the reply URLs.
   * @default no page is put up: it is hosted elsewhere, and `redirectUrl` says where
   */
  publisher?: SignUpPublisherArgs;
  /** With `publisher`: why a permission is needed, by its name, a whole sentence. @default what the capabilities say */
  reasons?: Record<string, string>;
  /** For a multi-tenant bot: tenants whose consent is wanted as well, by id or verified domain, or `organizations`. @default [] */
  customerTenants?: string[];
  /** For `grant`: app role assignments that exist and are taken over; see AdminConsent. @default {} */
  adopt?: Record<string, string>;
}

/**
 * What may be cut off although it is in use, each named by what it is now: once it has gone the line allows nothing any more.
 * Left out, an update that would cut off a bot is refused, with the way to hand over instead.
 */
export interface AllowReplaceArgs {
  /** ARM id of the Azure Bot that another `bot.name` or resource group replaces. @default none */
  bot?: string;
  /** The app id that another kind of bot, managed identity or adopted application gives up. @default none */
  appId?: string;
  /** Region of the resource group that another `resourceGroup.location` deletes with everything in it. @default none */
  location?: string;
  /** `multiTenant`, when `singleTenant` cuts off the customers' tenants. @default none */
  tenancy?: string;
  /** Kind of the host that goes while it takes calls. @default none */
  host?: string;
}

export interface CallingBotArgs {
  /** Where the bot runs. */
  host: HostArgs;
  /**
   * A host beside the one that takes the calls, in the other slot: a new one before calls are switched to it, or the old one
   * until its calls have ended. @default none
   */
  otherHost?: HostArgs;
  /** What the bot does; the least app roles that allow it are asked for. This, `permissions` or both must be given. @default [] */
  capabilities?: Capability[];
  /** Graph app roles by name, in any case. @default [] */
  permissions?: string[];
  /**
   * What the bot's code does with media. Required with access to media, because Microsoft Graph forbids to record or persist
   * it unless updateRecordingStatus succeeded first.
   */
  mediaRecording?: MediaRecording;
  /** What people see. @default the bot's name */
  displayName?: pulumi.Input<string>;
  /** @default a free Azure Bot of type SingleTenant with a stable unique name */
  bot?: BotArgs;
  /** A bot that exists and is taken over. @default everything is made */
  adopt?: AdoptArgs;
  /** For a bot of type UserAssignedMSI. @default one is made */
  managedIdentity?: ManagedIdentityArgs;
  /** Whether other tenants can consent to the application. @default Tenancy.SingleTenant */
  tenancy?: Tenancy;
  /** Further reply URLs of the application. @default [] */
  replyUrls?: string[];
  /** How the bot signs in. @default none is made; on a host that is made, the application trusts the host's identity */
  credential?: BotCredentialArgs;
  /** @default a link is put out and nothing is granted */
  consent?: ConsentArgs;
  /** The Teams app with which people reach the bot. @default none is packed: `teams-calling-bot app` does it too */
  app?: AppArgs;
  /** Object ids of the owners, complete. @default whoever deploys first */
  owners?: string[];
  /** @default one is made, named `<project>-<stack>` */
  resourceGroup?: ResourceGroupArgs;
  /** Tags of all Azure resources. @default those by which a left-over is found */
  tags?: Record<string, string>;
  /** @default nothing may be: an update that would cut off the bot is refused */
  allowReplace?: AllowReplaceArgs;
  /** What others write on purpose, and is left as it is. @default nothing: every difference is put right */
  ignore?: IgnoreArgs;
  /**
   * Whether application, service principal or managed identity, Azure Bot, channel, sign-up address and resource group are
   * protected: a destroy and every replacement is refused. Credentials and consent can change all the same.
   * @default false
   */
  protect?: boolean;
  /**
   * Whether a destroy leaves to Azure and Entra what goes with the resource group or the application. Quicker; but if deleting one
   * of these fails, what it holds stays, and the stack no longer knows it. @default false
   */
  ephemeral?: boolean;
  /** @default Cloud.Public */
  cloud?: Cloud;
}

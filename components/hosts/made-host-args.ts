// What every host takes that is made here: where it goes, what it runs as, whose bot it is.
import type * as pulumi from "@pulumi/pulumi";
import type { BotType } from "../../rules/bot-choices.js";
import type { Cloud } from "../../rules/clouds.js";
import type { ManagedIdentityArgs } from "../managed-identity.js";

/** For the part with an address, which needs no app id. A {@link HostFoundation} makes what it refers to. */
export interface HostAddressArgs {
  resourceGroupName: pulumi.Input<string>;
  /** Region. @default the provider's setting azure-native:location, or else that of the resource group */
  location?: pulumi.Input<string>;
  /** @default only those by which a left-over is found */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** The user-assigned identity that the bot's process runs as. */
  identity: ManagedIdentityArgs;
  /**
   * Whether the identity is given the roles it needs. Not where it has them already: Azure takes no second assignment of the
   * same role at the same place. @default true
   */
  grantRoles?: boolean;
  /** ARM id of the Log Analytics workspace that takes logs and metrics. */
  workspaceId: pulumi.Input<string>;
  /** ARM id of the subnet from which the process reaches out. */
  subnetId: pulumi.Input<string>;
}

/** For the part that runs the bot. */
export interface HostWorkloadArgs {
  resourceGroupName: pulumi.Input<string>;
  /** The bot's app id. */
  appId: pulumi.Input<string>;
  /** Tenant of the application. */
  tenantId: pulumi.Input<string>;
  /** @default BotType.SingleTenant */
  botType?: BotType;
  /** The user-assigned identity that the process runs as. */
  identity: ManagedIdentityArgs;
  /**
   * Whether the identity is given the roles it needs. Not where it has them already: Azure takes no second assignment of the
   * same role at the same place. @default true
   */
  grantRoles?: boolean;
  /** ARM id of the Log Analytics workspace that takes logs and metrics. */
  workspaceId: pulumi.Input<string>;
  applicationInsightsConnectionString: pulumi.Input<string>;
  /** Key Vault that `secretSettings` name secrets of, as in `https://contoso.vault.azure.net/`. */
  vaultUri: pulumi.Input<string>;
  /** Where the bot takes messages. @default /api/messages */
  messagingPath?: string;
  /** Where the bot takes incoming calls. @default /api/calling */
  callingPath?: string;
  /** Answers 200 while the process is well. @default /health */
  healthPath?: string;
  /** Further settings of the process, by name. They stand in the state in plain text. @default {} */
  settings?: Record<string, pulumi.Input<string>>;
  /** Settings whose value the host reads from the vault: name of the setting to name of the secret. @default {} */
  secretSettings?: Record<string, string>;
  /** @default Cloud.Public */
  cloud?: Cloud;
}

// Where a bot runs, as a stack says it: flat, because components of other languages know no unions. What may stand beside
// `kind` depends on it; everything else is refused.
import type * as pulumi from "@pulumi/pulumi";
import type { CallState, HostKind, HostSlot } from "../../rules/bot-choices.js";
import type { SiteOs } from "../../rules/hosts/app-service.js";
import type { RevisionMode } from "../../rules/hosts/container-app.js";
import type { ScaleIn } from "../../rules/hosts/scale-set.js";
import type { HostMedia } from "../../rules/hosts/sizing.js";
import type { ManagedIdentityArgs } from "../managed-identity.js";
import type { BotPackageArgs } from "./scale-set-host-args.js";

/** A certificate in a Key Vault that exists before the stack comes up. */
export interface HostCertificateArgs {
  /** ARM id of the vault. */
  vaultId: string;
  /** Name of the certificate, and of the secret beside it. */
  secretName: string;
  /**
   * For `appService`: whether the deployment gives App Service itself the right to read certificates of the vault. One
   * assignment serves every stack: where another one has made it, this one must not. @default true
   */
  grantAccess?: boolean;
}

export interface HostArgs {
  /** @default HostKind.Existing */
  kind?: HostKind;
  /** Which of the two places in the stack it has; two hosts beside each other have one each. @default HostSlot.First */
  slot?: HostSlot;

  /** For `existing`, required: where the bot takes messages, https on a public host. */
  messagingEndpoint?: pulumi.Input<string>;
  /** For `existing`, required: where the bot takes incoming calls, https on a public host. */
  callingWebhook?: pulumi.Input<string>;

  /** For `existing`, with `dnsZoneId`: where the record leads, an IP address or a host name. */
  dnsTarget?: string;

  /** A host name of the bot's own. @default the one that Azure gives; for `existing` the host of its URLs */
  domain?: string;
  /** ARM id of a DNS zone of this subscription, in which the records of that name are made. @default a person makes them */
  dnsZoneId?: string;

  /** For hosts that are made: where the bot takes messages. @default /api/messages */
  messagingPath?: string;
  /** For hosts that are made: where the bot takes incoming calls. @default /api/calling */
  callingPath?: string;
  /** For hosts that are made: answers 200 while the process is well. @default /health */
  healthPath?: string;
  /** For hosts that are made: further settings of the process. They stand in the state in plain text. @default {} */
  settings?: Record<string, string>;
  /** For hosts that are made: settings read from the vault, name of the setting to name of the secret. @default {} */
  secretSettings?: Record<string, string>;
  /** For hosts that are made: an identity that exists. @default one is made, and the application trusts it */
  identity?: ManagedIdentityArgs;
  /**
   * For hosts that are made: whether the identity is given the roles it needs, which docs/hosts.md lists. Not where it has them
   * already, or where the deployer may assign none. @default true
   */
  grantRoles?: boolean;
  /** For hosts that are made: ARM id of a Key Vault that exists. @default one is made */
  vaultId?: string;
  /** For hosts that are made: ARM id of a Log Analytics workspace that exists. @default one is made */
  workspaceId?: string;
  /** For hosts that are made: ARM id of an Application Insights resource that exists. @default one is made */
  applicationInsightsId?: string;
  /** For hosts that are made: ARM id of a subnet that exists, delegated as the host needs it. @default a network is made */
  subnetId?: string;
  /** For hosts that are made: public IPv4 addresses and ranges that reach a vault made here. @default [] */
  allowedAddresses?: string[];

  /** Name of the site or the container app, which is part of its address. @default a stable one, unique over all of Azure */
  name?: string;
  /** For `appService`. A change replaces plan and site. @default SiteOs.Linux */
  os?: SiteOs;
  /** For `appService`: plan of the Basic tier or above. @default P0v3 */
  sku?: string;
  /** For `appService`: stack and version that the code runs on, such as `NODE|22-lts`. This or `image` is required. */
  runtime?: string;
  /** Container image with its tag or digest. */
  image?: string;
  /** For an image in Azure Container Registry: ARM id of the registry. */
  registryId?: string;
  /** For `appService`: command that starts the process. @default what the runtime or image says */
  startCommand?: string;
  /** @default 1 with calls in memory, 2 with calls in a shared store */
  instances?: number;
  /** Where the process keeps what it knows of its calls. @default CallState.Memory */
  callState?: CallState;

  /** For `containerApp`: port that the process listens on, in plain http. @default 8080 */
  port?: number;
  /** For `containerApp`: vCPUs of a replica, 0.25 to 4 in steps of 0.25. @default 0.5 */
  cpu?: number;
  /** For `containerApp`: memory of a replica, 2Gi for each vCPU. @default what belongs to `cpu` */
  memory?: string;
  /** For `containerApp` and `scaleSet`: most copies. @default as many as `instances` */
  maxInstances?: number;
  /** For `containerApp`: replicas spread over the zones of the region. A change replaces the environment. @default false */
  zoneRedundant?: boolean;
  /** For `containerApp`: what happens to the version that an update replaces. @default RevisionMode.Single */
  revisionMode?: RevisionMode;
  /** For `containerApp`: seconds that a replica has to end its calls, at most 600. @default 600 */
  terminationGraceSeconds?: number;

  /** For `scaleSet`: first part of the host name that Azure gives. @default a stable one */
  dnsLabel?: string;
  /**
   * A certificate in a vault that exists. For `scaleSet`, required: what the machines serve. For `appService`, required with
   * `domain`. For `containerApp` Azure issues its own.
   */
  certificate?: HostCertificateArgs;
  /** For `scaleSet`, required: the program that the machines run. */
  package?: BotPackageArgs;
  /** For `scaleSet`: VM size of at least 4 vCPUs, or of the Dv2 series with at least 2. @default computed */
  size?: string;
  /** For `scaleSet`: calls at a time for which size and number are computed. @default what two machines carry */
  concurrentCalls?: number;
  /** For `scaleSet`: calls that one machine carries, as you measured it. @default computed from the size */
  callsPerInstance?: number;
  /** For `scaleSet`: what the bot does with the media of a call. @default HostMedia.Audio */
  media?: HostMedia;
  /** For `scaleSet`: part of the calls that comes on top, 0 to 10. @default 0.25 */
  headroom?: number;
  /** For `scaleSet`: whether machines are taken away when there is little to do. @default ScaleIn.Off */
  scaleIn?: ScaleIn;
  /** For `scaleSet`: zones of the region; an empty list where it has none. @default ["1", "2", "3"] */
  zones?: string[];
  /** For `scaleSet`: only `Regular`; any other machine is taken away in the middle of its calls. @default Regular */
  priority?: string;
}

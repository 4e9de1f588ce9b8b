// What a host of Windows machines is told.
import type * as pulumi from "@pulumi/pulumi";
import type { ScaleIn } from "../../rules/hosts/scale-set.js";
import type { HostMedia } from "../../rules/hosts/sizing.js";
import type { HostWorkloadArgs } from "./made-host-args.js";

export interface BotPackageArgs {
  /**
   * https URL of a zip of the bot, without a query. From a blob it is read by the host's identity, which needs the role
   * Storage Blob Data Reader there; from elsewhere anybody must be able to read it.
   * @default the image holds the bot
   */
  url?: string;
  /** SHA-256 of the zip, hexadecimal. Required with `url`. */
  sha256?: string;
  /** The program: below the top of the zip, as in `EchoBot.exe`, or its whole path on the image. */
  command: string;
}

export interface ScaleSetHostArgs extends HostWorkloadArgs {
  /** Name of scale set, load balancer and security group; a change replaces them and every machine. */
  resourceName: pulumi.Input<string>;
  /** Host name of the address, which the certificate covers. */
  hostName: pulumi.Input<string>;
  /** ARM id of the address. */
  publicIpAddressId: pulumi.Input<string>;
  /** Where machines read the certificate: the address of a vault's secret, without a version. */
  certificateUrl: pulumi.Input<string>;
  /** ARM id of the subnet in which the machines stand: at least as many addresses as `maxInstances`. */
  subnetId: pulumi.Input<string>;
  /** Region. @default the provider's setting azure-native:location, or else that of the resource group */
  location?: pulumi.Input<string>;
  /** @default only those by which a left-over is found */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;

  /** The program that the machines run. */
  package: BotPackageArgs;
  /** Calls at a time for which size and number are computed. @default what two machines carry */
  concurrentCalls?: number;
  /** What the bot does with the media of a call. @default HostMedia.Audio */
  media?: HostMedia;
  /** Part of the calls that comes on top, 0 to 10. @default 0.25 */
  headroom?: number;
  /** Calls that one machine carries, as you measured it. @default computed from the size */
  callsPerInstance?: number;
  /** VM size of at least 4 vCPUs, or of the Dv2 series with at least 2. @default computed, Standard_D4s_v5 or larger */
  size?: string;
  /** The fewest machines, 1 to 100. @default computed, at least 2 */
  instances?: number;
  /** The most machines, 1 to 100. The set grows up to it by itself. @default as many as the fewest */
  maxInstances?: number;
  /** @default ScaleIn.Off */
  scaleIn?: ScaleIn;
  /** Zones of the region over which machines are spread; an empty list where it has none. @default ["1", "2", "3"] */
  zones?: string[];
  /**
   * ARM id of an image of your own, generation 2 where the size is, with Windows Server and its desktop.
   * @default Windows Server 2022, the newest version when a machine is made
   */
  image?: string;
}

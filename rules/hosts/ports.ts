// The one plan of ports of a bot that hosts media itself. Security group, load balancer, the machine's firewall and http.sys,
// and the settings of the process are all made from it, so that they cannot disagree.
//
// Ports and their sources are those of Microsoft's EchoBot (microsoft-graph-comms-samples, Samples/PublicSamples/EchoBot/ADF).
// 8445 is a convention of the samples, no rule of the platform (microsoft-graph-comms-samples#870).

import { Cloud } from "../clouds.js";
import { MOST_INSTANCES } from "./sizing.js";

/** Ports from `first` to `last`, both counted. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Who may call a port: a service tag or ranges, as a security group takes them. */
export type Sources = readonly string[];

/** A TCP port on which each machine listens with TLS. */
export interface Listener {
  readonly name: string;
  /** On the machine: what load balancer and security group forward to and let through. */
  readonly port: number;
  readonly sources: Sources;
  /** Whether http.sys asks the caller for a certificate, as the media SDK wants it from 1.28 on (#848). */
  readonly asksForCertificate: boolean;
}

/** A listener that the whole set shares: any machine may answer. */
export interface SharedListener extends Listener {
  readonly publicPort: number;
}

/** A listener of one machine: each has a public port of its own. */
export interface InstanceListener extends Listener {
  readonly publicPorts: PortRange;
  /** Name under which the process finds its own public port. */
  readonly publicPortSetting: string;
}

export interface PortPlan {
  /** Incoming calls and messages, and the question whether the machine is well. */
  readonly signalling: SharedListener;
  /** What Microsoft reports of a call, to the machine that holds it. */
  readonly notification: InstanceListener;
  /** Control of a call's media, to the machine that holds it. */
  readonly media: InstanceListener;
  /** Audio and video themselves, over UDP and past the load balancer. */
  readonly datagrams: { readonly ports: readonly PortRange[]; readonly sources: Sources };
}

const FIRST_MEDIA_PORT = 6000;
const FIRST_NOTIFICATION_PORT = 7000;

/**
 * Addresses of Teams' media. 52.112.0.0/14 and 52.120.0.0/14 are EchoBot's; the second holds 52.122.0.0/15, which Microsoft
 * 365's list of addresses has beside the first.
 */
const TEAMS_MEDIA = ["52.112.0.0/14", "52.120.0.0/14"];
/** The US government's have their own ("Plan Direct Routing", media traffic of GCC High and of DoD). */
const MEDIA_OF_CLOUD: Readonly<Partial<Record<Cloud, readonly string[]>>> = {
  [Cloud.GccHigh]: ["52.127.88.0/21"],
  [Cloud.Dod]: ["52.127.64.0/21"],
};

/**
 * Which datagram ports the media SDK takes is not published; a user's guess is 48000 to 65535
 * (microsoft-graph-comms-samples#51). The samples open all of them; here the well-known ones and Remote Desktop's stay shut.
 */
const DATAGRAM_PORTS: readonly PortRange[] = [
  { first: 1024, last: 3388 },
  { first: 3390, last: 65535 },
];

/**
 * Ports for as many machines as a set may have, 1 to 1000, and not for as many as it has now: so a set that grows changes nothing
 * of the load balancer, and of what its machines are told.
 */
export function portPlan(machines = MOST_INSTANCES, cloud = Cloud.Public): PortPlan {
  return {
    signalling: {
      name: "signalling",
      port: 9442,
      publicPort: 443,
      // Where calls and messages come from is not published as a list; the tag AzureBotService saw none (#342).
      sources: ["Internet"],
      asksForCertificate: false,
    },
    notification: {
      name: "notification",
      port: 9441,
      publicPorts: rangeFrom(FIRST_NOTIFICATION_PORT, machines),
      publicPortSetting: "AppSettings__BotInstanceExternalPort",
      sources: ["AzureCloud"],
      asksForCertificate: false,
    },
    media: {
      name: "media",
      port: 8445,
      publicPorts: rangeFrom(FIRST_MEDIA_PORT, machines),
      publicPortSetting: "AppSettings__MediaInstanceExternalPort",
      // The SDK also calls itself at start, over its public port (#281); a machine's own address is Azure's as well.
      sources: ["AzureCloud"],
      asksForCertificate: true,
    },
    datagrams: { ports: DATAGRAM_PORTS, sources: MEDIA_OF_CLOUD[cloud] ?? TEAMS_MEDIA },
  };
}

function rangeFrom(first: number, count: number): PortRange {
  return { first, last: first + count - 1 };
}

/** Listeners that the load balancer maps machine by machine. */
export function instanceListeners({ notification, media }: PortPlan): InstanceListener[] {
  return [notification, media];
}

/** All TCP ports on which a machine listens. */
export function listeners(plan: PortPlan): Listener[] {
  return [plan.signalling, ...instanceListeners(plan)];
}

// What the security group, the load balancer and the machine's own firewall let through: each is read off the port plan.
import {
  instanceListeners,
  listeners,
  type PortPlan,
  type PortRange,
  type Sources,
} from "./ports.js";

/** One rule of a security group for traffic that comes in. */
export interface InboundRule {
  readonly name: string;
  readonly priority: number;
  readonly access: "Allow" | "Deny";
  readonly protocol: "Tcp" | "Udp" | "*";
  /** A service tag, or `*`. */
  readonly sourceAddressPrefix?: string;
  readonly sourceAddressPrefixes?: string[];
  /** One range, or `*`; where there are more they stand in the list. */
  readonly destinationPortRange?: string;
  readonly destinationPortRanges?: string[];
  readonly description: string;
}

/**
 * All that comes in, and nothing else: the last rule also shuts out the virtual network, which the default rules would let in.
 * The group sees the machine's own ports, because the load balancer has translated the public ones before. Nothing is said
 * about what goes out: that stays open, port 80 too, because the media SDK fetches certificates and revocation lists there.
 */
export function inboundRules(plan: PortPlan): InboundRule[] {
  const { signalling, datagrams } = plan;
  const allowed = [
    ...listeners(plan).map(({ name, port, sources }) => ({
      name: `allow-${name}`,
      protocol: "Tcp" as const,
      ...sourcesOf(sources),
      destinationPortRange: String(port),
      description: DESCRIPTIONS[name] ?? name,
    })),
    {
      name: "allow-media-datagrams",
      protocol: "Udp" as const,
      ...sourcesOf(datagrams.sources),
      destinationPortRanges: datagrams.ports.map(rangeText),
      description: "Audio and video from Teams",
    },
    {
      name: "allow-health-probe",
      protocol: "Tcp" as const,
      ...sourcesOf(["AzureLoadBalancer"]),
      destinationPortRange: String(signalling.port),
      description: "The load balancer asks whether the machine is well",
    },
  ];
  return [
    ...allowed.map((rule, index) => ({
      ...rule,
      priority: 100 + 10 * index,
      access: "Allow" as const,
    })),
    {
      name: "deny-everything-else",
      priority: 4096,
      access: "Deny",
      protocol: "*",
      sourceAddressPrefix: "*",
      destinationPortRange: "*",
      description: "No Remote Desktop, nothing from the virtual network",
    },
  ];
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  signalling: "Incoming calls and messages",
  notification: "Notifications of calls that this machine holds",
  media: "Control of the media of calls that this machine holds",
};

function sourcesOf(sources: Sources) {
  const [only, ...more] = sources;
  return only !== undefined && more.length === 0
    ? { sourceAddressPrefix: only }
    : { sourceAddressPrefixes: [...sources] };
}

function rangeText({ first, last }: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}

/** One inbound NAT rule, version 2: a range of public ports of which each machine in the pool has one. */
export interface NatRule {
  readonly name: string;
  readonly frontendPortRangeStart: number;
  readonly frontendPortRangeEnd: number;
  readonly backendPort: number;
}

export function natRules(plan: PortPlan): NatRule[] {
  return instanceListeners(plan).map(({ name, port, publicPorts }) => ({
    name,
    frontendPortRangeStart: publicPorts.first,
    frontendPortRangeEnd: publicPorts.last,
    backendPort: port,
  }));
}

/** One rule of Windows Defender Firewall. */
export interface FirewallRule {
  readonly name: string;
  readonly protocol: "TCP" | "UDP";
  readonly ports: string[];
  /** `Any`, or ranges; service tags are the security group's, the machine knows none. */
  readonly remoteAddresses: string[];
}

export function firewallRules(plan: PortPlan): FirewallRule[] {
  const { datagrams } = plan;
  return [
    ...listeners(plan).map(
      ({ name, port }): FirewallRule => ({
        name,
        protocol: "TCP",
        ports: [String(port)],
        remoteAddresses: ["Any"],
      }),
    ),
    {
      name: "media-datagrams",
      protocol: "UDP",
      ports: datagrams.ports.map(rangeText),
      remoteAddresses: [...datagrams.sources],
    },
  ];
}

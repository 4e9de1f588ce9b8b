// The DNS record of a bot that runs elsewhere: which name it is for, and what it leads to.
import { type Issue, shown, throwIfAny } from "../issue.js";
import { unreachableBecause } from "../public-host.js";
import { checkDnsZoneId, checkInZone, zoneNameOf } from "./dns-zone.js";
import { addressType, DnsRecordType, isHostName } from "./host-domain.js";

/** What a stack says of it, with the URLs as they are. */
export interface EndpointRecordWish {
  readonly messagingEndpoint: string;
  readonly callingWebhook: string;
  /** Which of the two hosts the record is for. @default the one host of both URLs */
  readonly domain?: string | undefined;
  readonly dnsZoneId?: string | undefined;
  readonly dnsTarget?: string | undefined;
}

const WHOSE = "this package";

/** The host that a record is for; undefined where the URLs have two and none is named. */
export function recordHost(wish: EndpointRecordWish): string | undefined {
  const [host, other] = hosts(wish);
  return wish.domain ?? (host === other ? host : undefined);
}

/** Issues of the record; none where no record is asked for. Of the URLs themselves only what the record makes of them. */
export function checkEndpointRecord(path: string, wish: EndpointRecordWish): Issue[] {
  const { dnsZoneId, dnsTarget, domain } = wish;
  const at = (setting: string) => `${path}.${setting}`;
  const missing = (setting: string, because: string, fix: string): Issue => {
    const rule = `must be given with ${at(because)}`;
    return { path: at(setting), rule, whose: WHOSE, fix };
  };
  if (dnsZoneId === undefined && dnsTarget === undefined) {
    if (domain === undefined) return [];
    return [missing("dnsZoneId", "domain", "Give the zone in which its record is to be made.")];
  }
  if (dnsZoneId === undefined) {
    return [missing("dnsZoneId", "dnsTarget", "Give the zone in which the record is to be made.")];
  }
  if (dnsTarget === undefined) {
    const fix = "Give the address or the name at which the bot runs, or remove the zone.";
    return [missing("dnsTarget", "dnsZoneId", fix)];
  }
  const ofZone = checkDnsZoneId(at("dnsZoneId"), dnsZoneId);
  const ofHost = ofZone.length > 0 ? [] : checkHost(at, { ...wish, dnsZoneId, dnsTarget });
  return [...ofZone, ...checkTarget(at("dnsTarget"), dnsTarget), ...ofHost];
}

/** What the record is made from. */
export interface EndpointRecord {
  readonly host: string;
  readonly target: string;
  readonly zoneId: string;
}

/** For values known only during `up`: returns the record, or throws a RulesError. */
export function checkedEndpointRecord(path: string): (wish: EndpointRecordWish) => EndpointRecord {
  return (wish) => {
    throwIfAny(checkEndpointRecord(path, wish));
    const { dnsTarget = "", dnsZoneId = "" } = wish;
    return { host: recordHost(wish) ?? "", target: dnsTarget, zoneId: dnsZoneId };
  };
}

type Wanted = EndpointRecordWish & { readonly dnsZoneId: string; readonly dnsTarget: string };

function checkHost(at: (setting: string) => string, wish: Wanted): Issue[] {
  const [host = "", other = ""] = hosts(wish);
  const { domain, dnsZoneId } = wish;
  // What is wrong with a URL is said of the URL.
  if (host === "" || other === "") return [];
  if (domain !== undefined && domain !== host && domain !== other) {
    return [
      {
        path: at("domain"),
        rule: `must be the host of ${at("messagingEndpoint")} or ${at("callingWebhook")}`,
        whose: WHOSE,
        got: shown(domain),
        fix: `Write ${[...new Set([host, other])].join(" or ")}.`,
      },
    ];
  }
  const named = recordHost(wish);
  if (named === undefined) {
    return [
      {
        path: at("domain"),
        rule: "must say for which host the record is, because the URLs have two",
        whose: WHOSE,
        fix: `Write ${host} or ${other}.`,
      },
    ];
  }
  if (!isHostName(named) || /^[\d.]+$/.test(named)) {
    return [
      {
        path: at("dnsZoneId"),
        rule: "must be left out when the host of the URLs is an IP address",
        whose: WHOSE,
        got: shown(dnsZoneId),
        fix: "Remove it, or write the URLs with a name.",
      },
    ];
  }
  const place = checkInZone(at(domain ? "domain" : "messagingEndpoint"), named, dnsZoneId);
  return [...place, ...checkAlias(at("dnsTarget"), named, wish)];
}

function checkAlias(path: string, host: string, { dnsZoneId, dnsTarget }: Wanted): Issue[] {
  if (addressType(dnsTarget) !== DnsRecordType.CNAME) return [];
  const refuse = (rule: string, fix: string): Issue[] => [
    { path, rule, whose: "Azure DNS", got: shown(dnsTarget), fix },
  ];
  if (dnsTarget === host) {
    return refuse("must not be the name that it is for", "Give the name that it leads to.");
  }
  if (host !== zoneNameOf(dnsZoneId)) return [];
  return refuse(
    `must be an IP address for ${host}, because the top of a zone cannot be an alias`,
    "Give the bot's address, or use a name below the zone's.",
  );
}

function checkTarget(path: string, target: string): Issue[] {
  const refuse = (rule: string): Issue[] => [
    {
      path,
      rule,
      whose: WHOSE,
      got: shown(target),
      fix: "Write it as in bot.example.net or 20.30.40.50.",
    },
  ];
  const isIPv6 = addressType(target) === DnsRecordType.AAAA;
  if (!isIPv6 && !isHostName(target)) {
    return refuse("must be a host name in lower case, an IPv4 or an IPv6 address");
  }
  const because = unreachableBecause(isIPv6 ? `[${target}]` : target);
  return because === undefined ? [] : refuse(`must be public, ${because}`);
}

function hosts({ messagingEndpoint, callingWebhook }: EndpointRecordWish): string[] {
  return [messagingEndpoint, callingWebhook].map((url) =>
    URL.canParse(url) ? new URL(url).hostname : "",
  );
}

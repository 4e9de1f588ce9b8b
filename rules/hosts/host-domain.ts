// A host name of one's own for a bot's host: what it may be, and the DNS records that must exist for it.
import { isIPv4, isIPv6 } from "../ip-address.js";
import { type Issue, shown } from "../issue.js";
import { unreachableBecause } from "../public-host.js";
import { checkDnsZoneId, checkInZone } from "./dns-zone.js";

/** The types of record that a host needs. */
export enum DnsRecordType {
  A = "A",
  AAAA = "AAAA",
  CNAME = "CNAME",
  TXT = "TXT",
}

/** One record. */
export interface DnsRecord {
  /** The whole name: `asuid.bot.contoso.com`. */
  readonly name: string;
  readonly type: DnsRecordType;
  readonly value: string;
}

/** Names that Azure gives: nobody else can put a record there. */
const AZURE_SUFFIXES = [
  ".azurewebsites.net",
  ".azurewebsites.us",
  ".azurecontainerapps.io",
  ".azurecontainerapps.us",
  ".cloudapp.azure.com",
  ".cloudapp.usgovcloudapi.net",
];

/** Issues of a host name of one's own: whole, public, in lower case, without a wildcard. */
export function checkDomain(path: string, domain: string): Issue[] {
  const refuse = (rule: string, fix: string): Issue[] => [
    { path, rule, whose: "this package", got: shown(domain), fix },
  ];
  if (domain.startsWith("*.")) {
    return refuse("must name one host, not all of a domain", "Write the host's whole name.");
  }
  if (!isHostName(domain)) {
    return refuse(
      "must be a host name of lower-case letters, digits, dots and hyphens",
      "Write it without https:// and without a path, as in bot.contoso.com.",
    );
  }
  const because = isIPv4(domain) ? "and an IP address is no name" : unreachableBecause(domain);
  if (because !== undefined) {
    return refuse(`must be a public host name, ${because}`, "Write a name as in bot.contoso.com.");
  }
  const suffix = AZURE_SUFFIXES.find((end) => domain.endsWith(end));
  if (suffix === undefined) return [];
  return refuse(
    `must be a name of your own, and names that end in ${suffix} are Azure's`,
    "Leave it out to use the name that Azure gives, or write a name of a domain that you own.",
  );
}

/** Issues of a domain and the zone that its records are to be made in; of the domain itself only whether it is there. */
export function checkDomainZone(
  path: string,
  {
    domain,
    dnsZoneId,
  }: { readonly domain?: string | undefined; readonly dnsZoneId?: string | undefined },
): Issue[] {
  if (dnsZoneId === undefined) return [];
  const at = `${path}.dnsZoneId`;
  const ofZone = checkDnsZoneId(at, dnsZoneId);
  if (domain === undefined) {
    const alone: Issue = {
      path: at,
      rule: `must be left out without ${path}.domain`,
      whose: "this package",
      got: shown(dnsZoneId),
      fix: "Give the name that records are to be made for, or remove the zone.",
    };
    return [alone, ...ofZone];
  }
  return ofZone.length > 0 ? ofZone : checkInZone(`${path}.domain`, domain, dnsZoneId);
}

/** Whether the domain is the top of its zone; where the zone is not known, one of two labels is taken for it. */
export function isZoneTop(domain: string, zoneName?: string): boolean {
  return zoneName === undefined ? domain.split(".").length === 2 : domain === zoneName;
}

/** The type of record that leads to `target`: an address, or another name. */
export function addressType(target: string): DnsRecordType {
  if (isIPv4(target)) return DnsRecordType.A;
  return isIPv6(target) ? DnsRecordType.AAAA : DnsRecordType.CNAME;
}

/**
 * Name of the TXT record by which the owner of a domain lets App Service or Container Apps serve it ("Map an existing custom DNS
 * name to Azure App Service"; "Custom domain names and free managed certificates in Azure Container Apps").
 */
export function proofName(domain: string): string {
  return `asuid.${domain}`;
}

/** What a person is told who has to make the records by hand. */
export function recordsTodo(records: readonly DnsRecord[]): string {
  const list = records.map(({ type, name, value }) => `${type} ${name} -> ${value}`).join(", ");
  return `These DNS records must exist before the domain can be added, and stay for as long as it is used: ${list}. Where one is missing, make it and run up again.`;
}

/** Lower-case labels of letters, digits and hyphens (RFC 1123, section 2.1). */
export function isHostName(text: string): boolean {
  return (
    text.length <= 253 &&
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(text)
  );
}

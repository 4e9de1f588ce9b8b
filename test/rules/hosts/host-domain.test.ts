import { describe, expect, it } from "vitest";
import {
  addressType,
  checkDomain,
  checkDomainZone,
  DnsRecordType,
  isZoneTop,
  proofName,
  recordsTodo,
} from "../../../rules/hosts/host-domain.js";
import { formatIssue } from "../../../rules/issue.js";

const ZONE =
  "/subscriptions/10ca1000-0000-4000-8000-00000000000a/resourceGroups/dns/providers/Microsoft.Network/dnsZones/contoso.com";

const sentences = (domain: string) => checkDomain("host.domain", domain).map(formatIssue);

describe("a domain", () => {
  it.each(["bot.contoso.com", "contoso.com", "bot-1.dev.contoso.co.uk", "xn--bcher-kva.example"])(
    "may be %s",
    (domain) => expect(sentences(domain)).toEqual([]),
  );

  it.each([
    [
      "*.contoso.com",
      'host.domain must name one host, not all of a domain (this package), got "*.contoso.com". Write the host\'s whole name.',
    ],
    [
      "https://bot.contoso.com/api",
      'host.domain must be a host name of lower-case letters, digits, dots and hyphens (this package), got "https://bot.contoso.com/api". Write it without https:// and without a path, as in bot.contoso.com.',
    ],
    [
      "Bot.contoso.com",
      'host.domain must be a host name of lower-case letters, digits, dots and hyphens (this package), got "Bot.contoso.com". Write it without https:// and without a path, as in bot.contoso.com.',
    ],
    [
      "bot",
      'host.domain must be a public host name, and a name without a dot is not (this package), got "bot". Write a name as in bot.contoso.com.',
    ],
    [
      "bot.contoso.local",
      'host.domain must be a public host name, and names under .local are not (this package), got "bot.contoso.local". Write a name as in bot.contoso.com.',
    ],
    [
      "20.30.40.50",
      'host.domain must be a public host name, and an IP address is no name (this package), got "20.30.40.50". Write a name as in bot.contoso.com.',
    ],
    [
      "contoso.azurewebsites.net",
      'host.domain must be a name of your own, and names that end in .azurewebsites.net are Azure\'s (this package), got "contoso.azurewebsites.net". Leave it out to use the name that Azure gives, or write a name of a domain that you own.',
    ],
  ])("may not be %s", (domain, sentence) => expect(sentences(domain)).toEqual([sentence]));
});

describe("a domain's zone", () => {
  it("may be left out, and takes a name that lies in it", () => {
    expect(checkDomainZone("host", {})).toEqual([]);
    expect(checkDomainZone("host", { domain: "bot.contoso.com" })).toEqual([]);
    expect(checkDomainZone("host", { domain: "bot.contoso.com", dnsZoneId: ZONE })).toEqual([]);
  });

  it("is refused without a domain, and with one of another zone", () => {
    expect(checkDomainZone("host", { dnsZoneId: ZONE }).map(formatIssue)).toEqual([
      `host.dnsZoneId must be left out without host.domain (this package), got "${ZONE}". Give the name that records are to be made for, or remove the zone.`,
    ]);
    const other = { domain: "bot.fabrikam.com", dnsZoneId: ZONE };
    expect(checkDomainZone("host", other).map(formatIssue)).toEqual([
      'host.domain must lie in the zone contoso.com, in which its record is to be made (Azure DNS), got "bot.fabrikam.com". Give a name that ends in .contoso.com, or the id of the zone that the name lies in.',
    ]);
  });
});

describe("the records of a domain", () => {
  it("have the type of what they lead to", () => {
    expect(addressType("20.30.40.50")).toBe(DnsRecordType.A);
    expect(addressType("2603:1063::1")).toBe(DnsRecordType.AAAA);
    expect(addressType("bot.azurecontainerapps.io")).toBe(DnsRecordType.CNAME);
  });

  it("know the top of a zone, and guess it where the zone is not known", () => {
    expect(isZoneTop("contoso.com", "contoso.com")).toBe(true);
    expect(isZoneTop("dev.contoso.com", "dev.contoso.com")).toBe(true);
    expect(isZoneTop("bot.contoso.com", "contoso.com")).toBe(false);
    expect(isZoneTop("contoso.com")).toBe(true);
    expect(isZoneTop("bot.contoso.com")).toBe(false);
  });

  it("are named to the person who has to make them", () => {
    const records = [
      { name: "bot.contoso.com", type: DnsRecordType.CNAME, value: "bot.azurecontainerapps.io" },
      { name: proofName("bot.contoso.com"), type: DnsRecordType.TXT, value: "AB12" },
    ];
    expect(recordsTodo(records)).toBe(
      "These DNS records must exist before the domain can be added, and stay for as long as it is used: CNAME bot.contoso.com -> bot.azurecontainerapps.io, TXT asuid.bot.contoso.com -> AB12. Where one is missing, make it and run up again.",
    );
  });
});

import { describe, expect, it } from "vitest";
import {
  checkEndpointRecord,
  type EndpointRecordWish,
  recordHost,
} from "../../../rules/hosts/endpoint-record.js";
import { formatIssue } from "../../../rules/issue.js";

const ZONE =
  "/subscriptions/10ca1000-0000-4000-8000-00000000000a/resourceGroups/dns/providers/Microsoft.Network/dnsZones/contoso.com";
const URLS = {
  messagingEndpoint: "https://bot.contoso.com/api/messages",
  callingWebhook: "https://bot.contoso.com/api/calling",
};
const RECORD = { dnsZoneId: ZONE, dnsTarget: "20.30.40.50" };

const sentences = (wish: Partial<EndpointRecordWish>) =>
  checkEndpointRecord("host", { ...URLS, ...wish }).map(formatIssue);

describe("the record of a bot that runs elsewhere", () => {
  it("may be left out, and lead to an address or a name", () => {
    expect(sentences({})).toEqual([]);
    for (const dnsTarget of ["20.30.40.50", "2603:1063::1", "bot.example.net"]) {
      expect(sentences({ dnsZoneId: ZONE, dnsTarget })).toEqual([]);
    }
  });

  it("is for the one host of the URLs, or for the one that is named", () => {
    expect(recordHost(URLS)).toBe("bot.contoso.com");
    const two = { ...URLS, callingWebhook: "https://calls.contoso.com:8443/in" };
    expect(recordHost(two)).toBeUndefined();
    expect(recordHost({ ...two, domain: "calls.contoso.com" })).toBe("calls.contoso.com");
    expect(sentences({ ...two, ...RECORD, domain: "calls.contoso.com" })).toEqual([]);
  });

  it.each<[string, Partial<EndpointRecordWish>, string]>([
    [
      "a target without a zone",
      { dnsTarget: "20.30.40.50" },
      "host.dnsZoneId must be given with host.dnsTarget (this package). Give the zone in which the record is to be made.",
    ],
    [
      "a zone without a target",
      { dnsZoneId: ZONE },
      "host.dnsTarget must be given with host.dnsZoneId (this package). Give the address or the name at which the bot runs, or remove the zone.",
    ],
    [
      "a domain without a zone",
      { domain: "bot.contoso.com" },
      "host.dnsZoneId must be given with host.domain (this package). Give the zone in which its record is to be made.",
    ],
    [
      "two hosts, none of them named",
      { ...RECORD, callingWebhook: "https://calls.contoso.com/in" },
      "host.domain must say for which host the record is, because the URLs have two (this package). Write bot.contoso.com or calls.contoso.com.",
    ],
    [
      "a third host",
      { ...RECORD, domain: "www.contoso.com" },
      'host.domain must be the host of host.messagingEndpoint or host.callingWebhook (this package), got "www.contoso.com". Write bot.contoso.com.',
    ],
    [
      "a host of another zone",
      {
        ...RECORD,
        messagingEndpoint: "https://bot.fabrikam.com/a",
        callingWebhook: "https://bot.fabrikam.com/b",
      },
      'host.messagingEndpoint must lie in the zone contoso.com, in which its record is to be made (Azure DNS), got "bot.fabrikam.com". Give a name that ends in .contoso.com, or the id of the zone that the name lies in.',
    ],
    [
      "an address as host",
      {
        ...RECORD,
        messagingEndpoint: "https://20.30.40.50/a",
        callingWebhook: "https://20.30.40.50/b",
      },
      `host.dnsZoneId must be left out when the host of the URLs is an IP address (this package), got "${ZONE}". Remove it, or write the URLs with a name.`,
    ],
    [
      "a record that leads to itself",
      { dnsZoneId: ZONE, dnsTarget: "bot.contoso.com" },
      'host.dnsTarget must not be the name that it is for (Azure DNS), got "bot.contoso.com". Give the name that it leads to.',
    ],
    [
      "an alias at the top of the zone",
      {
        messagingEndpoint: "https://contoso.com/a",
        callingWebhook: "https://contoso.com/b",
        dnsZoneId: ZONE,
        dnsTarget: "bot.example.net",
      },
      "host.dnsTarget must be an IP address for contoso.com, because the top of a zone cannot be an alias (Azure DNS), got \"bot.example.net\". Give the bot's address, or use a name below the zone's.",
    ],
    [
      "a private target",
      { dnsZoneId: ZONE, dnsTarget: "10.0.0.4" },
      'host.dnsTarget must be public, and this IPv4 address is private or reserved (this package), got "10.0.0.4". Write it as in bot.example.net or 20.30.40.50.',
    ],
    [
      "a private IPv6 target",
      { dnsZoneId: ZONE, dnsTarget: "fd00::4" },
      'host.dnsTarget must be public, and this IPv6 address is private or reserved (this package), got "fd00::4". Write it as in bot.example.net or 20.30.40.50.',
    ],
    [
      "a URL as target",
      { dnsZoneId: ZONE, dnsTarget: "https://bot.example.net" },
      'host.dnsTarget must be a host name in lower case, an IPv4 or an IPv6 address (this package), got "https://bot.example.net". Write it as in bot.example.net or 20.30.40.50.',
    ],
  ])("is refused: %s", (_, wish, sentence) => expect(sentences(wish)).toEqual([sentence]));

  it("says nothing of the host of what is no URL", () => {
    expect(sentences({ ...RECORD, messagingEndpoint: "bot.contoso.com" })).toEqual([]);
  });
});

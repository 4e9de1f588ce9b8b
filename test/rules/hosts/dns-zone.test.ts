import { describe, expect, it } from "vitest";
import { checkDnsZoneId, checkedZone, relativeName } from "../../../rules/hosts/dns-zone.js";
import { formatIssue } from "../../../rules/issue.js";

const SUBSCRIPTION = "10ca1000-0000-4000-8000-00000000000a";
const ZONE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/dns/providers/Microsoft.Network/dnsZones/contoso.com`;

describe("the id of a DNS zone", () => {
  it("is accepted in any case", () => {
    expect(checkDnsZoneId("host.dnsZoneId", ZONE)).toEqual([]);
    expect(checkDnsZoneId("host.dnsZoneId", ZONE.replace("dnsZones", "dnszones"))).toEqual([]);
  });

  it.each(["contoso.com", ZONE.replace("dnsZones", "privateDnsZones"), `${ZONE}/A/bot`])(
    "is refused when it is %s",
    (id) => {
      const [issue, ...more] = checkDnsZoneId("host.dnsZoneId", id);
      expect(more).toEqual([]);
      expect(issue?.rule).toBe("must be the resource id of one Microsoft.Network/dnsZones");
    },
  );
});

describe("a record's place", () => {
  const check = checkedZone("host.dnsZoneId", "host.domain");
  const facts = { host: "bot.contoso.com", zoneId: ZONE, subscriptionId: SUBSCRIPTION };

  it("is the zone that the host lies in, also its top", () => {
    expect(check(facts)).toBe(ZONE);
    expect(check({ ...facts, host: "contoso.com" })).toBe(ZONE);
    expect(check({ ...facts, subscriptionId: SUBSCRIPTION.toUpperCase() })).toBe(ZONE);
  });

  it("is refused in another zone and another subscription, both at once", () => {
    const other = "20ca1000-0000-4000-8000-00000000000b";
    expect(() => check({ ...facts, host: "bot.notcontoso.com", subscriptionId: other })).toThrow(
      [
        "2 problems in the configuration of this stack:",
        '  host.domain must lie in the zone contoso.com, in which its record is to be made (Azure DNS), got "bot.notcontoso.com". Give a name that ends in .contoso.com, or the id of the zone that the name lies in.',
        `  host.dnsZoneId must be a zone of the subscription that the stack deploys to, ${other} (this package), got "${ZONE}". Leave it out and make the records by hand: the deployment says which. Or deploy to the zone's subscription.`,
      ].join("\n"),
    );
  });

  it("says nothing of the subscription of what is no zone", () => {
    expect(() => check({ ...facts, zoneId: "contoso.com" })).toThrow(/^1 problem /);
  });
});

it("a record's name is relative to its zone", () => {
  expect(relativeName("bot.contoso.com", "contoso.com")).toBe("bot");
  expect(relativeName("asuid.bot.dev.contoso.com", "contoso.com")).toBe("asuid.bot.dev");
  expect(relativeName("asuid.contoso.com", "contoso.com")).toBe("asuid");
  expect(relativeName("contoso.com", "contoso.com")).toBe("@");
});

it("an issue of a zone reads as a sentence", () => {
  expect(checkDnsZoneId("host.dnsZoneId", "contoso.com").map(formatIssue)).toEqual([
    'host.dnsZoneId must be the resource id of one Microsoft.Network/dnsZones (Azure Resource Manager), got "contoso.com". Copy it from the resource\'s properties: /subscriptions/ID/resourceGroups/NAME/providers/Microsoft.Network/dnsZones/NAME.',
  ]);
});

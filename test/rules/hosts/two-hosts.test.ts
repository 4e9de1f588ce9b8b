import { describe, expect, it } from "vitest";
import { HostSlot } from "../../../rules/bot-choices.js";
import { checkLogicalName, slotName } from "../../../rules/hosts/slot-name.js";
import { checkTwoHosts } from "../../../rules/hosts/two-hosts.js";

const VAULT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/contoso";
const site = { kind: "appService", runtime: "NODE|22-lts" };
const machines = { kind: "scaleSet" };
const elsewhere = {
  messagingEndpoint: "https://bot.contoso.com/api/messages",
  callingWebhook: "https://bot.contoso.com/api/calling",
};
const certificate = { vaultId: VAULT, secretName: "bot" };
const identity = { resourceId: "i", clientId: "c", principalId: "3F2A1B4C" };

/** Of a second host in the other slot. */
function paths(host: object, other: object, more = {}): string[] {
  return checkTwoHosts({ ...host }, { slot: "second", ...other }, more).map(({ path }) => path);
}

describe("two hosts beside each other", () => {
  it("are fine with one of them, and in different slots with nothing in common", () => {
    expect(checkTwoHosts(site, undefined)).toEqual([]);
    expect(paths(site, { kind: "containerApp", image: "bot:1" })).toEqual([]);
    expect(paths(elsewhere, site)).toEqual([]);
  });

  it("have a slot each", () => {
    expect(checkTwoHosts(site, { kind: "containerApp" })).toEqual([
      {
        path: "otherHost.slot",
        rule: "must be another one than that of host, because each host keeps its place",
        whose: "this package",
        got: '"first"',
        fix: 'Leave the slot of the host that was there first as it is, and set that of the new one to "second".',
      },
    ]);
    expect(paths({ ...site, slot: "second" }, site)).toEqual(["otherHost.slot"]);
  });

  it("have names of their own where Azure takes a name once, in whatever spelling", () => {
    expect(paths({ ...site, name: "contoso" }, { ...site, name: "Contoso" })).toEqual([
      "otherHost.name",
    ]);
    const labels = [{ dnsLabel: "contoso" }, { dnsLabel: "contoso" }] as const;
    expect(paths({ ...machines, ...labels[0] }, { ...machines, ...labels[1] })).toEqual([
      "otherHost.dnsLabel",
    ]);
    expect(paths({ ...site, name: "contoso" }, { ...machines, name: "contoso" })).toEqual([]);
  });

  it("have host names of their own, also where one runs elsewhere", () => {
    const domain = "bot.contoso.com";
    expect(paths({ ...site, domain }, { ...site, domain: "Bot.contoso.com" })).toEqual([
      "otherHost.domain",
    ]);
    expect(paths(elsewhere, { ...site, domain })).toEqual(["otherHost.domain"]);
    expect(paths({ ...site, domain }, elsewhere)).toEqual(["otherHost.messagingEndpoint"]);
    expect(paths({ ...elsewhere, dnsZoneId: "zone" }, elsewhere)).toEqual([
      "otherHost.messagingEndpoint",
    ]);
    // One gateway with two bots behind it: nothing of the name is the stack's.
    expect(paths(elsewhere, elsewhere)).toEqual([]);
  });

  it("want the same roles where one identity has them once for both", () => {
    const place = { vaultId: VAULT };
    const one = { ...site, ...place, identity };
    const other = { ...site, ...place, identity: { ...identity, principalId: "3f2a1b4c" } };
    expect(paths(one, other)).toEqual([]);
    expect(paths(one, { ...other, grantRoles: false })).toEqual(["otherHost.grantRoles"]);
    expect(paths({ ...site, ...place }, { ...site, ...place, grantRoles: false })).toEqual([]);
    const shared = { sharesIdentity: true };
    expect(paths({ ...site, ...place }, { ...site, ...place, grantRoles: false }, shared)).toEqual([
      "otherHost.grantRoles",
    ]);
    expect(paths({ ...site, identity }, { ...other, grantRoles: false })).toEqual([]);
  });

  it("name an identity of both by text, because what belongs to both is named by it", () => {
    const known = { resourceId: "i", clientId: "c", principalId: { onlyDuring: "an update" } };
    const one = { ...site, vaultId: VAULT, identity: known };
    expect(paths(one, { ...one })).toEqual(["otherHost.identity.principalId"]);
    const different = { ...known, principalId: { onlyDuring: "an update" } };
    expect(paths(one, { ...one, identity: different })).toEqual([]);
  });

  it("on App Service have certificates of their own, and agree on who may read their vault", () => {
    const one = { ...site, domain: "bot.contoso.com", certificate };
    const next = { ...certificate, secretName: "next" };
    const other = { ...site, domain: "next.contoso.com", certificate: next };
    expect(paths(one, other)).toEqual([]);
    expect(paths(one, { ...other, certificate })).toEqual(["otherHost.certificate.secretName"]);
    expect(paths(one, { ...other, certificate: { ...next, grantAccess: false } })).toEqual([
      "otherHost.certificate.grantAccess",
    ]);
    expect(paths({ ...machines, certificate }, { ...other, certificate })).toEqual([]);
  });
});

describe("what is made in a slot", () => {
  it("bears a name that no other bot of the program can have", () => {
    expect(slotName("bot", HostSlot.First)).toBe("bot");
    const second = slotName("bot", HostSlot.Second);
    expect(checkLogicalName("name", second)).toMatchObject([{ path: "name", got: `"${second}"` }]);
    expect(checkLogicalName("name", "bot-second")).toEqual([]);
  });
});

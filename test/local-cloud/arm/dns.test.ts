// DNS zones, their record sets, and what a name resolves to.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { authoritiesFor, resolveName } from "../../../local-cloud/arm/dns/resolve-name.js";
import { ResourceStore } from "../../../local-cloud/arm/mechanics/resource-store.js";
import { type ArmUnderTest, GROUP, startArm, withGroup } from "./arm-under-test.js";

const ZONES = `${GROUP}/providers/Microsoft.Network/dnszones`;
const ZONE = `${ZONES}/contoso.com`;

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  await arm.put(ZONE, { location: "global" });
});
afterEach(() => arm.stop());

const put = (
  path: string,
  properties: Record<string, unknown>,
  headers: Record<string, string> = {},
) => arm.put(`${ZONE}/${path}`, { properties: { TTL: 300, ...properties } }, { headers });
const a = (...addresses: string[]) => ({
  ARecords: addresses.map((ipv4Address) => ({ ipv4Address })),
});
const cname = (name: string) => ({ CNAMERecord: { cname: name } });
const txt = (...value: string[]) => ({ TXTRecords: [{ value }] });

describe("a zone", () => {
  it("begins with its SOA and NS records, and counts what it has", async () => {
    const { body } = await arm.get(ZONE);
    expect(body).toMatchObject({
      id: ZONE,
      type: "Microsoft.Network/dnszones",
      location: "global",
      properties: { zoneType: "Public", maxNumberOfRecordSets: 10_000, numberOfRecordSets: 2 },
    });
    expect(body.properties.nameServers).toHaveLength(4);
    await put("A/www", a("203.0.113.1"));
    expect((await arm.get(ZONE)).body.properties.numberOfRecordSets).toBe(3);
    const names = async (list: string) =>
      (await arm.get(`${ZONE}/${list}`)).body.value.map(({ id }: { id: string }) =>
        id.slice(ZONE.length),
      );
    expect(await names("recordsets")).toEqual(["/NS/@", "/SOA/@", "/A/www"]);
    expect(await names("A")).toEqual(["/A/www"]);
    expect((await arm.get(`${ZONE}/SOA/@`)).body.properties.fqdn).toBe("contoso.com.");
    expect((await put("NS/sub", {})).status).toBe(501);
    expect((await put("MX/@", {})).status).toBe(501);
    expect((await put("WEB/@", {})).status).toBe(404);
  });

  it("goes with all its records", async () => {
    await put("A/www", a("203.0.113.1"));
    const deletion = await arm.delete(ZONE);
    await arm.get(deletion.headers.get("azure-asyncoperation") ?? "");
    expect((await arm.get(`${ZONE}/recordsets`)).body.error.code).toBe("ParentResourceNotFound");
    await arm.put(ZONE, { location: "global" });
    expect((await arm.get(`${ZONE}/A/www`)).status).toBe(404);
  });

  it.each([
    ["one label", `${ZONES}/contoso`, {}, 400],
    ["a place", `${ZONES}/fabrikam.com`, { location: "westeurope" }, 400],
    ["private names", `${ZONES}/fabrikam.com`, { properties: { zoneType: "Private" } }, 400],
  ])("is refused with %s", async (_what, id, change, status) => {
    expect((await arm.put(id, { location: "global", ...change })).status).toBe(status);
  });
});

describe("a record set", () => {
  it("is made with its full name, changed and deleted", async () => {
    const made = await put("A/www", {
      ...a("203.0.113.1", "203.0.113.2"),
      metadata: { for: "bot" },
    });
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: `${ZONE}/A/www`,
        name: "www",
        type: "Microsoft.Network/dnszones/A",
        etag: expect.any(String),
        properties: {
          fqdn: "www.contoso.com.",
          TTL: 300,
          metadata: { for: "bot" },
          targetResource: {},
          provisioningState: "Succeeded",
          ARecords: [{ ipv4Address: "203.0.113.1" }, { ipv4Address: "203.0.113.2" }],
        },
      },
    ]);
    expect((await put("A/www", a("203.0.113.3"))).status).toBe(200);
    expect((await put("A/@", a("203.0.113.3"))).body.properties.fqdn).toBe("contoso.com.");
    expect((await arm.delete(`${ZONE}/A/www`)).status).toBe(200);
    expect((await arm.delete(`${ZONE}/A/www`)).status).toBe(204);
  });

  it("is guarded by its etag", async () => {
    const { etag } = (await put("A/www", a("203.0.113.1"), { "if-none-match": "*" })).body;
    expect((await put("A/www", a("203.0.113.2"), { "if-none-match": "*" })).status).toBe(412);
    expect((await put("A/www", a("203.0.113.2"), { "if-match": etag })).status).toBe(200);
    expect((await put("A/www", a("203.0.113.3"), { "if-match": etag })).status).toBe(412);
  });

  it("of the type CNAME is alone at its name", async () => {
    await put("CNAME/www", cname("bot.azurewebsites.net"));
    const beside = await put("TXT/www", txt("x"));
    expect([beside.status, beside.body.error.code]).toEqual([409, "Conflict"]);
    await put("TXT/other", txt("x"));
    const last = await put("CNAME/other", cname("bot.azurewebsites.net"));
    expect([last.status, last.body.error.message]).toEqual([
      409,
      "The CNAME record could not be created because another record with the same name already exists in this zone.",
    ]);
    expect((await put("A/other", a("203.0.113.1"))).status).toBe(201);
    expect((await put("CNAME/@", cname("bot.azurewebsites.net"))).status).toBe(400);
  });

  it("may point at another record set or at a public address, which must be there", async () => {
    await put("A/www", a("203.0.113.1"));
    const alias = (id: string) => ({ targetResource: { id } });
    const made = await put("A/@", alias(`${ZONE}/A/www`));
    expect(made.body.properties).toMatchObject({
      targetResource: { id: `${ZONE}/A/www` },
      ARecords: [],
    });
    const address = `${GROUP}/providers/Microsoft.Network/publicIPAddresses/pip`;
    expect((await put("A/media", alias(address))).status).toBe(404);
    const pip = await arm.put(address, {
      location: "westeurope",
      sku: { name: "Standard" },
      properties: { publicIPAllocationMethod: "Static" },
    });
    await arm.get(pip.headers.get("azure-asyncoperation") ?? "");
    expect((await put("A/media", alias(address))).status).toBe(201);
    const { ipAddress } = (await arm.get(address)).body.properties;
    const cloud = { resources: new ResourceStore(arm.context.store) };
    expect(resolveName(cloud, "media.contoso.com", "A").values).toEqual([ipAddress]);
    expect(resolveName(cloud, "media.contoso.com", "AAAA").values).toEqual([]);
    expect((await put("A/x", { ...a("203.0.113.1"), ...alias(address) })).status).toBe(400);
    expect((await put("CNAME/x", alias(address))).status).toBe(400);
    expect((await put("TXT/x", alias(address))).status).toBe(400);
    const profile = `${GROUP}/providers/Microsoft.Network/trafficManagerProfiles/tm`;
    expect((await put("A/x", alias(profile))).status).toBe(501);
  });

  it.each([
    ["no TTL", "A/www", { TTL: null, ...a("203.0.113.1") }],
    ["a TTL of nothing", "A/www", { TTL: 0, ...a("203.0.113.1") }],
    ["a name for an address", "A/www", a("www.contoso.com")],
    ["IPv4 for IPv6", "AAAA/www", { AAAARecords: [{ ipv6Address: "203.0.113.1" }] }],
    ["21 addresses", "A/www", a(...Array.from({ length: 21 }, (_, last) => `203.0.113.${last}`))],
    ["an address for a name", "CNAME/www", cname("203.0.113.1 ")],
    ["no name", "CNAME/www", {}],
    ["a text of 256 characters", "TXT/www", txt("x".repeat(256))],
    ["no text", "TXT/www", txt()],
    ["an unknown tag", "CAA/www", { caaRecords: [{ flags: 0, tag: "forbid", value: "x" }] }],
    ["flags beyond a byte", "CAA/www", { caaRecords: [{ flags: 256, tag: "issue", value: "x" }] }],
    ["an empty label", "A/www..x", a("203.0.113.1")],
    ["a star in the middle", "A/www.*", a("203.0.113.1")],
    ["a space", "A/w%20w", a("203.0.113.1")],
    ["a number as metadata", "A/www", { ...a("203.0.113.1"), metadata: { n: 1 } }],
  ])("is refused with %s", async (_what, path, properties) => {
    expect((await put(path, properties)).status).toBe(400);
  });

  it("is refused with what the local cloud does not have", async () => {
    expect((await put("A/www", { ...cname("x.example") })).status).toBe(501);
  });
});

describe("a name", () => {
  const cloud = () => ({ resources: new ResourceStore(arm.context.store) });

  it("resolves through its aliases, in any case, with or without its last period", async () => {
    await put("A/www", a("203.0.113.1"));
    await put("CNAME/bot", cname("WWW.contoso.com."));
    await put("CNAME/app", cname("contoso.azurewebsites.net"));
    expect(resolveName(cloud(), "Bot.Contoso.COM.", "A")).toEqual({
      values: ["203.0.113.1"],
      aliases: ["www.contoso.com"],
    });
    expect(resolveName(cloud(), "app.contoso.com", "A")).toEqual({
      values: [],
      aliases: ["contoso.azurewebsites.net"],
    });
    expect(resolveName(cloud(), "app.contoso.com", "CNAME").values).toEqual([
      "contoso.azurewebsites.net",
    ]);
    expect(resolveName(cloud(), "www.fabrikam.com", "A")).toEqual({ values: [], aliases: [] });
    expect(resolveName(cloud(), "notcontoso.com", "A").values).toEqual([]);
  });

  it("does not go round in circles", async () => {
    await put("CNAME/a", cname("b.contoso.com"));
    await put("CNAME/b", cname("a.contoso.com"));
    expect(resolveName(cloud(), "a.contoso.com", "A").values).toEqual([]);
  });

  it("finds texts, and wildcards where there is nothing nearer", async () => {
    await put("TXT/asuid.app", { TXTRecords: [{ value: ["ab", "cd"] }, { value: ["ef"] }] });
    await put("A/*", a("203.0.113.9"));
    await put("A/www", a("203.0.113.1"));
    expect(resolveName(cloud(), "asuid.app.contoso.com", "TXT").values).toEqual(["abcd", "ef"]);
    expect(resolveName(cloud(), "www.contoso.com", "A").values).toEqual(["203.0.113.1"]);
    expect(resolveName(cloud(), "any.contoso.com", "A").values).toEqual(["203.0.113.9"]);
    expect(resolveName(cloud(), "contoso.com", "A").values).toEqual([]);
  });

  it("is looked for in the nearest zone", async () => {
    await arm.put(`${ZONES}/teams.contoso.com`, { location: "global" });
    await put("A/bot.teams", a("203.0.113.1"));
    await arm.put(`${ZONES}/teams.contoso.com/A/bot`, {
      properties: { TTL: 60, ...a("203.0.113.2") },
    });
    expect(resolveName(cloud(), "bot.teams.contoso.com", "A").values).toEqual(["203.0.113.2"]);
  });

  it("is certified by whom the nearest CAA records name", async () => {
    expect(authoritiesFor(cloud(), "www.contoso.com")).toEqual([]);
    await put("CAA/@", { caaRecords: [{ flags: 0, tag: "issue", value: "digicert.com" }] });
    expect(authoritiesFor(cloud(), "a.b.contoso.com")).toEqual(['0 issue "digicert.com"']);
    await put("CAA/b", { caaRecords: [{ flags: 128, tag: "issue", value: ";" }] });
    expect(authoritiesFor(cloud(), "a.b.contoso.com")).toEqual(['128 issue ";"']);
  });
});

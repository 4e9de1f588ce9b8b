// Host names of one's own and their certificates, at sites of App Service.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type OutsideRecord,
  OutsideRecords,
} from "../../../local-cloud/arm/custom-domain/outside-records.js";
import { type ArmUnderTest, GROUP, putToEnd, startArm, withGroup } from "./arm-under-test.js";

const WEB = `${GROUP}/providers/Microsoft.Web`;
const PLAN = `${WEB}/serverfarms/plan`;
const SITE = `${WEB}/sites/contoso-bot`;
const HOST = "bot.contoso.com";
const BINDING = `${SITE}/hostNameBindings/${HOST}`;
const CERTIFICATE = `${WEB}/certificates/bot`;
const version = { apiVersion: "2025-05-01" };

let arm: ArmUnderTest;
let verificationId: string;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  await plan("B1");
  verificationId = (await put(SITE, siteBody())).body.properties.customDomainVerificationId;
});
afterEach(() => arm.stop());

const get = (id: string) => arm.get(id, version);
const put = (id: string, body: object) => arm.put(id, body, version);
const plan = (sku: string) =>
  put(PLAN, { location: "westeurope", sku: { name: sku }, properties: { reserved: true } });
const siteBody = (properties: object = {}) => ({
  location: "westeurope",
  properties: { serverFarmId: PLAN, ...properties },
});
const bind = (properties: object = {}, id = BINDING) => put(id, { properties });

const TXT = (): OutsideRecord => ({ name: `asuid.${HOST}`, type: "TXT", value: verificationId });
const CNAME: OutsideRecord = { name: HOST, type: "CNAME", value: "contoso-bot.azurewebsites.net" };
const dns = (...records: OutsideRecord[]) => new OutsideRecords(arm.context.store).set(records);

const certify = (canonicalName = HOST, serverFarmId = PLAN) =>
  putToEnd(
    arm,
    CERTIFICATE,
    { location: "westeurope", properties: { canonicalName, serverFarmId } },
    version,
  );

describe("a host name of one's own", () => {
  it("is bound once its owner says so in the DNS, and then is one of the site's names", async () => {
    const refused = await bind();
    expect([refused.status, refused.body.Code, refused.body.Message]).toEqual([
      400,
      "BadRequest",
      `A TXT record pointing from asuid.${HOST} to ${verificationId} was not found.`,
    ]);
    dns({ ...TXT(), value: "something else" }, CNAME);
    expect((await bind()).status).toBe(400);
    dns(TXT(), CNAME);
    const made = await bind();
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: BINDING,
      name: `contoso-bot/${HOST}`,
      properties: {
        siteName: "contoso-bot",
        hostNameType: "Verified",
        customHostNameDnsRecordType: "CName",
        sslState: "Disabled",
        thumbprint: null,
      },
    });
    const { properties } = (await get(SITE)).body;
    expect(properties.hostNames).toEqual([HOST, "contoso-bot.azurewebsites.net"]);
    expect(properties.hostNameSslStates[0]).toMatchObject({ name: HOST, sslState: "Disabled" });
    await arm.delete(BINDING, version);
    expect((await get(SITE)).body.properties.hostNames).toEqual(["contoso-bot.azurewebsites.net"]);
  });

  it("is found in a zone of the local cloud, in pieces and without regard to case", async () => {
    const zone = `${GROUP}/providers/Microsoft.Network/dnsZones/contoso.com`;
    const dnsVersion = { apiVersion: "2023-07-01-preview" };
    await arm.put(zone, { location: "global" }, dnsVersion);
    const value = [verificationId.slice(0, 20), verificationId.slice(20).toLowerCase()];
    const texts = [{ value: ["other"] }, { value }];
    await arm.put(
      `${zone}/TXT/asuid.bot`,
      { properties: { TTL: 300, TXTRecords: texts } },
      dnsVersion,
    );
    const { inboundIpAddress } = (await get(SITE)).body.properties;
    const ARecords = [{ ipv4Address: inboundIpAddress }];
    await arm.put(`${zone}/A/bot`, { properties: { TTL: 300, ARecords } }, dnsVersion);
    const bound = await bind();
    expect([bound.status, bound.body.properties.customHostNameDnsRecordType]).toEqual([201, "A"]);
    expect((await certify()).body.status).toBe("Succeeded");
  });

  it("belongs to one site in all of Azure", async () => {
    dns(TXT());
    await bind();
    const other = `${WEB}/sites/contoso-other`;
    await put(other, siteBody());
    const taken = await bind({}, `${other}/hostNameBindings/${HOST.toUpperCase()}`);
    expect([taken.status, taken.body.Code]).toEqual([409, "Conflict"]);
  });

  it("needs a plan that has them", async () => {
    await plan("F1");
    dns(TXT());
    expect((await bind()).body.Message).toContain("Custom host names cannot be set for this site");
  });
});

describe("a certificate that Azure issues", () => {
  it("is issued for a bound name that leads to the site, and then serves it", async () => {
    dns(TXT(), CNAME);
    await bind();
    expect((await certify()).body.status).toBe("Succeeded");
    const { thumbprint, ...properties } = (await get(CERTIFICATE)).body.properties;
    expect(thumbprint).toMatch(/^[0-9A-F]{40}$/);
    expect(properties).toMatchObject({
      canonicalName: HOST,
      subjectName: HOST,
      hostNames: [HOST],
      serverFarmId: PLAN,
      issueDate: "2026-11-23T10:00:00.000Z",
      expirationDate: "2027-05-23T10:00:00.000Z",
    });
    const bound = await bind({ sslState: "SniEnabled", thumbprint: thumbprint.toLowerCase() });
    expect(bound.body.properties).toMatchObject({ sslState: "SniEnabled", thumbprint });
    expect((await bind()).body.properties.sslState).toBe("SniEnabled");
    expect((await get(SITE)).body.properties.hostNameSslStates[0]).toMatchObject({
      name: HOST,
      sslState: "SniEnabled",
      thumbprint,
    });
    expect((await arm.delete(CERTIFICATE, version)).status).toBe(409);
    await bind({ sslState: "Disabled" });
    expect((await arm.delete(CERTIFICATE, version)).status).toBe(200);
  });

  it("is bound with its site as well, by the names that are marked", async () => {
    dns(TXT(), CNAME);
    await bind();
    await certify();
    const { thumbprint } = (await get(CERTIFICATE)).body.properties;
    const state = { name: HOST, sslState: "SniEnabled", thumbprint };
    await put(SITE, siteBody({ hostNameSslStates: [state] }));
    expect((await get(BINDING)).body.properties.sslState).toBe("Disabled");
    await put(SITE, siteBody({ hostNameSslStates: [{ ...state, toUpdate: true }] }));
    expect((await get(BINDING)).body.properties).toMatchObject({
      sslState: "SniEnabled",
      thumbprint,
    });
    const strange = { ...state, name: "other.contoso.com", toUpdate: true };
    const answer = await put(SITE, siteBody({ hostNameSslStates: [strange] }));
    expect([answer.status, answer.body.Message]).toEqual([
      404,
      "Cannot find HostName with name other.contoso.com.",
    ]);
  });

  it("is refused for a name that no site of the plan has", async () => {
    const answer = await certify();
    expect([answer.status, answer.body.Message]).toEqual([
      400,
      `Properties.CanonicalName is invalid.  Certificate creation requires hostname ${HOST} added to an App Service in the serverFarm ${PLAN}`,
    ]);
  });

  it.each<[why: string, records: OutsideRecord[]]>([
    ["leads nowhere", []],
    ["leads elsewhere", [{ ...CNAME, value: "other.azurewebsites.net" }]],
    [
      "may be certified by others only",
      [CNAME, { name: "contoso.com", type: "CAA", value: '0 issue "letsencrypt.org"' }],
    ],
  ])("fails for a name that %s, and succeeds when that is mended", async (_why, records) => {
    dns(TXT(), ...records);
    await bind();
    const failed = await certify();
    expect(failed.body).toMatchObject({
      status: "Failed",
      error: {
        code: "BadRequest",
        message: `Properties.CanonicalName is invalid.  Certificate creation failed unexpectedly for canonical name ${HOST}`,
      },
    });
    expect((await get(CERTIFICATE)).body.properties).toMatchObject({ provisioningState: "Failed" });
    dns(TXT(), CNAME);
    expect((await certify()).body.status).toBe("Succeeded");
  });

  it("is for its own name and its own plan", async () => {
    dns(TXT(), CNAME);
    await bind();
    await certify();
    const { thumbprint } = (await get(CERTIFICATE)).body.properties;
    const second = "second.contoso.com";
    dns(TXT(), { ...TXT(), name: `asuid.${second}` });
    const id = `${SITE}/hostNameBindings/${second}`;
    const wrong = await bind({ sslState: "SniEnabled", thumbprint }, id);
    expect(wrong.body.Message).toContain(`is not for '${second}'`);
    const none = await bind({ sslState: "SniEnabled", thumbprint: "00" }, id);
    expect([none.status, none.body.Message]).toEqual([
      404,
      "Cannot find Certificate with name 00.",
    ]);
    expect((await certify("other.contoso.com")).body.Message).toContain("cannot be changed");
    expect((await certify(HOST, `${PLAN}x`)).body.Message).toContain("Cannot find ServerFarm");
  });
});

describe("a site in a network", () => {
  const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet`;
  const network = (delegations: string[], location = "westeurope") =>
    arm.put(
      NETWORK,
      {
        location,
        properties: {
          addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
          subnets: [
            {
              name: "bots",
              properties: {
                addressPrefix: "10.0.0.0/26",
                delegations: delegations.map((serviceName) => ({
                  name: "web",
                  properties: { serviceName },
                })),
              },
            },
          ],
        },
      },
      { apiVersion: "2024-05-01" },
    );
  const join = (virtualNetworkSubnetId = `${NETWORK}/subnets/bots`) =>
    put(SITE, siteBody({ virtualNetworkSubnetId }));

  it("joins a subnet that is delegated to its service, and leaves it", async () => {
    await network(["Microsoft.Web/serverFarms"]);
    const joined = await join();
    expect(joined.body.properties.virtualNetworkSubnetId).toBe(`${NETWORK}/subnets/bots`);
    expect((await put(SITE, siteBody())).body.properties.virtualNetworkSubnetId).toBe(
      `${NETWORK}/subnets/bots`,
    );
    expect((await join("")).body.properties.virtualNetworkSubnetId).toBeNull();
  });

  it("is refused a subnet that is not there, far away or not delegated", async () => {
    expect((await join()).body.Message).toContain("Cannot find Subnet with name");
    await network([]);
    const answer = await join();
    expect([answer.status, answer.body.Message]).toEqual([
      400,
      "Subnet bots in VNET vnet is missing a delegation to Microsoft.Web/serverFarms. Please add the delegation and try again.",
    ]);
  });

  it("needs a plan of its own machines", async () => {
    await plan("F1");
    await network(["Microsoft.Web/serverFarms"]);
    expect((await join()).body.Message).toContain("VNet integration cannot be set");
  });
});

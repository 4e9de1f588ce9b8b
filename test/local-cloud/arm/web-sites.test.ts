import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ContainerImages } from "../../../local-cloud/arm/container-registry/container-images.js";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import {
  type Answer,
  type ArmUnderTest,
  GROUP,
  IDENTITIES,
  SUBSCRIPTION,
  startArm,
  withGroup,
} from "./arm-under-test.js";

const WEB = `${GROUP}/providers/Microsoft.Web`;
const PLAN = `${WEB}/serverfarms/plan`;
const SITE = `${WEB}/sites/contoso-bot`;
const IDENTITY = `${IDENTITIES}/bot`;
const version = { apiVersion: "2025-05-01" };

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

const get = (id: string) => arm.get(id, version);
const put = (id: string, body: object) => arm.put(id, body, version);

function plan(sku = "B1", properties: object = { reserved: true }, capacity = 1) {
  return put(PLAN, { location: "westeurope", sku: { name: sku, capacity }, properties });
}

function siteBody(properties: object = {}, over: object = {}) {
  return {
    location: "westeurope",
    kind: "app,linux",
    properties: { serverFarmId: PLAN, siteConfig: {}, ...properties },
    ...over,
  };
}

/** Status, code and message of a refusal, which is in App Service's own envelope. */
function refusal({ status, body }: Answer): unknown[] {
  expect(body.Details).toEqual([
    { Message: body.Message },
    { Code: body.Code },
    { ErrorEntity: expect.objectContaining({ Code: body.Code, Message: body.Message }) },
  ]);
  return [status, body.Code, body.Message];
}

describe("App Service plans", () => {
  it("are made, and are ready when their operation is over", async () => {
    const made = await plan("P1v3", { reserved: true, zoneRedundant: true }, 2);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      kind: "linux",
      location: "West Europe",
      sku: { name: "P1v3", tier: "PremiumV3", size: "P1v3", family: "Pv3", capacity: 2 },
      properties: { provisioningState: "Creating", reserved: true, numberOfSites: 0 },
    });
    await arm.get(made.headers.get("Azure-AsyncOperation") ?? "");
    const { body } = await get(PLAN);
    expect(body.properties).toMatchObject({
      provisioningState: "Succeeded",
      status: "Ready",
      numberOfWorkers: 2,
      maximumNumberOfWorkers: 30,
      geoRegion: "West Europe",
      zoneRedundant: true,
    });
  });

  it("scale up and out in place", async () => {
    await plan("B1");
    const answer = await plan("S1", { reserved: true }, 10);
    expect([answer.status, answer.body.sku]).toEqual([
      200,
      { name: "S1", tier: "Standard", size: "S1", family: "S", capacity: 10 },
    ]);
  });

  it.each([
    ["an unknown size", "B9", {}, 1, "got 'B9'"],
    ["too many instances", "B1", {}, 4, "A plan of tier Basic has 1 to 3 instances, got 4."],
    ["no instance", "S1", {}, 0, "1 to 10 instances, got 0."],
    ["Linux on Shared", "D1", { reserved: true }, 1, "Tier Shared has no Linux plans."],
    ["Windows containers on Linux", "P1v3", { reserved: true, hyperV: true }, 1, "hyperV"],
    ["Windows containers on Basic", "B1", { hyperV: true }, 1, "need tier PremiumV3"],
    ["zones on Standard", "S1", { zoneRedundant: true }, 2, "cannot be zone redundant"],
    ["zones with one instance", "P1v3", { zoneRedundant: true }, 1, "at least 2 instances"],
  ])("are refused with %s", async (_what, sku, properties, capacity, words) => {
    const answer = await plan(sku, properties, capacity);
    expect(refusal(answer)).toEqual([400, "BadRequest", expect.stringContaining(words)]);
    expect((await get(PLAN)).status).toBe(404);
  });

  it("answer 501 for the plans of other products", async () => {
    const answer = await plan("Y1", {});
    expect(answer.status).toBe(501);
    expect(answer.body.error.message).toContain("App Service plans of size 'Y1'");
  });

  it("keep their operating system and their region", async () => {
    await plan("B1");
    expect(refusal(await plan("B1", { reserved: false }))[2]).toContain("operating system");
    const moved = await put(PLAN, { location: "northeurope", sku: { name: "B1" } });
    expect([moved.status, moved.body.error.code]).toEqual([409, "InvalidResourceLocation"]);
  });

  it("stay while they have sites", async () => {
    await plan();
    await put(SITE, siteBody());
    expect((await get(PLAN)).body.properties.numberOfSites).toBe(1);
    expect(refusal(await arm.delete(PLAN, version))).toEqual([
      409,
      "Conflict",
      "Server farm 'plan' cannot be deleted because it has web app(s) contoso-bot assigned to it.",
    ]);
    await arm.delete(`${SITE}?deleteEmptyServerFarm=false`, version);
    expect((await get(PLAN)).body.properties.numberOfSites).toBe(0);
    expect((await arm.delete(PLAN, version)).status).toBe(200);
  });
});

describe("sites", () => {
  beforeEach(async () => {
    await plan();
    await arm.put(IDENTITY, { location: "westeurope" });
  });

  it("have the names, addresses and state that the service gives", async () => {
    const made = await put(SITE, siteBody({ httpsOnly: true, clientAffinityEnabled: false }));
    expect(made.status).toBe(201);
    const { body } = await get(SITE);
    expect(body).toMatchObject({
      name: "contoso-bot",
      kind: "app,linux",
      location: "West Europe",
      properties: {
        state: "Running",
        defaultHostName: "contoso-bot.azurewebsites.net",
        hostNames: ["contoso-bot.azurewebsites.net"],
        enabledHostNames: ["contoso-bot.azurewebsites.net", "contoso-bot.scm.azurewebsites.net"],
        serverFarmId: PLAN,
        reserved: true,
        httpsOnly: true,
        clientAffinityEnabled: false,
        keyVaultReferenceIdentity: "SystemAssigned",
        customDomainVerificationId: expect.stringMatching(/^[0-9A-F]{64}$/),
        inboundIpAddress: expect.stringMatching(/^203\.0\.113\.\d+$/),
        sku: "Basic",
      },
    });
    expect(body.properties.outboundIpAddresses.split(",")).toContain(
      body.properties.inboundIpAddress,
    );
  });

  it("show a few settings with themselves, all in config/web, and keep what a request leaves out", async () => {
    await put(
      SITE,
      siteBody({
        siteConfig: { alwaysOn: true, linuxFxVersion: "NODE|22-lts", healthCheckPath: "/health" },
      }),
    );
    await put(SITE, siteBody({ siteConfig: { ftpsState: "Disabled", minTlsVersion: "1.3" } }));
    const { siteConfig } = (await get(SITE)).body.properties;
    expect(siteConfig).toMatchObject({ alwaysOn: true, linuxFxVersion: "NODE|22-lts" });
    expect(siteConfig).not.toHaveProperty("ftpsState");
    const { body } = await get(`${SITE}/config/web`);
    expect([body.id, body.name, body.type]).toEqual([
      `${SITE}/config/web`,
      "web",
      "Microsoft.Web/sites/config",
    ]);
    expect(body.properties).toMatchObject({
      alwaysOn: true,
      linuxFxVersion: "NODE|22-lts",
      healthCheckPath: "/health",
      ftpsState: "Disabled",
      minTlsVersion: "1.3",
      http20Enabled: false,
    });
    const changed = await put(`${SITE}/config/web`, { properties: { alwaysOn: false } });
    expect(changed.body.properties).toMatchObject({ alwaysOn: false, ftpsState: "Disabled" });
    expect((await get(SITE)).body.properties.siteConfig.alwaysOn).toBe(false);
  });

  it("tell app settings and connection strings only to who posts for them", async () => {
    const appSettings = [{ name: "MicrosoftAppId", value: "secret-1" }];
    const connectionStrings = [{ name: "Db", connectionString: "secret-2", type: "Custom" }];
    await put(SITE, siteBody({ siteConfig: { appSettings, connectionStrings } }));
    await put(SITE, siteBody());
    for (const path of [SITE, `${SITE}/config/web`, `${WEB}/sites`]) {
      expect(JSON.stringify((await get(path)).body)).not.toMatch(/secret-|appSettings/);
    }
    const listed = await arm.post(`${SITE}/config/appsettings/list`, {}, version);
    expect(listed.body).toMatchObject({
      name: "appsettings",
      properties: { MicrosoftAppId: "secret-1" },
    });
    const strings = await arm.post(`${SITE}/config/connectionstrings/list`, {}, version);
    expect(strings.body.properties).toEqual({ Db: { value: "secret-2", type: "Custom" } });
    await put(`${SITE}/config/appsettings`, { properties: { Other: "1" } });
    const after = await arm.post(`${SITE}/config/appsettings/list`, {}, version);
    expect(after.body.properties).toEqual({ Other: "1" });
    expect((await get(`${SITE}/config/appsettings`)).status).toBe(405);
  });

  it("run as identities that are there, and take their own with them", async () => {
    const { principalId, clientId } = (await arm.get(IDENTITY)).body.properties;
    const both = "SystemAssigned,UserAssigned";
    const made = await put(
      SITE,
      siteBody(
        { keyVaultReferenceIdentity: IDENTITY },
        { identity: { type: both, userAssignedIdentities: { [IDENTITY]: {} } } },
      ),
    );
    const { identity, properties } = made.body;
    expect(identity).toEqual({
      type: "SystemAssigned, UserAssigned",
      tenantId: TENANT_ID,
      principalId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      userAssignedIdentities: { [IDENTITY]: { principalId, clientId } },
    });
    expect(properties.keyVaultReferenceIdentity).toBe(IDENTITY);
    const { directory } = arm.context;
    expect(directory.servicePrincipal(TENANT_ID, identity.principalId)?.fields).toMatchObject({
      displayName: "contoso-bot",
      alternativeNames: ["isExplicit=False", SITE],
    });
    expect((await put(SITE, siteBody())).body.identity).toEqual(identity);
    await arm.delete(SITE, version);
    expect(directory.servicePrincipal(TENANT_ID, identity.principalId)).toBeUndefined();
    expect(directory.servicePrincipal(TENANT_ID, principalId)).toBeDefined();
  });

  it("take the plan with them when they were the last, unless told otherwise", async () => {
    await put(SITE, siteBody());
    await put(`${SITE}-2`, siteBody());
    await arm.delete(SITE, version);
    expect((await get(PLAN)).status).toBe(200);
    expect((await arm.delete(`${SITE}-2`, version)).status).toBe(200);
    expect((await get(PLAN)).status).toBe(404);
    expect((await arm.delete(SITE, version)).status).toBe(204);
  });

  it("have a name that nobody else in Azure has", async () => {
    const check = async (name: string) => {
      const path = `${SUBSCRIPTION}/providers/Microsoft.Web/checknameavailability`;
      return (await arm.post(path, { name, type: "Site" }, version)).body;
    };
    expect(await check("contoso-bot")).toEqual({ nameAvailable: true, reason: "", message: "" });
    await put(SITE, siteBody());
    expect(await check("Contoso-Bot")).toEqual({
      nameAvailable: false,
      reason: "AlreadyExists",
      message: "Hostname 'Contoso-Bot' already exists. Please select a different name.",
    });
    expect(await check("-")).toMatchObject({ nameAvailable: false, reason: "Invalid" });
    const other = `${SUBSCRIPTION}/resourceGroups/rg-other`;
    await arm.put(other, { location: "westeurope" });
    const taken = await put(`${other}/providers/Microsoft.Web/sites/CONTOSO-bot`, siteBody());
    expect(refusal(taken)).toEqual([
      409,
      "Conflict",
      "Website with given name contoso-bot already exists.",
    ]);
  });

  it("have a host name that nobody can guess when they ask for one", async () => {
    const scoped = (scope: string) => siteBody({ autoGeneratedDomainNameLabelScope: scope });
    const nameOf = async (id: string, scope: string) =>
      (await put(id, scoped(scope))).body.properties.defaultHostName;
    const host = await nameOf(SITE, "SubscriptionReuse");
    expect(host).toMatch(/^contoso-bot-[a-z0-9]{16}\.westeurope-01\.azurewebsites\.net$/);
    expect((await get(SITE)).body.properties.enabledHostNames[1]).toMatch(
      /^contoso-bot-\w+\.scm\./,
    );
    expect((await put(SITE, siteBody())).body.properties.defaultHostName).toBe(host);
    await arm.delete(`${SITE}?deleteEmptyServerFarm=false`, version);
    expect(await nameOf(SITE, "SubscriptionReuse")).toBe(host);
    await arm.delete(`${SITE}?deleteEmptyServerFarm=false`, version);
    expect(await nameOf(SITE, "NoReuse")).not.toBe(host);
  });

  const config = (siteConfig: object) => ({ siteConfig });
  it.each<[what: string, properties: object, over: object, expected: unknown[]]>([
    [
      "on a plan that is not there",
      { serverFarmId: `${WEB}/serverfarms/other` },
      {},
      [404, "NotFound", "Cannot find ServerFarm with name other."],
    ],
    ["in another region", {}, { location: "northeurope" }, [400, "BadRequest", "West Europe"]],
    ["of another system than the plan", { reserved: false }, {}, [400, "BadRequest", "Linux"]],
    [
      "with a stack that nobody has",
      config({ linuxFxVersion: "NODE|99-lts" }),
      {},
      [400, "BadRequest", "The parameter LinuxFxVersion has an invalid value."],
    ],
    [
      "with a Windows container on Linux",
      config({ windowsFxVersion: "DOCKER|contoso.azurecr.io/bot:1" }),
      {},
      [400, "BadRequest", "The parameter WindowsFxVersion has an invalid value."],
    ],
    ["with an old TLS", config({ minTlsVersion: "0.9" }), {}, [400, "BadRequest", "1.2"]],
    ["with another FTP", config({ ftpsState: "Off" }), {}, [400, "BadRequest", "Disabled"]],
    ["with half a path", config({ healthCheckPath: "health" }), {}, [400, "BadRequest", "slash"]],
    [
      "with a setting that no process can read",
      config({ appSettings: [{ name: "A:B", value: "1" }] }),
      {},
      [400, "BadRequest", "AppSetting with name(s) 'A:B' not allowed."],
    ],
    [
      "with references read by an identity that it has not",
      { keyVaultReferenceIdentity: IDENTITY },
      {},
      [400, "BadRequest", "assigned to the site"],
    ],
  ])("are refused %s", async (_what, properties, over, [status, code, words]) => {
    const answer = await put(SITE, siteBody(properties, over));
    expect(refusal(answer)).toEqual([status, code, expect.stringContaining(String(words))]);
    expect((await get(SITE)).status).toBe(404);
  });

  it("are refused an identity that is not there", async () => {
    const identity = (type: string, ids: object) =>
      put(SITE, siteBody({}, { identity: { type, userAssignedIdentities: ids } }));
    const missing = await identity("UserAssigned", { [`${IDENTITY}x`]: {} });
    expect([missing.status, missing.body.error.code]).toEqual([400, "FailedIdentityOperation"]);
    expect(missing.body.error.message).toContain(
      `Identity operation for resource '${SITE}' failed`,
    );
    const none = await identity("UserAssigned", {});
    expect([none.status, none.body.error]).toEqual([
      400,
      {
        code: "MissingIdentityIds",
        message: "The identity ids must not be null or empty for 'UserAssigned' identity type.",
      },
    ]);
    expect((await identity("Anybody", {})).body.error.code).toBe("InvalidIdentityType");
  });

  it("answer 501 for what they have elsewhere", async () => {
    const answer = await put(SITE, siteBody({ managedEnvironmentId: "/env" }));
    expect([answer.status, answer.body.error.code]).toEqual([501, "NotImplemented"]);
    expect((await get(`${SITE}/slots`)).status).toBe(501);
  });
});

describe("a site of a container image", () => {
  const image = "contoso.azurecr.io/bot:1";
  const states = async () => {
    const { body } = await get(`${SITE}/instances`);
    const all: { properties: { state: string } }[] = body.value;
    return all.map(({ properties }) => properties.state);
  };

  it("is made whether the image can be pulled or not; its instances run only when it can", async () => {
    const registry = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/contoso`;
    const registryVersion = { apiVersion: "2023-01-01-preview" };
    const registryBody = { location: "westeurope", sku: { name: "Basic" }, properties: {} };
    await arm.put(registry, registryBody, registryVersion);
    const { clientId, principalId } = (await arm.put(IDENTITY, { location: "westeurope" })).body
      .properties;
    await plan("S1", { reserved: true }, 2);
    const siteConfig = {
      linuxFxVersion: `DOCKER|${image}`,
      acrUseManagedIdentityCreds: true,
      acrUserManagedIdentityID: clientId,
    };
    const identity = { type: "UserAssigned", userAssignedIdentities: { [IDENTITY]: {} } };
    expect((await put(SITE, siteBody({ siteConfig }, { identity }))).status).toBe(201);
    new ContainerImages(arm.context.store).declare(image, true);
    expect(await states()).toEqual(["STOPPED", "STOPPED"]);
    const role = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d`;
    await arm.put(`${registry}/providers/Microsoft.Authorization/roleAssignments/${principalId}`, {
      properties: { roleDefinitionId: role, principalId, principalType: "ServicePrincipal" },
    });
    expect(await states()).toEqual(["READY", "READY"]);
    await arm.post(`${SITE}/stop`, {}, version);
    expect(await states()).toEqual(["STOPPED", "STOPPED"]);
    await arm.post(`${SITE}/start`, {}, version);
    new ContainerImages(arm.context.store).declare(image, false);
    expect(await states()).toEqual(["STOPPED", "STOPPED"]);
  });
});

describe("sites on a Free plan", () => {
  it("have no Always On", async () => {
    await plan("F1");
    const answer = await put(SITE, siteBody({ siteConfig: { alwaysOn: true } }));
    expect(refusal(answer)).toEqual([
      409,
      "Conflict",
      "There was a conflict. AlwaysOn cannot be set for this site as the plan does not allow it. For more information on pricing and features, please see: https://aka.ms/appservicepricingdetails ",
    ]);
  });
});

describe("sites on Windows", () => {
  it("say so, and cannot move to Linux", async () => {
    await plan("B1", {});
    const made = await put(SITE, {
      location: "westeurope",
      properties: { serverFarmId: PLAN, siteConfig: { netFrameworkVersion: "v8.0" } },
    });
    expect(made.body).toMatchObject({ kind: "app", properties: { reserved: false } });
    const linux = `${WEB}/serverfarms/linux`;
    await put(linux, {
      location: "westeurope",
      sku: { name: "B1" },
      properties: { reserved: true },
    });
    const moved = await put(SITE, siteBody({ serverFarmId: linux }));
    expect(refusal(moved)[2]).toContain("You cannot change the OS hosting your app");
  });
});

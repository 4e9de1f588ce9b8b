import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ResourceStore } from "../../../local-cloud/arm/mechanics/resource-store.js";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import {
  APP_ID,
  type ArmUnderTest,
  BOTS,
  botBody,
  IDENTITIES,
  SUBSCRIPTION,
  startArm,
  withGroup,
} from "./arm-under-test.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

const BOT = `${BOTS}/contoso-bot`;
const OTHER_APP = "aaaaaaaa-0000-4000-8000-000000000002";
const CHECK_NAME = "/providers/Microsoft.BotService/checkNameAvailability";

describe("a bot", () => {
  it("is created with 201 and everything the service fills in", async () => {
    const made = await arm.put(BOT, { ...botBody(), tags: { team: "calls" } });
    expect(made.status).toBe(201);
    expect(made.body.etag).toMatch(/^"[0-9a-f]{8}-0000-0000-0000-[0-9a-f]{12}"$/);
    expect(made.headers.get("ETag")).toBe(made.body.etag);
    expect(made.body).toEqual({
      id: BOT,
      name: "contoso-bot",
      type: "Microsoft.BotService/botServices",
      etag: made.body.etag,
      location: "global",
      sku: { name: "F0" },
      kind: "azurebot",
      tags: { team: "calls" },
      properties: {
        displayName: "Contoso calls",
        description: null,
        iconUrl:
          "https://docs.botframework.com/static/devportal/client/images/bot-framework-default.png",
        endpoint: "https://contoso.com/api/messages",
        msaAppId: APP_ID,
        msaAppTenantId: TENANT_ID,
        msaAppType: "SingleTenant",
        msaAppMSIResourceId: null,
        developerAppInsightKey: null,
        developerAppInsightsApplicationId: null,
        luisAppIds: [],
        endpointVersion: "3.0",
        configuredChannels: ["webchat"],
        enabledChannels: ["webchat", "directline"],
        isDeveloperAppInsightsApiKeySet: false,
        isStreamingSupported: false,
        schemaTransformationVersion: "1.3",
        publishingCredentials: null,
        parameters: null,
        allSettings: null,
        manifestUrl: null,
        storageResourceId: null,
        migrationToken: null,
        isCmekEnabled: false,
        cmekKeyVaultUrl: null,
        cmekEncryptionStatus: "Off",
        openWithHint: null,
        appPasswordHint: null,
        publicNetworkAccess: "Enabled",
        disableLocalAuth: false,
        tenantId: TENANT_ID,
        privateEndpointConnections: [],
        provisioningState: "Succeeded",
      },
    });
    expect((await arm.get(BOT.toUpperCase())).body).toEqual(made.body);
  });

  it("is read and written by every api-version that azure-native and the SDKs use", async () => {
    for (const apiVersion of ["2021-03-01", "2022-09-15", "2023-09-15-preview"]) {
      expect((await arm.put(BOT, botBody(), { apiVersion })).status).toBeLessThan(300);
      expect((await arm.get(BOT, { apiVersion })).status).toBe(200);
    }
  });

  it("takes a normalised location, kind and sku in any case", async () => {
    const body = { ...botBody(), location: "West Europe", kind: "AzureBot", sku: { name: "s1" } };
    expect((await arm.put(BOT, body)).body).toMatchObject({
      location: "westeurope",
      kind: "azurebot",
      sku: { name: "S1" },
    });
  });

  it.each([[undefined], [null], [""]])("may do without endpoint: %j", async (endpoint) => {
    const made = await arm.put(BOT, botBody({ endpoint }));
    expect(made.status).toBe(201);
    expect(made.body.properties.endpoint).toBe(endpoint ?? null);
  });

  it.each([
    ["http://contoso.com/api/messages"],
    [" https://contoso.com"],
    ["contoso.com"],
    ["https://"],
  ])("is refused with the endpoint '%s'", async (endpoint) => {
    const answer = await arm.put(BOT, botBody({ endpoint }));
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual({
      code: "InvalidBotData",
      message: "The endpoint property was not recognized as valid HTTPS URL",
    });
  });

  it.each([["MultiTenant"], [undefined]])("is refused as a new %s bot", async (msaAppType) => {
    const answer = await arm.put(BOT, botBody({ msaAppType }));
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      error: {
        code: "InvalidBotCreationData",
        message:
          "Multitenant bot creation is deprecated. Please use SingleTenant or UserAssignedMSI",
      },
    });
  });

  it.each([
    ["no location", { ...botBody(), location: undefined }, "LocationRequired"],
    [
      "the region eastus",
      { ...botBody(), location: "eastus" },
      "LocationNotAvailableForResourceType",
    ],
    ["no kind", { ...botBody(), kind: undefined }, "InvalidBotData"],
    ["another kind", { ...botBody(), kind: "webapp" }, "InvalidBotData"],
    ["another sku", { ...botBody(), sku: { name: "P1" } }, "InvalidBotData"],
    ["no display name", botBody({ displayName: undefined }), "InvalidBotData"],
    ["no app id", botBody({ msaAppId: undefined }), "InvalidBotData"],
    ["an app id that is no GUID", botBody({ msaAppId: "bot" }), "InvalidBotData"],
    ["no tenant", botBody({ msaAppTenantId: undefined }), "InvalidBotData"],
    ["another app type", botBody({ msaAppType: "Anything" }), "InvalidBotData"],
    ["a short App Insights key", botBody({ developerAppInsightsApiKey: "k" }), "InvalidBotData"],
    ["a number as a display name", botBody({ displayName: 1 }), "InvalidRequestContent"],
    ["a body that is a list", [], "InvalidRequestContent"],
  ])("is refused with %s, and nothing is kept", async (_what, body, code) => {
    const answer = await arm.put(BOT, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe(code);
    expect((await arm.get(BOTS)).body.value).toEqual([]);
    expect((await arm.post(CHECK_NAME, { name: "contoso-bot" })).body.valid).toBe(true);
  });

  it("says every problem at once, each with its field", async () => {
    const answer = await arm.put(BOT, botBody({ displayName: "", msaAppId: "x" }));
    expect(answer.body.error.message).toBe(
      "Bot is not valid. Errors: DisplayName: DisplayName is required. MsaAppId: MsaAppId must be a GUID, got 'x'. ",
    );
  });

  it("keeps no secret that it was given", async () => {
    const developerAppInsightsApiKey = "k".repeat(40);
    const made = await arm.put(BOT, botBody({ developerAppInsightsApiKey, luisKey: "secret" }));
    expect(made.body.properties.isDeveloperAppInsightsApiKeySet).toBe(true);
    expect(JSON.stringify(arm.context.store.entries("armResources"))).not.toMatch(/kkkk|secret/);
  });

  it("takes exactly the names that the rule allows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 70, unit: "binary-ascii" }),
        async (name) => {
          fc.pre(name !== "." && name !== "..");
          const answer = await arm.put(`${BOTS}/${encodeURIComponent(name)}`, botBody());
          if (answer.status === 201) await arm.delete(`${BOTS}/${name}`);
          const allowed = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/.test(name);
          // A name with a slash is another path.
          expect(answer.status === 201).toBe(allowed);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a bot's name and application", () => {
  const GROUP_2 = `${SUBSCRIPTION}/resourceGroups/rg-2`;
  const BOTS_2 = `${GROUP_2}/providers/Microsoft.BotService/botServices`;
  beforeEach(async () => {
    await arm.put(GROUP_2, { location: "westeurope" });
    await arm.put(BOT, botBody());
  });

  it("are taken everywhere, in any case", async () => {
    const answer = await arm.put(`${BOTS_2}/CONTOSO-bot`, botBody({ msaAppId: OTHER_APP }));
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual({
      code: "InvalidBotData",
      message: "Bot is not valid. Errors: Id: Id is already in use.. ",
    });
    const second = await arm.put(`${BOTS_2}/other`, botBody({ msaAppId: APP_ID.toUpperCase() }));
    expect(second.body.error).toEqual({
      code: "InvalidBotData",
      message: "Bot is not valid. Errors: MsaAppId: MsaAppId is already in use.. ",
    });
  });

  it("are free again when the bot is gone", async () => {
    expect((await arm.delete(BOT)).status).toBe(200);
    expect((await arm.delete(BOT)).status).toBe(204);
    expect((await arm.put(`${BOTS_2}/contoso-bot`, botBody())).status).toBe(201);
  });

  it("are told by checkNameAvailability", async () => {
    expect((await arm.post(CHECK_NAME, { name: "Contoso-Bot" })).body).toMatchObject({
      valid: false,
      message: "Id is already in use.",
    });
    expect((await arm.post(CHECK_NAME, { name: "free" })).body.valid).toBe(true);
    expect((await arm.post(CHECK_NAME, { name: "-" })).body.valid).toBe(false);
  });
});

describe("changing a bot", () => {
  beforeEach(async () => {
    await arm.put(BOT, { ...botBody(), tags: { a: "1" } });
  });

  it("by PUT replaces it, by PATCH only what is given", async () => {
    const patched = await arm.patch(BOT, {
      properties: { displayName: "New" },
      sku: { name: "S1" },
    });
    expect(patched.status).toBe(200);
    expect(patched.body).toMatchObject({
      sku: { name: "S1" },
      tags: { a: "1" },
      properties: { displayName: "New", endpoint: "https://contoso.com/api/messages" },
    });
    const put = await arm.put(BOT, botBody({ endpoint: undefined }));
    expect(put.status).toBe(200);
    expect(put.body.tags).toBeUndefined();
    expect(put.body.properties).toMatchObject({ displayName: "Contoso calls", endpoint: null });
  });

  it.each([
    ["msaAppId", OTHER_APP, "MsaAppId"],
    ["msaAppTenantId", OTHER_APP, "MsaAppTenantId"],
    ["msaAppTenantId", undefined, "MsaAppTenantId"],
    ["msaAppType", "UserAssignedMSI", "MsaAppType"],
    ["msaAppType", undefined, "MsaAppType"],
    ["msaAppMSIResourceId", "/subscriptions/x", "MsaAppMSIResourceId"],
  ])("is refused for %s to %s", async (name, value, field) => {
    const answer = await arm.put(BOT, botBody({ [name]: value }));
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual({
      code: "InvalidBotData",
      message: `Bot is not valid. Errors: ${field}: '${field}' property cannot be changed.. `,
    });
    expect((await arm.get(BOT)).body.properties.msaAppId).toBe(APP_ID);
  });

  it("takes the same ids in another case", async () => {
    const answer = await arm.put(BOT, botBody({ msaAppId: APP_ID.toUpperCase() }));
    expect(answer.status).toBe(200);
  });

  it("is refused for the location", async () => {
    const answer = await arm.put(BOT, { ...botBody(), location: "westeurope" });
    expect(answer.status).toBe(409);
    expect(answer.body.error).toEqual({
      code: "InvalidResourceLocation",
      message:
        "The resource 'contoso-bot' already exists in location 'global' in resource group 'rg-bots'. A resource with the same name cannot be created in location 'westeurope'. Please select a new resource name.",
    });
  });

  it("is refused when somebody else was faster, with If-Match", async () => {
    const { etag } = (await arm.get(BOT)).body;
    expect((await arm.put(BOT, botBody(), { headers: { "If-Match": etag } })).status).toBe(200);
    const late = await arm.put(BOT, botBody(), { headers: { "If-Match": etag } });
    expect(late.status).toBe(412);
    expect(late.body.error.code).toBe("PreconditionFailed");
    expect((await arm.delete(BOT, { headers: { "If-Match": etag } })).status).toBe(412);
    const create = await arm.put(BOT, botBody(), { headers: { "If-None-Match": "*" } });
    expect(create.status).toBe(412);
  });

  it("that is not there is 404", async () => {
    const answer = await arm.patch(`${BOTS}/other`, {});
    expect(answer.status).toBe(404);
    expect(answer.body.error.code).toBe("ResourceNotFound");
  });
});

describe("a bot with a managed identity", () => {
  const IDENTITY = `${IDENTITIES}/uami-bot`;
  const properties = { msaAppType: "UserAssignedMSI", msaAppMSIResourceId: IDENTITY };

  it("is created with the identity's client id", async () => {
    const { body } = await arm.put(IDENTITY, { location: "westeurope" });
    const msaAppId = body.properties.clientId;
    const made = await arm.put(BOT, botBody({ ...properties, msaAppId }));
    expect(made.status).toBe(201);
    expect(made.body.properties).toMatchObject({ ...properties, msaAppId });
  });

  it.each([
    [
      "that is not there",
      properties,
      `MsaAppMSIResourceId: there is no managed identity '${IDENTITY}'`,
    ],
    [
      "that is not named",
      { msaAppType: "UserAssignedMSI" },
      "MsaAppMSIResourceId: MsaAppMSIResourceId is required for UserAssignedMSI",
    ],
  ])("is refused with an identity %s", async (_what, given, message) => {
    const answer = await arm.put(BOT, botBody(given));
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toBe(`Bot is not valid. Errors: ${message}. `);
  });

  it("is refused with another app id than the identity's", async () => {
    await arm.put(IDENTITY, { location: "westeurope" });
    const answer = await arm.put(BOT, botBody(properties));
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain("must be the client id");
  });
});

describe("a thousand bots", () => {
  it("are looked up by key and listed whole", async () => {
    await arm.put(BOT, botBody());
    const { store } = arm.context;
    const resources = new ResourceStore(store);
    const first = resources.byId(BOT);
    if (first === undefined) throw new Error("the first bot is not there");
    store.transaction(() => {
      for (let index = 0; index < 1000; index++) {
        const claims = [`bot-name/bot-${index}`, `bot-app/app-${index}`];
        resources.put({ ...first, id: `${BOT}-${index}`, names: [`bot-${index}`], claims });
      }
    });
    const began = performance.now();
    for (let round = 0; round < 100; round++) {
      expect(resources.holderOf("bot-app/app-500")?.names).toEqual(["bot-500"]);
      expect(resources.holderOf("bot-app/nobody")).toBeUndefined();
    }
    // A scan of a thousand records takes milliseconds each time.
    expect((performance.now() - began) / 200).toBeLessThan(1);
    const page = await arm.get(BOTS);
    expect(page.body.value).toHaveLength(1000);
    const rest = await arm.get(page.body.nextLink, { apiVersion: "" });
    expect(rest.body.value).toHaveLength(1);
    const all = `${SUBSCRIPTION}/providers/Microsoft.BotService/botServices`;
    expect((await arm.get(`${all}?$top=5`)).body.value).toHaveLength(5);
  });
});

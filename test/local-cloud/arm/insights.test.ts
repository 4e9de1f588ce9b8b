// Workspaces, Application Insights, diagnostic and autoscale settings.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import {
  type ArmUnderTest,
  BOTS,
  botBody,
  GROUP,
  IDENTITIES,
  SUBSCRIPTION,
  startArm,
  withGroup,
} from "./arm-under-test.js";

const WORKSPACE = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-bots`;
const COMPONENT = `${GROUP}/providers/Microsoft.Insights/components/appi-bots`;
const BOT = `${BOTS}/contoso`;
const SETTINGS = "/providers/Microsoft.Insights/diagnosticSettings";
const PLAN = `${GROUP}/providers/Microsoft.Web/serverfarms/plan`;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

const putWorkspace = (properties: Record<string, unknown> = {}, id = WORKSPACE) =>
  arm.put(id, { location: "westeurope", properties });

async function ended(answer: { readonly headers: Headers }): Promise<void> {
  await arm.get(answer.headers.get("azure-asyncoperation") ?? "");
}

describe("a workspace", () => {
  it("is made with an id and keys that only its action shows", async () => {
    const made = await putWorkspace({ sku: { name: "PerGB2018" }, retentionInDays: 90 });
    expect([made.status, made.body.properties.provisioningState]).toEqual([201, "Creating"]);
    await ended(made);
    const { body } = await arm.get(WORKSPACE);
    expect(body.properties).toEqual({
      customerId: expect.stringMatching(GUID),
      provisioningState: "Succeeded",
      sku: { name: "PerGB2018", lastSkuUpdate: "2026-11-23T10:00:00.000Z" },
      retentionInDays: 90,
      features: { legacy: 0, searchVersion: 1, enableLogAccessUsingOnlyResourcePermissions: true },
      workspaceCapping: {
        dailyQuotaGb: -1,
        quotaNextResetTime: "2026-11-24T00:00:00.000Z",
        dataIngestionStatus: "RespectQuota",
      },
      publicNetworkAccessForIngestion: "Enabled",
      publicNetworkAccessForQuery: "Enabled",
      createdDate: "2026-11-23T10:00:00.000Z",
      modifiedDate: "2026-11-23T10:00:00.000Z",
    });
    const keys = (await arm.post(`${WORKSPACE}/sharedKeys`)).body;
    expect(keys.primarySharedKey).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    expect(JSON.stringify(body)).not.toContain(keys.primarySharedKey);
    await ended(await putWorkspace({ retentionInDays: 30 }));
    expect((await arm.post(`${WORKSPACE}/sharedKeys`)).body).toEqual(keys);
  });

  it("comes back with its id and keys within 14 days, and new after them", async () => {
    await ended(await putWorkspace());
    const { customerId } = (await arm.get(WORKSPACE)).body.properties;
    const remove = async () => ended(await arm.delete(WORKSPACE));
    await remove();
    expect((await arm.get(WORKSPACE)).status).toBe(404);
    expect((await putWorkspace()).body.properties.customerId).toBe(customerId);
    await remove();
    const elsewhere = await arm.put(WORKSPACE, { location: "northeurope", properties: {} });
    expect([elsewhere.status, elsewhere.body.error.code]).toEqual([409, "Conflict"]);
    arm.clock.now = new Date("2026-12-07T10:00:00Z");
    expect((await putWorkspace()).body.properties.customerId).not.toBe(customerId);
  });

  it.each([
    ["29 days of retention", { retentionInDays: 29 }, 400, "InvalidParameter"],
    ["731 days of retention", { retentionInDays: 731 }, 400, "InvalidParameter"],
    ["a billing model of the past", { sku: { name: "Standalone" } }, 400, "BadRequest"],
    ["an unknown sku", { sku: { name: "PerTB" } }, 400, "InvalidParameter"],
    [
      "half a reservation",
      { sku: { name: "CapacityReservation", capacityReservationLevel: 150 } },
      400,
      "InvalidParameter",
    ],
    ["an unknown access", { publicNetworkAccessForQuery: "Maybe" }, 400, "InvalidParameter"],
    ["an unknown feature", { features: { speed: true } }, 501, "NotImplemented"],
  ])("is refused with %s", async (_what, properties, status, code) => {
    const answer = await putWorkspace(properties);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it("has a name of 4 to 63 characters", async () => {
    expect((await putWorkspace({}, WORKSPACE.replace("log-bots", "log"))).status).toBe(400);
    expect((await putWorkspace({}, WORKSPACE.replace("log-bots", "log-"))).status).toBe(400);
  });
});

describe("Application Insights", () => {
  const body = (properties: Record<string, unknown> = {}) => ({
    location: "westeurope",
    kind: "web",
    properties: { Application_Type: "web", WorkspaceResourceId: WORKSPACE, ...properties },
  });

  it("has a key and a connection string, which stay", async () => {
    await putWorkspace();
    const made = await arm.put(COMPONENT, body());
    expect(made.status).toBe(200);
    const { InstrumentationKey: key, AppId: appId } = made.body.properties;
    expect([key, appId]).toEqual([expect.stringMatching(GUID), expect.stringMatching(GUID)]);
    expect(made.body.properties).toMatchObject({
      ConnectionString: `InstrumentationKey=${key};IngestionEndpoint=https://westeurope.in.applicationinsights.localhost/;LiveEndpoint=https://westeurope.livediagnostics.monitor.localhost/;ApplicationId=${appId}`,
      TenantId: TENANT_ID,
      RetentionInDays: 90,
      IngestionMode: "LogAnalytics",
      WorkspaceResourceId: WORKSPACE,
      provisioningState: "Succeeded",
    });
    const again = await arm.put(COMPONENT, body({ SamplingPercentage: 50 }));
    expect(again.body.properties).toMatchObject({
      InstrumentationKey: key,
      SamplingPercentage: 50,
    });
  });

  it("needs its workspace", async () => {
    const answer = await arm.put(COMPONENT, body());
    expect([answer.status, answer.body.error.code]).toEqual([404, "ResourceNotFound"]);
  });

  it.each([
    ["no workspace", { WorkspaceResourceId: null }],
    ["a bot for a workspace", { WorkspaceResourceId: BOT }],
    ["an unknown type", { Application_Type: "robot" }],
    ["31 days of retention", { RetentionInDays: 31 }],
    ["more than everything", { SamplingPercentage: 101 }],
  ])("is refused with %s", async (_what, properties) => {
    await putWorkspace();
    const answer = await arm.put(COMPONENT, body(properties));
    expect([answer.status, answer.body.error.code]).toEqual([400, "BadRequest"]);
  });
});

describe("a diagnostic setting", () => {
  beforeEach(async () => {
    await arm.put(BOT, botBody());
    await ended(await putWorkspace());
  });
  const all = { categoryGroup: "allLogs", enabled: true };
  const put = (properties: Record<string, unknown>, name = "logs", on = BOT) =>
    arm.put(`${on}${SETTINGS}/${name}`, { properties: { workspaceId: WORKSPACE, ...properties } });

  it("is made, read back, listed and deleted; it goes with its resource", async () => {
    const made = await put({ logs: [all], metrics: [{ category: "AllMetrics", enabled: true }] });
    const retentionPolicy = { enabled: false, days: 0 };
    expect([made.status, made.body]).toEqual([
      200,
      {
        id: `${BOT}${SETTINGS}/logs`,
        name: "logs",
        type: "Microsoft.Insights/diagnosticSettings",
        properties: {
          workspaceId: WORKSPACE,
          storageAccountId: null,
          logAnalyticsDestinationType: null,
          logs: [{ category: null, categoryGroup: "allLogs", enabled: true, retentionPolicy }],
          metrics: [{ category: "AllMetrics", enabled: true, retentionPolicy }],
        },
      },
    ]);
    expect((await put({ logs: [{ category: "BotRequest", enabled: true }] })).status).toBe(200);
    expect((await arm.get(`${BOT}${SETTINGS}`)).body.value).toHaveLength(1);
    expect((await arm.delete(`${BOT}${SETTINGS}/logs`)).status).toBe(200);
    expect((await arm.get(`${BOT}${SETTINGS}/logs`)).body.code).toBe("ResourceNotFound");
    await put({ logs: [all] });
    await arm.delete(BOT);
    await arm.put(BOT, botBody());
    expect((await arm.get(`${BOT}${SETTINGS}`)).body.value).toEqual([]);
  });

  it.each([
    [
      "an unknown group",
      { logs: [{ categoryGroup: "audit", enabled: true }] },
      400,
      "CategoryGroup: 'audit' is not supported, supported ones are: 'allLogs'.",
    ],
    [
      "an unknown category",
      { logs: [{ category: "Calls", enabled: true }] },
      400,
      "Category 'Calls' is not supported.",
    ],
    [
      "an unknown metric",
      { metrics: [{ category: "Calls", enabled: true }] },
      400,
      "Metric category 'Calls' is not supported.",
    ],
    [
      "both category and group",
      { logs: [{ ...all, category: "BotRequest" }] },
      400,
      "A log has either a category or a category group.",
    ],
    [
      "no switch",
      { logs: [{ category: "BotRequest" }] },
      400,
      "'properties.logs[0].enabled' is required.",
    ],
    [
      "nowhere to send to",
      { workspaceId: null, logs: [all] },
      400,
      "At least one data sink needs to be specified.",
    ],
    [
      "a bot for a workspace",
      { workspaceId: BOT, logs: [all] },
      400,
      "'workspaceId' is the id of a",
    ],
    [
      "a workspace that is not there",
      { workspaceId: `${WORKSPACE}-2`, logs: [all] },
      404,
      "log-bots-2' under resource group 'rg-bots' was not found.",
    ],
    [
      "retention",
      { logs: [{ ...all, retentionPolicy: { enabled: true, days: 30 } }] },
      501,
      "retention",
    ],
    ["an event hub", { eventHubName: "hub", logs: [all] }, 501, "eventHubName"],
  ])("with %s", async (_what, properties, status, says) => {
    const answer = await put(properties);
    expect(answer.status).toBe(status);
    expect(answer.body.message ?? answer.body.error.message).toContain(says);
  });

  it("is not for every type", async () => {
    const identity = `${IDENTITIES}/uami-calls`;
    await arm.put(identity, { location: "westeurope" });
    const answer = await put({ logs: [all] }, "logs", identity);
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        code: "ResourceTypeNotSupported",
        message:
          "The resource type 'microsoft.managedidentity/userassignedidentities' does not support diagnostic settings.",
      },
    ]);
    expect((await put({ logs: [all] }, "logs", `${BOT}-2`)).status).toBe(404);
  });

  it("does not send to one workspace twice, and there are at most five", async () => {
    await put({ logs: [all] });
    const twice = await put({ logs: [{ category: "BotRequest", enabled: true }] }, "more");
    expect([twice.status, twice.body]).toEqual([
      409,
      {
        code: "Conflict",
        message: `Data sink '${WORKSPACE}' is already used in diagnostic setting 'logs' for category 'BotRequest'. Data sinks can't be reused in different settings on the same category for the same resource.`,
      },
    ]);
    for (const number of [2, 3, 4, 5]) expect((await put({}, `more-${number}`)).status).toBe(200);
    expect((await put({}, "more-6")).status).toBe(409);
    expect((await put({ logs: [all] })).status).toBe(200);
  });
});

describe("an autoscale setting", () => {
  const AUTOSCALE = `${GROUP}/providers/Microsoft.Insights/autoscalesettings/scale`;
  const rule = {
    metricTrigger: {
      metricName: "CpuPercentage",
      metricResourceUri: PLAN,
      operator: "GreaterThan",
      statistic: "Average",
      threshold: 70,
      timeAggregation: "Average",
      timeGrain: "PT1M",
      timeWindow: "PT10M",
    },
    scaleAction: { cooldown: "PT5M", direction: "Increase", type: "ChangeCount", value: "1" },
  };
  const profile = (change: Record<string, unknown> = {}) => ({
    name: "default",
    capacity: { minimum: "1", default: "2", maximum: "5" },
    rules: [rule],
    ...change,
  });
  const put = (change: Record<string, unknown> = {}, id = AUTOSCALE) =>
    arm.put(id, {
      location: "westeurope",
      properties: { enabled: true, targetResourceUri: PLAN, profiles: [profile()], ...change },
    });
  const triggered = (change: Record<string, unknown>) => ({
    profiles: [
      profile({ rules: [{ ...rule, metricTrigger: { ...rule.metricTrigger, ...change } }] }),
    ],
  });
  const acting = (change: Record<string, unknown>) => ({
    profiles: [profile({ rules: [{ ...rule, scaleAction: { ...rule.scaleAction, ...change } }] })],
  });

  beforeEach(async () => {
    const plan = { location: "westeurope", sku: { name: "P0v3" }, properties: {} };
    const made = await arm.put(PLAN, plan, { apiVersion: "2024-04-01" });
    expect(made.status).toBeLessThan(300);
  });

  it("is made for a target that is there, and is its only one", async () => {
    const made = await put();
    expect(made.status).toBe(201);
    expect(made.body.properties).toMatchObject({
      enabled: true,
      targetResourceUri: PLAN,
      name: "scale",
    });
    expect(made.body.properties.profiles[0].rules[0]).toMatchObject(rule);
    expect((await put()).status).toBe(200);
    const twin = await put({}, `${AUTOSCALE}-2`);
    expect([twin.status, twin.body.error.code]).toEqual([409, "Conflict"]);
    const missing = await put({ targetResourceUri: `${PLAN}-2` }, `${AUTOSCALE}-2`);
    expect([missing.status, missing.body.error.code]).toEqual([404, "ResourceNotFound"]);
  });

  it.each([
    ["no profile", { profiles: [] }, "1 to 20 profiles"],
    ["a bot for a target", { targetResourceUri: BOT }, "'targetResourceUri' is the id of one of"],
    [
      "a maximum below the default",
      { profiles: [profile({ capacity: { minimum: "1", default: "6", maximum: "5" } })] },
      "minimum <= default <= maximum, got 1, 6 and 5.",
    ],
    [
      "a number for a text",
      { profiles: [profile({ capacity: { minimum: "one", default: "2", maximum: "5" } })] },
      "'properties.profiles[0].capacity.minimum' is a number of instances as text, got 'one'.",
    ],
    [
      "eleven rules",
      { profiles: [profile({ rules: Array(11).fill(rule) })] },
      "at most 10 rules, got 11.",
    ],
    ["no metric", triggered({ metricName: "" }), "metricName' is required."],
    ["an unknown operator", triggered({ operator: ">" }), "operator' is one of"],
    ["no threshold", triggered({ threshold: null }), "threshold' is required."],
    ["a window of a minute", triggered({ timeWindow: "PT1M" }), "from 5 minutes to 12 hours"],
    [
      "a window that is none",
      triggered({ timeWindow: "10 minutes" }),
      "is an ISO 8601 duration such as PT5M, got '10 minutes'.",
    ],
    ["no pause", acting({ cooldown: "PT1S" }), "from 1 minute to 1 week"],
    ["an unknown direction", acting({ direction: "Up" }), "direction' is one of"],
    ["the name of another", { name: "other" }, "'properties.name' is the name of the setting"],
  ])("is refused with %s", async (_what, change, says) => {
    const answer = await put(change);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(says);
  });
});

it("the namespace lists what hangs on others as well", async () => {
  const { body } = await arm.get(`${SUBSCRIPTION}/providers/Microsoft.Insights`);
  const types = body.resourceTypes.map(
    ({ resourceType }: { resourceType: string }) => resourceType,
  );
  expect(types.sort()).toEqual(["autoscalesettings", "components", "diagnosticSettings"]);
});

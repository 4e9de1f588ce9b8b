import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as botservice from "@pulumi/azure-native/botservice/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { StartedPlugins } from "../../../../local-cloud/plugins/index.js";
import { type Deployment, newDeployment, startAgainst } from "../deploy.js";
import { type FakeArm, fakeArm } from "../fake-arm.js";
import { CALLER, CLIENT, callsOf, SUBSCRIPTION, TENANT, useFakeCloud } from "../fake-cloud.js";

const cloud = useFakeCloud();
let arm: FakeArm;
let plugins: StartedPlugins;
let deployment: Deployment;

beforeAll(async () => {
  plugins = await startAgainst(cloud());
});
beforeEach(() => {
  arm = fakeArm();
  cloud().handlers.arm = arm.handler;
});
afterEach(async () => {
  await deployment.close();
});
afterAll(async () => {
  await plugins.close();
});

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
const BOT = `${GROUP}/providers/Microsoft.BotService/botServices/bot`;

function botArgs(over: Partial<botservice.BotArgs> = {}): botservice.BotArgs {
  return {
    resourceGroupName: "rg",
    resourceName: "bot",
    location: "global",
    kind: "azurebot",
    sku: { name: "F0" },
    properties: { displayName: "Bot", endpoint: "https://a.example/", msaAppId: "app-1" },
    ...over,
  };
}

const botAndChannel =
  (over: Partial<botservice.BotArgs> = {}) =>
  async () => {
    const group = new resources.ResourceGroup("group", {
      resourceGroupName: "rg",
      location: "westeurope",
    });
    const bot = new botservice.Bot("bot", { ...botArgs(over), resourceGroupName: group.name });
    new botservice.Channel("teams", {
      resourceGroupName: group.name,
      resourceName: bot.name,
      channelName: "MsTeamsChannel",
      location: "global",
      properties: { channelName: "MsTeamsChannel", properties: { isEnabled: true } },
    });
    return { endpoint: bot.properties.endpoint, type: bot.type };
  };

test("creates group, bot and channel with GET, PUT, GET each, and nothing is left to do after", async () => {
  deployment = await newDeployment(plugins.debugProviders, botAndChannel());
  expect(await deployment.up()).toEqual([
    "create azure-native:botservice:Bot",
    "create azure-native:botservice:Channel",
    "create azure-native:resources:ResourceGroup",
  ]);
  const version = "?api-version=2023-09-15-preview";
  expect(callsOf(cloud())).toEqual([
    `GET ${GROUP}?api-version=2024-03-01`,
    `PUT ${GROUP}?api-version=2024-03-01`,
    `GET ${GROUP}?api-version=2024-03-01`,
    `GET ${BOT}${version}`,
    `PUT ${BOT}${version}`,
    `GET ${BOT}${version}`,
    `GET ${BOT}/channels/MsTeamsChannel${version}`,
    `PUT ${BOT}/channels/MsTeamsChannel${version}`,
    `GET ${BOT}/channels/MsTeamsChannel${version}`,
  ]);
  const put = cloud().log.find(({ method, path }) => method === "PUT" && path.startsWith(BOT));
  expect(put?.body).toEqual({
    kind: "azurebot",
    location: "global",
    properties: {
      displayName: "Bot",
      endpoint: "https://a.example/",
      msaAppId: "app-1",
      iconUrl: "",
      isCmekEnabled: false,
      isStreamingSupported: false,
      publicNetworkAccess: "Enabled",
    },
    sku: { name: "F0" },
  });
  expect(await deployment.up()).toEqual([]);
  expect((await deployment.stack.outputs())["endpoint"]?.value).toBe("https://a.example/");
});

test("plans an update of a nested property, and puts the whole body", async () => {
  deployment = await newDeployment(plugins.debugProviders, botAndChannel());
  await deployment.up();
  deployment.program = botAndChannel({
    properties: { displayName: "Bot", endpoint: "https://b.example/", msaAppId: "app-1" },
    location: "Global",
  });
  expect(await deployment.preview()).toEqual(["update azure-native:botservice:Bot"]);
  cloud().log.length = 0;
  expect(await deployment.up()).toEqual(["update azure-native:botservice:Bot"]);
  expect(callsOf(cloud()).filter((call) => call.startsWith("PUT"))).toEqual([
    `PUT ${BOT}?api-version=2023-09-15-preview`,
  ]);
  expect(arm.resources.get(BOT)).toMatchObject({ sku: { name: "F0" }, kind: "azurebot" });
});

test("replaces a bot whose name changes, the old one deleted first", async () => {
  const program = (resourceName: string) => async () => {
    new botservice.Bot("bot", botArgs({ resourceName }));
  };
  deployment = await newDeployment(plugins.debugProviders, program("bot"));
  await deployment.up();
  cloud().log.length = 0;
  deployment.program = program("other");
  expect(await deployment.up()).toEqual([
    "create-replacement azure-native:botservice:Bot",
    "delete-replaced azure-native:botservice:Bot",
    "replace azure-native:botservice:Bot",
  ]);
  expect(callsOf(cloud()).map((call) => call.split(" ")[0])).toEqual([
    "DELETE",
    "GET",
    "PUT",
    "GET",
  ]);
});

test("names what is left without a name, and replaces it with the new one made first", async () => {
  const program = (location: string) => async () => {
    new managedidentity.UserAssignedIdentity("identity", { resourceGroupName: "rg", location });
  };
  deployment = await newDeployment(plugins.debugProviders, program("westeurope"));
  await deployment.up();
  const [identity] = await deployment.resources();
  expect(identity?.inputs["resourceName"]).toMatch(/^identity[0-9a-f]{8}$/);
  expect(identity?.outputs).toMatchObject({
    clientId: "client-1",
    principalId: "principal-1",
    tenantId: "tenant-1",
    azureApiVersion: "2023-01-31",
  });
  expect(identity?.outputs["properties"]).toBeUndefined();
  cloud().log.length = 0;
  deployment.program = program("northeurope");
  await deployment.up();
  const names = callsOf(cloud()).map((call) => call.split(" ")[0]);
  expect(names).toEqual(["GET", "PUT", "GET", "DELETE"]);
});

test("takes the location of the resource group, then that of the configuration", async () => {
  arm.resources.set(GROUP, { id: GROUP, location: "northeurope" });
  const { location: _, ...args } = botArgs();
  const program = async () => {
    new botservice.Bot("bot", args);
  };
  deployment = await newDeployment(plugins.debugProviders, program);
  await deployment.up();
  expect((await deployment.resources())[0]?.inputs["location"]).toBe("northeurope");
  await deployment.close();
  arm.resources.delete(BOT);
  deployment = await newDeployment(plugins.debugProviders, program, {
    "azure-native:location": "uksouth",
  });
  await deployment.up();
  expect((await deployment.resources())[0]?.inputs["location"]).toBe("uksouth");
});

test("refuses a missing location, a wrong type and an unknown resource type before it writes anything", async () => {
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new resources.ResourceGroup("group");
  });
  expect(await deployment.failingUp()).toContain(
    "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
  );
  deployment.program = async () => {
    new botservice.Bot("bot", botArgs({ kind: JSON.parse("1") }));
  };
  expect(await deployment.failingUp()).toContain(
    "'kind' should be of type 'string' but got a number",
  );
  deployment.program = async () => {
    new botservice.BotConnection("connection", { resourceGroupName: "rg", resourceName: "bot" });
  };
  expect(await deployment.failingUp()).toContain(
    "Resource type azure-native:botservice:BotConnection is not known to the local cloud",
  );
  // Only the group that is to be made was asked for its location.
  expect(callsOf(cloud())).toEqual([
    expect.stringMatching(/^GET .*\/resourceGroups\/group[0-9a-f]{8}\?api-version=2020-10-01$/),
  ]);
});

test("refuses to create what exists already", async () => {
  arm.resources.set(BOT, { id: BOT });
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new botservice.Bot("bot", botArgs());
  });
  expect(await deployment.failingUp()).toContain(
    `cannot create already existing resource '${BOT}'`,
  );
  expect(await deployment.resources()).toEqual([]);
});

test("imports what exists, and changes nothing when the program says the same", async () => {
  arm.resources.set(GROUP, {
    id: GROUP,
    name: "rg",
    location: "westeurope",
    type: "Microsoft.Resources/resourceGroups",
    properties: { provisioningState: "Succeeded" },
  });
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new resources.ResourceGroup(
      "group",
      { resourceGroupName: "rg", location: "West Europe" },
      { import: GROUP },
    );
  });
  expect(await deployment.up()).toEqual(["import azure-native:resources:ResourceGroup"]);
  expect(callsOf(cloud()).some((call) => call.startsWith("PUT"))).toBe(false);
});

test("shows drift after a refresh, mends it, and forgets what is gone", async () => {
  deployment = await newDeployment(plugins.debugProviders, botAndChannel());
  await deployment.up();
  const bot = Object(arm.resources.get(BOT));
  arm.resources.set(BOT, { ...bot, properties: { ...bot.properties, endpoint: "https://drift/" } });
  expect(await deployment.up()).toEqual([]);
  await deployment.stack.refresh();
  expect(await deployment.up()).toEqual(["update azure-native:botservice:Bot"]);
  expect(arm.resources.get(BOT)).toMatchObject({ properties: { endpoint: "https://a.example/" } });
  arm.resources.delete(`${BOT}/channels/MsTeamsChannel`);
  await deployment.stack.refresh();
  expect(await deployment.up()).toEqual(["create azure-native:botservice:Channel"]);
});

test("deletes in reverse and follows a 202 until it is gone", async () => {
  deployment = await newDeployment(plugins.debugProviders, botAndChannel());
  await deployment.up();
  cloud().log.length = 0;
  let looks = 0;
  cloud().handlers.arm = (request) => {
    if (request.path === "/operations/1?api-version=2024-03-01") {
      return ++looks < 3
        ? { status: 202, headers: { location: "/operations/1" } }
        : { status: 200 };
    }
    const answer = arm.handler(request);
    const group = request.method === "DELETE" && request.url.pathname === GROUP;
    return group ? { status: 202, headers: { location: "/operations/1" } } : answer;
  };
  await deployment.stack.destroy();
  expect(looks).toBe(3);
  expect(arm.resources.size).toBe(0);
  expect(callsOf(cloud()).slice(0, 3)).toEqual([
    `DELETE ${BOT}/channels/MsTeamsChannel?api-version=2023-09-15-preview`,
    `DELETE ${BOT}?api-version=2023-09-15-preview`,
    `DELETE ${GROUP}?api-version=2024-03-01`,
  ]);
});

test("keeps a resource whose creation failed after it was accepted, with the reason", async () => {
  cloud().handlers.arm = (request) => {
    if (request.url.pathname === "/operations/2") {
      const error = { code: "InternalBotError", message: "It broke." };
      return { status: 200, body: { status: "Failed", error } };
    }
    const answer = arm.handler(request);
    if (request.method !== "PUT") return answer;
    const headers = { "azure-asyncoperation": `${cloud().arm}/operations/2?api-version=1` };
    return { status: 202, headers };
  };
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new botservice.Bot("bot", botArgs());
  });
  expect(await deployment.failingUp()).toContain(
    'Status=200 Code="InternalBotError" Message="It broke."',
  );
  const [bot] = await deployment.resources();
  expect(bot?.id).toBe(BOT);
  expect(bot?.initErrors).toEqual(['Status=200 Code="InternalBotError" Message="It broke."']);
});

test("says what the service says when it refuses", async () => {
  const error = {
    code: "InvalidBotData",
    message: 'Bot is not valid. Errors: "Id" is already in use.',
  };
  cloud().handlers.arm = (request) =>
    request.method === "PUT" ? { status: 400, body: { error } } : arm.handler(request);
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new botservice.Bot("bot", botArgs());
  });
  expect(await deployment.failingUp()).toContain(
    'Status=400 Code="InvalidBotData" Message="Bot is not valid. Errors: \\"Id\\" is already in use."',
  );
  expect(await deployment.resources()).toEqual([]);
});

test("gives up at the custom timeout", async () => {
  cloud().handlers.arm = (request) => {
    if (request.method === "PUT") return { status: 429, headers: { "retry-after": "600" } };
    return arm.handler(request);
  };
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new botservice.Bot("bot", botArgs(), { customTimeouts: { create: "1s" } });
  });
  expect(await deployment.failingUp()).toContain("operation timed out");
});

test("answers who deploys, a token, and what exists", async () => {
  arm.resources.set(BOT, { id: BOT, name: "bot", properties: { displayName: "Bot" }, etag: "1" });
  let seen: unknown;
  deployment = await newDeployment(plugins.debugProviders, async () => {
    const where = { resourceGroupName: "rg", resourceName: "bot" };
    seen = {
      config: await authorization.getClientConfig(),
      token: (await authorization.getClientToken()).token.length > 10,
      bot: (await botservice.getBot(where)).properties.displayName,
      missing: await botservice
        .getChannel({ ...where, channelName: "WebChatChannel" })
        .catch((error: Error) => error.message),
    };
  });
  await deployment.up();
  expect(seen).toMatchObject({
    config: { clientId: CLIENT, objectId: CALLER, subscriptionId: SUBSCRIPTION, tenantId: TENANT },
    token: true,
    bot: "Bot",
    missing: expect.stringContaining(
      `request failed ${BOT}/channels/WebChatChannel: Status=404 Code="ResourceNotFound"`,
    ),
  });
});

// What a person's own script would do: Microsoft's clients, told by the environment only. Prints what it saw as JSON.
import { AzureBotService } from "@azure/arm-botservice";
import {
  armUrl,
  askArm,
  collect,
  credential,
  refusalOf,
  subscriptionId,
  tenantId,
} from "../../support/stock-script.js";

const client = new AzureBotService(credential, subscriptionId, { endpoint: armUrl });

const resourceManager = (method: string, path: string, body?: unknown) =>
  askArm(method, path, "2024-03-01", body);
const group = "rg-stock";
const properties = {
  displayName: "Stock bot",
  endpoint: "https://contoso.com/api/messages",
  msaAppId: "dddddddd-0000-4000-8000-000000000001",
  msaAppType: "SingleTenant",
  msaAppTenantId: tenantId,
};
const botParameters = { location: "global", kind: "azurebot", sku: { name: "F0" }, properties };
const seen: Record<string, unknown> = {};

seen["group"] = (
  await resourceManager("PUT", `/resourceGroups/${group}`, { location: "westeurope" })
).status;
seen["nameBefore"] = (await client.bots.getCheckNameAvailability({ name: "stock-bot" })).valid;
seen["bot"] = await client.bots.create(group, "stock-bot", botParameters);
seen["nameAfter"] = (await client.bots.getCheckNameAvailability({ name: "stock-bot" })).valid;
seen["taken"] = await refusalOf(client.bots.create(group, "stock-bot-2", botParameters));
seen["channel"] = await client.channels.create(group, "stock-bot", "MsTeamsChannel", {
  location: "global",
  properties: {
    channelName: "MsTeamsChannel",
    properties: {
      isEnabled: true,
      enableCalling: true,
      callingWebhook: "https://contoso.com/teamsapp/api/calling",
    },
  },
});
seen["updated"] = await client.bots.update(group, "stock-bot", {
  properties: { ...properties, displayName: "Renamed" },
});
seen["bots"] = (await collect(client.bots.list())).map(({ name }) => name);
seen["botsOfGroup"] = (await collect(client.bots.listByResourceGroup(group))).map(
  ({ name }) => name,
);
seen["channels"] = (await collect(client.channels.listByResourceGroup(group, "stock-bot"))).map(
  ({ name }) => name,
);
seen["keys"] = await client.channels.listWithKeys(group, "stock-bot", "DirectLineChannel");
seen["hostSettings"] = await refusalOf(client.hostSettings.get());
await client.channels.delete(group, "stock-bot", "MsTeamsChannel");
seen["channelGone"] = await refusalOf(client.channels.get(group, "stock-bot", "MsTeamsChannel"));
await client.bots.delete(group, "stock-bot");
seen["botGone"] = await refusalOf(client.bots.get(group, "stock-bot"));
const deletion = await resourceManager("DELETE", `/resourceGroups/${group}`);
seen["groupDeletion"] = deletion.status;
const { token } = await credential.getToken(`${armUrl}/.default`);
const poll = await fetch(deletion.headers.get("location") ?? "", {
  headers: { authorization: `Bearer ${token}` },
});
seen["groupPoll"] = poll.status;
seen["groupGone"] = (await resourceManager("HEAD", `/resourceGroups/${group}`)).status;
console.log(JSON.stringify(seen));

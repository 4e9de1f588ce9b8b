// Microsoft's own clients, unmodified, over TLS, in a process of their own.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ANY_PORTS, type LocalCloud, startLocalCloud } from "../../../local-cloud/index.js";

const SCRIPT = fileURLToPath(new URL("stock-client.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "arm-stock-"));
let cloud: LocalCloud;
// biome-ignore lint/suspicious/noExplicitAny: the script prints many shapes
let seen: any;

beforeAll(async () => {
  cloud = await startLocalCloud({ folder, ports: ANY_PORTS });
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", SCRIPT], {
    env: { ...process.env, ...cloud.environment(), NODE_EXTRA_CA_CERTS: cloud.caPath },
  });
  seen = JSON.parse(stdout);
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("@azure/arm-botservice with @azure/identity", () => {
  it("registers a bot with a Teams channel and reads it back", () => {
    expect(seen.group).toBe(201);
    expect(seen.bot).toMatchObject({
      name: "stock-bot",
      kind: "azurebot",
      sku: { name: "F0" },
      properties: {
        displayName: "Stock bot",
        msaAppType: "SingleTenant",
        enabledChannels: ["webchat", "directline"],
      },
    });
    expect(seen.channel.properties).toMatchObject({
      channelName: "MsTeamsChannel",
      provisioningState: "Succeeded",
      properties: {
        isEnabled: true,
        enableCalling: true,
        callingWebhook: "https://contoso.com/teamsapp/api/calling",
        deploymentEnvironment: "CommercialDeployment",
      },
    });
    expect(seen.updated.properties).toMatchObject({
      displayName: "Renamed",
      enabledChannels: ["webchat", "directline", "msteams"],
    });
  });

  it("lists bots and channels, and gets keys", () => {
    expect(seen.bots).toEqual(["stock-bot"]);
    expect(seen.botsOfGroup).toEqual(["stock-bot"]);
    expect(seen.channels).toEqual([
      "stock-bot/DirectLineChannel",
      "stock-bot/MsTeamsChannel",
      "stock-bot/WebChatChannel",
    ]);
    expect(seen.keys.setting.sites[0].key).toMatch(/^[\w-]{43}$/);
  });

  it("is told which names are taken", () => {
    expect([seen.nameBefore, seen.nameAfter]).toEqual([true, false]);
    expect(seen.taken).toEqual({
      statusCode: 400,
      code: "InvalidBotData",
      message: "Bot is not valid. Errors: MsaAppId: MsaAppId is already in use.. ",
    });
  });

  it("is told by name what the local cloud does not have", () => {
    expect(seen.hostSettings).toEqual({
      statusCode: 501,
      code: "NotImplemented",
      message:
        "The local cloud does not have the resource type 'Microsoft.BotService/hostSettings'.",
    });
  });

  it("removes all of it again", () => {
    expect(seen.channelGone).toMatchObject({ statusCode: 404, code: "ResourceNotFound" });
    expect(seen.botGone).toMatchObject({ statusCode: 404, code: "ResourceNotFound" });
    expect([seen.groupDeletion, seen.groupPoll, seen.groupGone]).toEqual([202, 200, 404]);
  });
});

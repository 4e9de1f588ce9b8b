// A bot that is registered in the local cloud is called at the webhook of its Teams channel, and answers with Microsoft's own Graph
// client, unmodified.
import { ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { StackOutputs } from "../../../rules/outputs.js";
import { changeIn, type Received, SERVICE_MEDIA, startBot } from "../../commands/rehearse-bots.js";
import { startVerify, type VerifyUnderTest } from "../../commands/verify-under-test.js";

let test: VerifyUnderTest;
let registered: StackOutputs;
let graph: Client;
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  test = await startVerify();
  registered = await test.register();
  const { secretText } = await test.call(
    "POST",
    `/applications(appId='${registered.appId}')/addPassword`,
    { passwordCredential: {} },
  );
  const { login, graph: origin } = test.cloud.origins;
  const credential = new ClientSecretCredential(registered.tenantId, registered.appId, secretText, {
    authorityHost: login,
    disableInstanceDiscovery: true,
  });
  graph = Client.initWithMiddleware({
    baseUrl: origin,
    customHosts: new Set(["localhost"]),
    authProvider: new TokenCredentialAuthenticationProvider(credential, {
      scopes: [`${origin}/.default`],
    }),
  });
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
afterAll(() => test.cloud.remove());

/** What a person, or the demo, tells the local cloud. */
async function control(method: string, path: string, body: unknown) {
  const answer = await fetch(`${test.cloud.origins.login}/_local${path}`, {
    method,
    headers: { Authorization: `Bearer ${test.cloud.controlToken}`, Connection: "close" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
}

async function behindTheWebhook(act: (received: Received) => unknown) {
  const bot = await startBot((received) => {
    void act(received);
    return { status: 202 };
  });
  cleanUps.push(bot.stop);
  const from = new URL(registered.callingWebhook).origin;
  const opened = await control("PUT", "/tunnels", { from, to: `http://localhost:${bot.port}` });
  expect(opened.status).toBe(204);
}

describe("a bot that is registered", () => {
  it("answers its call with the stock client, and can verify who called it", async () => {
    const seen: Received[] = [];
    await behindTheWebhook(async (received) => {
      seen.push(received);
      const { call, state, type } = changeIn(received);
      if (state === "incoming") await graph.api(`${call}/answer`).post(SERVICE_MEDIA);
      if (state === "established") {
        const mediaInfo = { uri: "https://contoso.com/hello.wav" };
        await graph.api(`${call}/playPrompt`).post({ prompts: [{ mediaInfo }] });
      }
      if (type.endsWith("playPromptOperation")) await graph.api(call).delete();
    });
    const { status, body } = await control("POST", "/calls", { appId: registered.appId });
    expect([status, body.end]).toEqual([200, "hungUpByBot"]);

    const configuration = await fetch(
      `${test.cloud.origins.login}/v1/.well-known/OpenIdConfiguration`,
    );
    const OpenId = z.object({ jwks_uri: z.string(), issuer: z.string() });
    const { jwks_uri: keys, issuer } = OpenId.parse(await configuration.json());
    expect(issuer).toBe("https://api.botframework.com");
    expect(seen[0]?.path).toBe(new URL(registered.callingWebhook).pathname);
    for (const { authorization = "" } of seen) {
      const token = authorization.replace("Bearer ", "");
      const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), {
        audience: registered.appId,
        issuer: "https://api.botframework.com",
      });
      expect(payload["tid"]).toBe(registered.tenantId);
    }
  });

  it("is not called while calling is off, nor outside this machine", async () => {
    const elsewhere = { callingWebhook: "https://other.contoso.com/api/calling" };
    await test.putChannel(registered, elsewhere);
    const outside = await control("POST", "/calls", { appId: registered.appId });
    expect(outside.body).toMatchObject({
      end: "undelivered",
      events: [{ kind: "sent", url: elsewhere.callingWebhook, failure: "ELSEWHERE" }],
    });
    await test.putChannel(registered, { enableCalling: false });
    const off = await control("POST", "/calls", { appId: registered.appId });
    expect([off.status, off.body.error]).toEqual([
      404,
      "No bot with this app id has a Teams channel with calling enabled.",
    ]);
    await test.putChannel(registered);
  });

  it.each([
    ["/calls", "POST", { appId: "x" }],
    ["/tunnels", "PUT", { from: "https://contoso.com", to: "https://elsewhere.com" }],
    ["/access-policies", "PUT", { appId: "10ca1000-0000-4000-8000-000000000001", users: "x" }],
  ])("is spared %s that makes no sense", async (path, method, body) => {
    expect((await control(method, path, body)).status).toBe(400);
  });
});

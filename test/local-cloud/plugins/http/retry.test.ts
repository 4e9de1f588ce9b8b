import { expect, test } from "vitest";
import { HttpClient } from "../../../../local-cloud/plugins/http/http-client.js";
import {
  type RetryPolicy,
  retryAfterMs,
  sendWithRetry,
} from "../../../../local-cloud/plugins/http/retry.js";
import { Tokens } from "../../../../local-cloud/plugins/http/tokens.js";
import { CLIENT, type FakeAnswer, TENANT, useFakeCloud } from "../fake-cloud.js";

const cloud = useFakeCloud();

const POLICY: RetryPolicy = {
  statuses: new Set([429, 503]),
  maxAttempts: 3,
  baseMs: 1,
  maxMs: 10,
};

function answering(...answers: (FakeAnswer | "lost")[]): void {
  cloud().handlers.arm = () => answers.shift();
}

async function send(method: "GET" | "POST" | "PUT", signal = new AbortController().signal) {
  const client = new HttpClient(cloud().ca);
  try {
    const request = { method, url: `${cloud().arm}/thing`, signal };
    return (await sendWithRetry(client, request, POLICY)).status;
  } finally {
    client.close();
  }
}

test("asks again after an answer that means later, and gives the last answer in the end", async () => {
  answering({ status: 503 }, { status: 429, headers: { "retry-after": "0" } }, { status: 200 });
  expect(await send("GET")).toBe(200);
  answering({ status: 503 }, { status: 503 }, { status: 503 }, { status: 200 });
  expect(await send("GET")).toBe(503);
  expect(cloud().log).toHaveLength(6);
});

test("does not ask again after an answer that is final", async () => {
  answering({ status: 400 }, { status: 200 });
  expect(await send("PUT")).toBe(400);
});

test("repeats a lost PUT, but not a lost POST, which may have been done", async () => {
  answering("lost", { status: 200 });
  expect(await send("PUT")).toBe(200);
  answering("lost", { status: 200 });
  await expect(send("POST")).rejects.toThrow(`POST ${cloud().arm}/thing: `);
});

test("stops waiting when it is cancelled", async () => {
  const controller = new AbortController();
  cloud().handlers.arm = () => {
    setTimeout(() => controller.abort(new Error("enough")), 5);
    return { status: 429, headers: { "retry-after": "600" } };
  };
  await expect(send("GET", controller.signal)).rejects.toThrow("enough");
});

test("reads Retry-After as seconds and as a date", () => {
  const after = (value: string | undefined) =>
    retryAfterMs({ header: () => value }, () => Date.parse("2027-01-01T00:00:00Z"));
  expect(after("7")).toBe(7000);
  expect(after("Fri, 01 Jan 2027 00:00:05 GMT")).toBe(5000);
  expect(after("Thu, 31 Dec 2026 00:00:00 GMT")).toBe(0);
  expect(after("soon")).toBeUndefined();
  expect(after(undefined)).toBeUndefined();
});

test("keeps a token for each scope, and gets another five minutes before it expires", async () => {
  let now = 0;
  const client = new HttpClient(cloud().ca);
  const credentials = { tenantId: TENANT, clientId: CLIENT, clientSecret: "fake-secret" };
  const tokens = new Tokens(client, cloud().login, credentials, POLICY, () => now);
  const { signal } = new AbortController();
  await Promise.all([tokens.get("a", signal), tokens.get("a", signal), tokens.get("b", signal)]);
  now = (3599 - 301) * 1000;
  await tokens.get("a", signal);
  expect(
    cloud()
      .tokens.map(({ scope }) => scope)
      .sort(),
  ).toEqual(["a", "b"]);
  now = (3599 - 299) * 1000;
  await tokens.get("a", signal);
  expect(
    cloud()
      .tokens.map(({ scope }) => scope)
      .sort(),
  ).toEqual(["a", "a", "b"]);
  client.close();
});

test("asks for a token again after a refusal", async () => {
  const client = new HttpClient(cloud().ca);
  const credentials = { tenantId: TENANT, clientId: CLIENT, clientSecret: "fake-secret" };
  const tokens = new Tokens(client, cloud().login, credentials, POLICY);
  const { signal } = new AbortController();
  cloud().handlers.login = () => ({ status: 401, body: { error: "invalid_client" } });
  await expect(tokens.get("a", signal)).rejects.toThrow("invalid_client");
  cloud().handlers.login = () => undefined;
  expect(await tokens.get("a", signal)).toMatch(/^e30\./);
  client.close();
});

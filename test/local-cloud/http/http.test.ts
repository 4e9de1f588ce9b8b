// What stands in front of every service: loopback, Host and Origin, faults, and the interface that injects them.
import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { SERVICE_NAMES } from "../../../local-cloud/cloud-context.js";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import { startTestCloud, type TestCloud } from "../../support/test-cloud.js";

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.remove());
afterEach(() => cloud.faults.clear());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request with headers that fetch would not send. */
function send(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { headers, ca: readFileSync(cloud.caPath), servername: "localhost" };
    const sent = request(url, options, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("a service", () => {
  it.each(SERVICE_NAMES)("%s refuses a Host that is not ours (DNS rebinding)", async (name) => {
    const { port } = new URL(cloud.origins[name]);
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      "localhost",
      "localhost:1",
      `localhost.evil.example:${port}`,
      `vault.localhost.evil.example:${port}`,
      `contoso.localhost:${port}`,
    ]) {
      expect((await send(`${cloud.origins[name]}/`, { Host: host })).status).toBe(403);
    }
    for (const host of [
      `localhost:${port}`,
      `127.0.0.1:${port}`,
      `LOCALHOST:${port}`,
      `contoso-kv.vault.localhost:${port}`,
    ]) {
      expect((await send(`${cloud.origins[name]}/`, { Host: host })).status).not.toBe(403);
    }
  });

  it.each(SERVICE_NAMES)("%s refuses a page of another origin", async (name) => {
    for (const origin of [
      "https://evil.example",
      "null",
      cloud.origins[name].replace("https", "http"),
    ]) {
      expect((await send(`${cloud.origins[name]}/`, { Origin: origin })).status).toBe(403);
    }
    expect(
      (await send(`${cloud.origins[name]}/`, { Origin: cloud.origins[name] })).status,
    ).not.toBe(403);
  });

  it.each(SERVICE_NAMES)("%s listens on loopback only", async (name) => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of outside) {
      expect(await canConnect(address, Number(new URL(cloud.origins[name]).port))).toBe(false);
    }
    expect(await canConnect("127.0.0.1", Number(new URL(cloud.origins[name]).port))).toBe(true);
  });

  it("refuses in its own error envelope", async () => {
    const headers = { Host: "evil.example" };
    const [login, arm, graph] = await Promise.all(
      SERVICE_NAMES.map((name) => send(`${cloud.origins[name]}/`, headers)),
    );
    expect(JSON.parse(login?.body ?? "")).toHaveProperty("error_description");
    expect(JSON.parse(arm?.body ?? "")).toHaveProperty("error.code", "Forbidden");
    expect(JSON.parse(graph?.body ?? "")).toHaveProperty("error.innerError");
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
    socket.on("timeout", () => {
      socket.destroy();
      resolve(false);
    });
  });
}

describe("a fault", () => {
  const metadata = () => `${cloud.origins.arm}/metadata/endpoints?api-version=2022-09-01`;

  it("throttles as often as it says, with Retry-After where it is given", async () => {
    cloud.faults.add({ kind: "throttle", retryAfterSeconds: 7, times: 1, skip: 0, service: "arm" });
    const throttled = await send(metadata());
    expect(throttled.status).toBe(429);
    expect(throttled.headers["retry-after"]).toBe("7");
    expect((await send(metadata())).status).toBe(200);
  });

  it("fails the calls that match its method and path, after those it lets pass", async () => {
    cloud.faults.add({ kind: "fail", status: 503, method: "GET", path: "^/metadata", skip: 1 });
    expect((await send(metadata())).status).toBe(200);
    expect((await send(metadata())).status).toBe(503);
    expect((await send(`${cloud.origins.arm}/subscriptions`)).status).toBe(401);
  });

  it("drops the connection before or after the service has acted", async () => {
    for (const when of ["before", "after"] as const) {
      cloud.faults.add({ kind: "drop", when, times: 1, skip: 0 });
      await expect(send(metadata())).rejects.toThrow("socket hang up");
    }
    expect((await send(metadata())).status).toBe(200);
  });

  it("delays", async () => {
    cloud.faults.add({ kind: "delay", milliseconds: 150, times: 1, skip: 0 });
    const began = performance.now();
    expect((await send(metadata())).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThanOrEqual(145);
  });
});

describe("the interface that injects faults", () => {
  const control = (path: string, token: string, init: RequestInit = {}) =>
    fetch(`${cloud.origins.login}/_local${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${token}` },
    });

  it("answers only to its own token, not to a client's secret", async () => {
    const secret = cloud.environment()["AZURE_CLIENT_SECRET"] ?? "";
    for (const path of ["/health", "/faults", "/requests"]) {
      for (const token of ["", "wrong", secret])
        expect((await control(path, token)).status).toBe(401);
      expect((await control(path, cloud.controlToken)).status).toBe(200);
    }
  });

  it("adds, lists and removes rules, and refuses one that it does not understand", async () => {
    const add = (rule: unknown) =>
      control("/faults", cloud.controlToken, { method: "POST", body: JSON.stringify(rule) });
    const added = await add({ kind: "fail", status: 500, path: "/never" });
    expect(added.status).toBe(201);
    const { id } = z.object({ id: z.number() }).parse(await added.json());
    expect(await (await control("/faults", cloud.controlToken)).json()).toMatchObject({
      faults: [{ id }],
    });
    expect((await control(`/faults/${id}`, cloud.controlToken, { method: "DELETE" })).status).toBe(
      204,
    );
    expect((await control(`/faults/${id}`, cloud.controlToken, { method: "DELETE" })).status).toBe(
      404,
    );
    for (const wrong of [
      undefined,
      {},
      { kind: "explode" },
      { kind: "fail", status: 200 },
      { kind: "delay", milliseconds: 1, path: "(" },
    ]) {
      expect((await add(wrong)).status).toBe(400);
    }
  });

  it("is told which container images there are", async () => {
    const declare = (said: object) =>
      control("/images", cloud.controlToken, { method: "PUT", body: JSON.stringify(said) });
    expect((await declare({ image: "contoso.azurecr.io/bot:1" })).status).toBe(204);
    expect((await declare({ image: "nginx", present: false })).status).toBe(204);
    expect((await declare({ image: "Not an image" })).status).toBe(400);
    expect(await (await control("/images", cloud.controlToken)).json()).toEqual({
      images: [
        { image: "contoso.azurecr.io/bot:1", present: true },
        { image: "docker.io/library/nginx:latest", present: false },
      ],
    });
  });

  it("is told which DNS records are kept elsewhere", async () => {
    const tell = (said: object) =>
      control("/dns", cloud.controlToken, { method: "PUT", body: JSON.stringify(said) });
    const record = { name: "Bot.contoso.com", type: "CNAME", value: "bot.azurewebsites.net" };
    expect((await tell({ records: [record] })).status).toBe(204);
    expect((await tell({ records: [{ ...record, type: "MX" }] })).status).toBe(400);
    expect(await (await control("/dns", cloud.controlToken)).json()).toEqual({
      records: [{ ...record, name: "bot.contoso.com" }],
    });
  });

  it("says how long what is new stays unknown", async () => {
    const late = (rule: unknown) =>
      control("/replication", cloud.controlToken, { method: "PUT", body: JSON.stringify(rule) });
    const [made, now] = ["2026-11-23T10:00:00Z", new Date("2026-11-23T10:00:29Z")];
    expect(cloud.replication.hasSpread(made, now)).toBe(true);
    expect((await late({ roleSeconds: 30 })).status).toBe(204);
    expect(cloud.replication.hasSpread(made, now)).toBe(false);
    expect((await late({ roleSeconds: 0, reads: 1 })).status).toBe(204);
    expect(cloud.replication.hasSpread(made, now)).toBe(true);
    cloud.replication.created("new");
    expect([cloud.replication.sees("new"), cloud.replication.sees("new")]).toEqual([false, true]);
    expect((await late({ reads: 0 })).status).toBe(204);
    for (const wrong of [{ roleSeconds: -1 }, { reads: 0.5 }, { days: 1 }]) {
      expect((await late(wrong)).status).toBe(400);
    }
  });

  it("sets quotas of vCPUs, and refuses what is none", async () => {
    const set = async (quota: unknown) => {
      const body = JSON.stringify(quota);
      return (await control("/quotas", cloud.controlToken, { method: "PUT", body })).status;
    };
    expect(await set({ location: "westeurope", name: "cores", limit: 4 })).toBe(204);
    expect(cloud.quotas.limit("westeurope", "cores")).toBe(4);
    expect(cloud.quotas.limit("northeurope", "cores")).toBe(1000);
    expect(await set({ location: "westeurope", name: "cores", limit: -1 })).toBe(400);
  });

  it("sets policies of the tenant, and refuses what are none", async () => {
    const set = async (policies: unknown) => {
      const body = JSON.stringify(policies);
      return (await control("/policies", cloud.controlToken, { method: "PUT", body })).status;
    };
    expect(await set({ authorizationPolicy: { allowedToCreateApps: false } })).toBe(204);
    expect(cloud.policies.of(TENANT_ID).authorizationPolicy.allowedToCreateApps).toBe(false);
    expect(await set({ authorizationPolicy: { allowedToCreateApps: "no" } })).toBe(400);
    expect(await set({})).toBe(204);
  });

  it("shows what was asked of the cloud", async () => {
    await send(`${cloud.origins.graph}/v1.0/organization`);
    const seen = await (await control("/requests", cloud.controlToken)).text();
    expect(seen).toContain(
      '"service":"graph","method":"GET","path":"/v1.0/organization","status":401',
    );
  });
});

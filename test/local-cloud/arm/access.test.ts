// Every route, with every kind of wrong caller.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { armRoutes } from "../../../local-cloud/arm/arm-routes.js";
import { SECOND_TENANT_ID, SUBSCRIPTION_ID, TENANT_ID } from "../../../local-cloud/well-known.js";
import {
  type ArmUnderTest,
  GROUP,
  newKey,
  ORIGINS,
  SUBSCRIPTION,
  startArm,
} from "./arm-under-test.js";

const NOBODY = "bbbbbbbb-0000-4000-8000-000000000001";
const CONTRIBUTOR = "bbbbbbbb-0000-4000-8000-000000000002";
const READER = "bbbbbbbb-0000-4000-8000-000000000003";

const routes = armRoutes().map((route) => ({
  ...route,
  path: route.pattern
    .replace("/{+scope}", SUBSCRIPTION)
    .replace("{subscriptionId}", SUBSCRIPTION_ID)
    .replace("{namespace}", "Microsoft.BotService")
    .replace(/\{\w+\}/g, "nothing"),
  apiVersion: route.apiVersions.at(-1) ?? "2024-03-01",
}));
const guarded = routes.filter(({ action }) => action !== undefined);
const title = "$method $pattern";

let arm: ArmUnderTest;
beforeAll(async () => {
  arm = await startArm();
  arm.context.store.put("armRoles", CONTRIBUTOR, "Contributor");
  arm.context.store.put("armRoles", READER, "Reader");
});
afterAll(() => arm.stop());

const TENANT_AUTHORITY = `Bearer authorization_uri="${ORIGINS.login}/${TENANT_ID}", error="invalid_token"`;

describe("a caller without a good token", () => {
  it.each(routes)(`is refused without a token: ${title}`, async ({ method, path, apiVersion }) => {
    const answer = await arm.call(method, path, { apiVersion, token: null });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("WWW-Authenticate")).toContain(TENANT_AUTHORITY);
    if (method !== "HEAD") {
      expect(answer.body.error).toEqual({
        code: "AuthenticationFailed",
        message: "Authentication failed. The 'Authorization' header is missing.",
      });
    }
  });

  it.each(routes)(`is refused with an expired token: ${title}`, async (route) => {
    const { method, path, apiVersion } = route;
    const token = await arm.token();
    const before = arm.clock.now;
    arm.clock.now = new Date("2026-11-23T12:00:00Z");
    const answer = await arm.call(method, path, { apiVersion, token });
    arm.clock.now = before;
    expect(answer.status).toBe(401);
    if (method !== "HEAD") {
      expect(answer.body.error).toEqual({
        code: "ExpiredAuthenticationToken",
        message:
          "The access token expiry UTC time '11/23/2026 10:59:59 AM' is earlier than current UTC time '11/23/2026 12:00:00 PM'.",
      });
    }
  });

  it.each(routes)(`is refused with a token for Graph: ${title}`, async (route) => {
    const { method, path, apiVersion } = route;
    const token = await arm.token({ aud: ORIGINS.graph });
    const answer = await arm.call(method, path, { apiVersion, token });
    expect(answer.status).toBe(401);
    if (method !== "HEAD") {
      expect(answer.body.error).toEqual({
        code: "InvalidAuthenticationTokenAudience",
        message: `The access token has been obtained for wrong audience or resource '${ORIGINS.graph}'. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.core.windows.net','https://management.azure.com/','https://management.azure.com','${ORIGINS.arm}/','${ORIGINS.arm}'.`,
      });
    }
  });

  it("is refused with a token that somebody else signed", async () => {
    const other = await startArm({}, newKey);
    const answer = await arm.get("/subscriptions", { token: await other.token() });
    await other.stop();
    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe("InvalidAuthenticationToken");
  });

  it("is refused with another scheme", async () => {
    const answer = await arm.get("/subscriptions", {
      token: null,
      headers: { authorization: "Basic abc" },
    });
    expect(answer.body.error.code).toBe("AuthenticationFailedInvalidHeader");
  });

  it("is refused with a token of another tenant", async () => {
    const token = await arm.token({ tid: SECOND_TENANT_ID });
    const answer = await arm.get(SUBSCRIPTION, { token });
    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe("InvalidAuthenticationTokenTenant");
    expect(answer.body.error.message).toContain(`${ORIGINS.login}/${SECOND_TENANT_ID}/v2.0`);
    expect(answer.headers.get("WWW-Authenticate")).toContain(TENANT_AUTHORITY);
  });
});

describe("a caller without the right", () => {
  it.each(guarded)(`is refused: ${title}`, async ({ method, path, apiVersion, action, scope }) => {
    const token = await arm.token({ oid: NOBODY });
    const answer = await arm.call(method, path, { apiVersion, token });
    expect(answer.status).toBe(403);
    if (method !== "HEAD") {
      const where = scope === "parent" ? path.slice(0, path.lastIndexOf("/")) : path;
      const what = action?.replace("{namespace}", "Microsoft.BotService");
      expect(answer.body.error).toEqual({
        code: "AuthorizationFailed",
        message: `The client '${NOBODY}' with object id '${NOBODY}' does not have authorization to perform action '${what}' over scope '${where}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      });
    }
  });

  it.each(guarded.filter(({ action }) => !action?.endsWith("/read")))(
    `may not write as a Reader: ${title}`,
    async ({ method, path, apiVersion }) => {
      const token = await arm.token({ oid: READER });
      const answer = await arm.call(method, path, { apiVersion, token });
      expect(answer.status).toBe(403);
    },
  );

  it("sees no subscriptions", async () => {
    const token = await arm.token({ oid: NOBODY });
    expect((await arm.get("/subscriptions", { token })).body.value).toEqual([]);
  });
});

describe("a caller with the right", () => {
  it.each([
    ["https://localhost:7002"],
    ["https://localhost:7002/"],
    ["https://management.azure.com"],
    ["https://management.azure.com/"],
    ["https://management.core.windows.net"],
    ["https://management.core.windows.net/"],
  ])("is let in with a token for %s", async (aud) => {
    const answer = await arm.get("/subscriptions", { token: await arm.token({ aud }) });
    expect(answer.status).toBe(200);
    expect(answer.body.value).toHaveLength(1);
  });

  it("may read as a Reader and write as a Contributor", async () => {
    const reader = await arm.token({ oid: READER });
    const contributor = await arm.token({ oid: CONTRIBUTOR });
    expect((await arm.get(SUBSCRIPTION, { token: reader })).status).toBe(200);
    const made = await arm.put(GROUP, { location: "westeurope" }, { token: contributor });
    expect(made.status).toBe(201);
  });
});

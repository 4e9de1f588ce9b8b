import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type ArmUnderTest,
  BOTS,
  botBody,
  GROUP,
  ORIGINS,
  SUBSCRIPTION,
  startArm,
  withGroup,
} from "./arm-under-test.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
});
afterEach(() => arm.stop());

describe("resource providers", () => {
  it("say which types the local cloud has, and in which versions", async () => {
    const { body } = await arm.get(`${SUBSCRIPTION}/providers/microsoft.botservice`, {
      apiVersion: "2022-09-01",
    });
    expect(body).toEqual({
      id: `${SUBSCRIPTION}/providers/Microsoft.BotService`,
      namespace: "Microsoft.BotService",
      registrationState: "Registered",
      registrationPolicy: "RegistrationRequired",
      resourceTypes: [
        {
          resourceType: "botServices",
          locations: ["global", "westeurope", "centralindia"],
          apiVersions: [
            "2023-09-15-preview",
            "2022-09-15",
            "2022-06-15-preview",
            "2021-05-01-preview",
            "2021-03-01",
          ],
          capabilities: "SupportsTags, SupportsLocation",
        },
        expect.objectContaining({ resourceType: "botServices/channels", locations: [] }),
      ],
    });
  });

  it("that are not registered refuse writes until somebody registers them", async () => {
    await withGroup(arm);
    const provider = `${SUBSCRIPTION}/providers/Microsoft.BotService`;
    const options = { apiVersion: "2022-09-01" };
    const off = await arm.post(`${provider}/unregister`, undefined, options);
    expect(off.body.registrationState).toBe("Unregistering");
    const refused = await arm.put(`${BOTS}/contoso`, botBody());
    const message =
      "The subscription is not registered to use namespace 'Microsoft.BotService'. See https://aka.ms/rps-not-found for how to register subscriptions.";
    expect(refused.status).toBe(409);
    expect(refused.body.error).toEqual({
      code: "MissingSubscriptionRegistration",
      message,
      details: [
        { code: "MissingSubscriptionRegistration", message, target: "Microsoft.BotService" },
      ],
    });
    const on = await arm.post(`${provider}/register`, undefined, options);
    expect(on.body.registrationState).toBe("Registering");
    expect((await arm.get(provider, options)).body.registrationState).toBe("Registered");
    expect((await arm.put(`${BOTS}/contoso`, botBody())).status).toBe(201);
  });

  it("that are in use are not unregistered", async () => {
    await withGroup(arm);
    await arm.put(`${BOTS}/contoso`, botBody());
    const answer = await arm.post(
      `${SUBSCRIPTION}/providers/Microsoft.BotService/unregister`,
      undefined,
      { apiVersion: "2022-09-01" },
    );
    expect(answer.status).toBe(409);
    expect(answer.body.error.message).toContain(`${BOTS}/contoso`);
  });

  it("of Azure that the local cloud has nothing of are known, without types", async () => {
    const { body } = await arm.get(`${SUBSCRIPTION}/providers/Microsoft.Quantum`);
    expect(body.error.code).toBe("InvalidResourceNamespace");
    const cdn = await arm.get(`${SUBSCRIPTION}/providers/microsoft.cdn`);
    expect(cdn.body).toMatchObject({
      namespace: "Microsoft.Cdn",
      resourceTypes: [],
      registrationState: "NotRegistered",
    });
  });
});

describe("what is not there", () => {
  it.each([
    [
      "a type of a namespace it has nothing of",
      `${GROUP}/providers/microsoft.cdn/profiles/p`,
      "the resource type 'Microsoft.Cdn/profiles'",
    ],
    [
      "connections of a bot",
      `${BOTS}/b/connections/c`,
      "the resource type 'Microsoft.BotService/botServices/connections'",
    ],
    [
      "host settings",
      `${SUBSCRIPTION}/providers/Microsoft.BotService/hostSettings`,
      "the resource type 'Microsoft.BotService/hostSettings'",
    ],
    [
      "deployments",
      `${GROUP}/providers/Microsoft.Resources/deployments/d`,
      "the resource type 'Microsoft.Resources/deployments'",
    ],
    ["tag names", `${SUBSCRIPTION}/tagNames`, "'tagnames' of Resource Manager"],
  ])("answers 501 by name where Azure has it: %s", async (_what, path, name) => {
    const answer = await arm.get(path);
    expect(answer.status).toBe(501);
    expect(answer.body).toEqual({
      error: { code: "NotImplemented", message: `The local cloud does not have ${name}.` },
    });
  });

  it.each([
    ["a namespace", `${GROUP}/providers/Contoso.Bots/bots/b`, "InvalidResourceNamespace"],
    ["a type", `${BOTS}/b/gardens/g`, "InvalidResourceType"],
    ["a path", "/nowhere", "NotFound"],
  ])("answers 404 where Azure does not have it either: %s", async (_what, path, code) => {
    const answer = await arm.get(path);
    expect(answer.status).toBe(404);
    expect(answer.body.error.code).toBe(code);
  });

  it("answers 405 to a method that a path does not have", async () => {
    const answer = await arm.call("DELETE", SUBSCRIPTION);
    expect(answer.status).toBe(405);
    expect(answer.headers.get("Allow")).toBe("GET");
  });

  it.each([
    ["that is malformed", "/subscriptions/abc", 400, "InvalidSubscriptionId"],
    [
      "that nobody has",
      "/subscriptions/cccccccc-0000-4000-8000-000000000001",
      404,
      "SubscriptionNotFound",
    ],
  ])("refuses a subscription %s", async (_what, path, status, code) => {
    const answer = await arm.get(path);
    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(code);
  });

  it("refuses a path that is not percent-encoded UTF-8", async () => {
    expect((await arm.get("/subscriptions/%E0%A4%A")).status).toBe(400);
  });
});

describe("api-version", () => {
  it("is required", async () => {
    const answer = await arm.get("/subscriptions", { apiVersion: "" });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual({
      code: "MissingApiVersionParameter",
      message: "The api-version query parameter (?api-version=) is required for all requests.",
    });
  });

  it("must be one of the type's", async () => {
    const answer = await arm.get(`${BOTS}/contoso`, { apiVersion: "2019-01-01" });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual({
      code: "NoRegisteredProviderFound",
      message:
        "No registered resource provider found for location 'global' and API version '2019-01-01' for type 'botServices'. The supported api-versions are '2021-03-01, 2021-05-01-preview, 2022-06-15-preview, 2022-09-15, 2023-09-15-preview'. The supported locations are 'global'.",
    });
  });

  it("must be one of Resource Manager's for its own", async () => {
    const answer = await arm.get(GROUP, { apiVersion: "1999-01-01" });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe("InvalidApiVersionParameter");
  });
});

describe("every answer", () => {
  it("carries request ids and what is left of the allowance", async () => {
    const answer = await arm.get("/subscriptions", {
      headers: {
        "x-ms-correlation-request-id": "my-correlation",
        "x-ms-client-request-id": "my-request",
        "x-ms-return-client-request-id": "true",
      },
    });
    const { headers } = answer;
    expect(headers.get("x-ms-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("x-ms-correlation-request-id")).toBe("my-correlation");
    expect(headers.get("x-ms-client-request-id")).toBe("my-request");
    expect(headers.get("x-ms-routing-request-id")).toBe("LOCAL:20261123T100000Z:my-correlation");
    expect(headers.get("x-ms-ratelimit-remaining-subscription-reads")).toBe("11999");
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  it("carries them when it refuses as well", async () => {
    const answer = await arm.delete(GROUP, { token: null });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("x-ms-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get("x-ms-ratelimit-remaining-subscription-deletes")).toBe("14999");
  });

  it("before a route is reached is in the same envelope", async () => {
    const refusal = arm.service.refusal(429, "TooManyRequests", "Wait.");
    expect(refusal.status).toBe(429);
    expect(await refusal.json()).toEqual({ error: { code: "TooManyRequests", message: "Wait." } });
  });
});

describe("cloud metadata", () => {
  it("needs no token and points at the three origins", async () => {
    const answer = await arm.get("/metadata/endpoints", { apiVersion: "2022-09-01", token: null });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      name: "LocalCloud",
      authentication: {
        loginEndpoint: ORIGINS.login,
        audiences: [
          ORIGINS.arm,
          "https://management.core.windows.net/",
          "https://management.azure.com/",
        ],
        tenant: "common",
        identityProvider: "AAD",
      },
      resourceManager: ORIGINS.arm,
      microsoftGraphResourceId: ORIGINS.graph,
      suffixes: { storage: "storage.localhost", keyVaultDns: "vault.localhost:7005" },
    });
  });

  it("is a list in 2020-06-01 and has its first shape in 2015-01-01", async () => {
    const list = await arm.get("/metadata/endpoints", { apiVersion: "2020-06-01", token: null });
    expect(list.body.map(({ name }: { name: string }) => name)).toEqual(["LocalCloud"]);
    const first = await arm.get("/metadata/endpoints", { apiVersion: "2015-01-01", token: null });
    expect(first.body).toEqual({
      galleryEndpoint: `${ORIGINS.arm}/`,
      graphEndpoint: ORIGINS.graph,
      portalEndpoint: ORIGINS.arm,
      authentication: { loginEndpoint: `${ORIGINS.login}/`, audiences: [ORIGINS.arm] },
    });
  });

  it("refuses other versions", async () => {
    const answer = await arm.get("/metadata/endpoints", { apiVersion: "2000-01-01", token: null });
    expect(answer.body.error.code).toBe("InvalidApiVersionParameter");
  });
});

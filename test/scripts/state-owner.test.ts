import { describe, expect, it } from "vitest";
import { SUBSCRIPTION_ID, TENANT_ID } from "../../local-cloud/well-known.js";
import { refuseForeignState, refuseStateOfAnother, stateOwner } from "../../scripts/state-owner.js";

const azureTenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

function deployment(outputs: object, id = "") {
  return {
    resources: [
      { type: "pulumi:pulumi:Stack", outputs },
      { type: "x:y:Z", id },
    ],
  };
}

describe("the owner of a state", () => {
  it.each([
    ["the tenant among the stack's outputs", deployment({ bot: { tenantId: TENANT_ID } })],
    [
      "the subscription of a resource",
      deployment({}, `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/g`),
    ],
    ["the tenant in other case", deployment({ tenantId: TENANT_ID.toUpperCase() })],
  ])("is the local cloud by %s", (_what, state) => {
    expect(stateOwner(state)).toBe("local cloud");
  });

  it.each([
    ["the tenant among the stack's outputs", deployment({ tenantId: azureTenant })],
    ["the subscription of a resource", deployment({}, `/subscriptions/${azureTenant}`)],
    ["the tenant of a service principal", deployment({ applicationTenantId: azureTenant })],
  ])("is Azure by %s", (_what, state) => {
    expect(stateOwner(state)).toBe("azure");
  });

  it("is unknown while nothing is deployed", () => {
    expect(stateOwner({ manifest: {}, resources: undefined })).toBeUndefined();
    expect(stateOwner(deployment({ appId: azureTenant, tenantId: "[secret]" }))).toBeUndefined();
  });
});

it("a state is refused in the other place and accepted in its own", () => {
  const local = deployment({ tenantId: TENANT_ID });
  const azure = deployment({ tenantId: azureTenant });
  expect(() => refuseForeignState("dev", local, "local cloud")).not.toThrow();
  expect(() => refuseForeignState("dev", azure, "azure")).not.toThrow();
  expect(() => refuseForeignState("dev", {}, "azure")).not.toThrow();
  expect(() => refuseForeignState("dev", local, "azure")).toThrow(
    'The state of stack "dev" was made by the local cloud (its tenant is in it), so nothing of it exists in Azure.',
  );
  expect(() => refuseForeignState("dev", azure, "local cloud")).toThrow(
    'The state of stack "dev" was made against Azure (another tenant or subscription is in it), so the local cloud does not touch it.',
  );
});

it("a state is refused when it is another stack's, or another project's, or holds one resource of one", () => {
  const place = { project: "teams-calling-bot", stack: "dev" };
  const state = (...names: string[]) => ({
    resources: names.map((name) => ({ urn: `urn:pulumi:${name}::azuread:x:Y::bot` })),
  });
  expect(() => refuseStateOfAnother(place, state("dev::teams-calling-bot"))).not.toThrow();
  expect(() => refuseStateOfAnother(place, { resources: [] })).not.toThrow();
  expect(() => refuseStateOfAnother(place, undefined)).not.toThrow();
  expect(() => refuseStateOfAnother(place, state("prod::teams-calling-bot"))).toThrow(
    'The state of stack "dev" is that of teams-calling-bot/prod, not of teams-calling-bot/dev, and this program would delete all that is in it.',
  );
  expect(() => refuseStateOfAnother(place, state("dev::teams-calling-bot", "dev::other"))).toThrow(
    "is that of other/dev",
  );
});

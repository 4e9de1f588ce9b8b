// Made-up types that name each other, for what every reference between resources has in common.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArmError } from "../../../local-cloud/arm/mechanics/arm-error.js";
import type { ResourceType } from "../../../local-cloud/arm/mechanics/resource-type.js";
import { type ArmUnderTest, GROUP, startArm, withGroup } from "./arm-under-test.js";

const common = {
  namespace: "Microsoft.Web",
  apiVersions: ["2025-01-01"],
  nameRule: { pattern: /^[a-z]+$/, minLength: 1, maxLength: 20, says: "small letters" },
};
const street: ResourceType = {
  ...common,
  type: "streets",
  locations: ["westeurope", "northeurope"],
  longRunning: ["DELETE"],
  write: ({ body }) => ({ properties: { lanes: body["lanes"] ?? [] } }),
  parts: ({ properties }) => [properties["lanes"]].flat().map((lane) => `lanes/${lane}`),
  inUse: ({ names }, users) =>
    new ArmError(400, "StreetInUse", `${names.join("/")} is used by ${users.join(", ")}.`),
};
const crossing: ResourceType = { ...common, type: "streets/crossings", write: written };
const house: ResourceType = { ...common, type: "houses", write: written };

function written({ body }: { body: Readonly<Record<string, unknown>> }) {
  const { at, door, region } = body;
  if (typeof at !== "string") return { properties: {} };
  const from = typeof door === "string" ? { from: `doors/${door}` } : {};
  const location = typeof region === "string" ? { location: region } : {};
  return { properties: { at }, references: [{ id: at, path: "at", ...from, ...location }] };
}

const STREETS = `${GROUP}/providers/Microsoft.Web/streets`;
const MAIN = `${STREETS}/main`;
const HOUSE = `${GROUP}/providers/Microsoft.Web/houses/one`;
const version = { apiVersion: "2025-01-01" };

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm({ types: [street, crossing, house] });
  await withGroup(arm);
  await put(MAIN, { lanes: ["left"] });
});
afterEach(() => arm.stop());

const put = async (id: string, body: object) =>
  (await arm.put(id, { location: "westeurope", ...body }, version)).status;
const refusal = async (body: object) => {
  const answer = await arm.put(HOUSE, body, version);
  return [answer.status, answer.body.error.code, answer.body.error.message];
};

describe("a reference to another resource", () => {
  it("holds in any spelling of the id, and to a part of a resource as well", async () => {
    expect(await put(HOUSE, { at: MAIN.toUpperCase() })).toBe(201);
    expect(await put(HOUSE, { at: `${MAIN}/lanes/Left` })).toBe(200);
  });

  it.each([
    ["a resource", `${STREETS}/side`, "streets/side"],
    ["a part of a resource", `${MAIN}/lanes/right`, "streets/main/lanes/right"],
    ["a type that nobody has", `${GROUP}/providers/Microsoft.Web/lakes/one`, "lakes/one"],
  ])("to %s that is not there is refused", async (_what, at, name) => {
    expect(await refusal({ at })).toEqual([
      404,
      "ResourceNotFound",
      `The Resource 'Microsoft.Web/${name}' under resource group 'rg-bots' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    ]);
    expect((await arm.get(HOUSE, version)).status).toBe(404);
  });

  it("that must be in one region is refused when it is in another", async () => {
    await put(`${MAIN}/crossings/zebra`, {});
    for (const at of [MAIN, `${MAIN}/lanes/left`, `${MAIN}/crossings/zebra`]) {
      expect(await put(HOUSE, { at, region: "westeurope" })).toBeLessThan(300);
      expect((await refusal({ at, region: "northeurope" }))[1]).toBe("ResourceNotFound");
    }
  });

  it("that is no id is refused with the place where it stands", async () => {
    expect(await refusal({ at: "main" })).toEqual([
      400,
      "LinkedInvalidPropertyId",
      "Property id 'main' at path 'at' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.",
    ]);
  });
});

describe("a resource that is in use", () => {
  const refused = { status: 400, body: { error: { code: "StreetInUse" } } };

  it("stays while something refers to it or to a part of it", async () => {
    await put(HOUSE, { at: `${MAIN}/lanes/left`, door: "front" });
    const answer = await arm.delete(MAIN, version);
    expect(answer).toMatchObject(refused);
    expect(answer.body.error.message).toBe(`main is used by ${HOUSE}/doors/front.`);
    expect((await arm.get(MAIN, version)).body.properties.provisioningState).toBeUndefined();
  });

  it("may go when the reference is gone, or what refers to it", async () => {
    await put(HOUSE, { at: MAIN });
    await arm.restart();
    expect(await arm.delete(MAIN, version)).toMatchObject(refused);
    await put(HOUSE, {});
    expect((await arm.delete(MAIN, version)).status).toBe(202);
    await put(`${STREETS}/side`, {});
    await put(HOUSE, { at: `${STREETS}/side` });
    await arm.delete(HOUSE, version);
    expect((await arm.delete(`${STREETS}/side`, version)).status).toBe(202);
  });

  it("is not in use by what is nested in it, or by one whose name only begins the same", async () => {
    await put(`${MAIN}/crossings/zebra`, { at: MAIN });
    await put(`${MAIN}street`, {});
    await put(HOUSE, { at: `${MAIN}street` });
    expect((await arm.delete(MAIN, version)).status).toBe(202);
  });

  it("goes with its resource group all the same", async () => {
    await put(HOUSE, { at: MAIN });
    expect((await arm.delete(GROUP)).status).toBe(202);
    expect((await arm.get(MAIN, version)).status).toBe(404);
  });
});

// A made-up type that takes its time, for what every long-running type has in common.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArmError } from "../../../local-cloud/arm/mechanics/arm-error.js";
import type { ResourceType } from "../../../local-cloud/arm/mechanics/resource-type.js";
import { type ArmUnderTest, GROUP, startArm, withGroup } from "./arm-under-test.js";

const cloudHouse: ResourceType = {
  namespace: "Microsoft.Web",
  type: "houses",
  apiVersions: ["2025-01-01"],
  locations: ["westeurope"],
  nameRule: { pattern: /^[a-z]+$/, minLength: 1, maxLength: 20, says: "small letters" },
  longRunning: ["PUT", "DELETE"],
  write: ({ body }) => ({ properties: { rooms: body["rooms"], provisioningState: "Succeeded" } }),
  finished: ({ tags }) =>
    tags?.["cursed"] === undefined ? undefined : { code: "Cursed", message: "It fell down." },
  removing: ({ tags }) => {
    if (tags?.["locked"] !== undefined) throw new ArmError(409, "Locked", "The house is locked.");
  },
};
const HOUSE = `${GROUP}/providers/Microsoft.Web/houses/one`;
const version = { apiVersion: "2025-01-01" };

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm({ types: [cloudHouse], operationPolls: 2 });
  await withGroup(arm);
  await arm.post(`${GROUP.split("/resourceGroups")[0]}/providers/Microsoft.Web/register`);
});
afterEach(() => arm.stop());

describe("a long-running type", () => {
  it("is Creating until its operation has succeeded", async () => {
    const made = await arm.put(HOUSE, { location: "westeurope", rooms: 3 }, version);
    expect(made.status).toBe(201);
    expect(made.body.properties).toEqual({ rooms: 3, provisioningState: "Creating" });
    const operation = made.headers.get("Azure-AsyncOperation") ?? "";
    expect(made.headers.get("Retry-After")).toBe("1");
    expect(made.headers.get("Location")).toBeNull();
    const first = await arm.get(operation);
    expect(first.body).toEqual({
      id: new URL(operation).pathname,
      name: new URL(operation).pathname.split("/").at(-1),
      status: "InProgress",
      startTime: "2026-11-23T10:00:00.000Z",
    });
    expect(first.headers.get("Retry-After")).toBe("1");
    const last = await arm.get(operation);
    expect(last.body).toMatchObject({
      status: "Succeeded",
      endTime: "2026-11-23T10:00:00.000Z",
    });
    const { body } = await arm.get(HOUSE, version);
    expect(body.properties).toEqual({ rooms: 3, provisioningState: "Succeeded" });
  });

  it("is Deleting until its operation has succeeded", async () => {
    await arm.put(HOUSE, { location: "westeurope" }, version);
    const answer = await arm.delete(HOUSE, version);
    expect(answer.status).toBe(202);
    const location = answer.headers.get("Location") ?? "";
    expect((await arm.get(HOUSE, version)).body.properties.provisioningState).toBe("Deleting");
    const pending = await arm.get(location);
    expect(pending.status).toBe(202);
    expect(pending.headers.get("Location")).toBe(location);
    await arm.restart();
    expect((await arm.get(location)).status).toBe(200);
    expect((await arm.get(HOUSE, version)).status).toBe(404);
  });

  it("that is to go stays so when an older operation ends", async () => {
    const made = await arm.put(HOUSE, { location: "westeurope" }, version);
    await arm.delete(HOUSE, version);
    const operation = made.headers.get("Azure-AsyncOperation") ?? "";
    for (let poll = 0; poll < 2; poll++) await arm.get(operation);
    expect((await arm.get(HOUSE, version)).body.properties.provisioningState).toBe("Deleting");
  });

  it("that refuses to go keeps its whole resource group", async () => {
    await arm.put(HOUSE, { location: "westeurope", tags: { locked: "yes" } }, version);
    const answer = await arm.delete(GROUP);
    expect(answer.status).toBe(409);
    expect(answer.body.error.code).toBe("Locked");
    expect((await arm.get(GROUP)).body.properties.provisioningState).toBe("Succeeded");
    expect((await arm.get(HOUSE, version)).status).toBe(200);
  });

  it("that fails after it was taken is there as Failed, and its operation says why", async () => {
    const body = { location: "westeurope", tags: { cursed: "yes" } };
    const made = await arm.put(HOUSE, body, version);
    const operation = made.headers.get("Azure-AsyncOperation") ?? "";
    await arm.get(operation);
    const failed = { status: "Failed", error: { code: "Cursed", message: "It fell down." } };
    expect((await arm.get(operation)).body).toMatchObject(failed);
    await arm.restart();
    expect((await arm.get(operation)).body).toMatchObject(failed);
    expect((await arm.get(HOUSE, version)).body.properties.provisioningState).toBe("Failed");
    const again = await arm.put(HOUSE, { location: "westeurope" }, version);
    expect([again.status, again.body.properties.provisioningState]).toEqual([200, "Updating"]);
  });

  it("has operations of its own subscription only", async () => {
    const path = `${GROUP.split("/resourceGroups")[0]}/operationresults/nothing`;
    const answer = await arm.get(path);
    expect(answer.status).toBe(404);
    expect(answer.body.error.code).toBe("OperationNotFound");
  });
});

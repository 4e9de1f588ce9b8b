import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ContainerImages } from "../../../local-cloud/arm/container-registry/container-images.js";
import {
  formatImage,
  parseImage,
} from "../../../local-cloud/arm/container-registry/image-reference.js";
import { type ArmUnderTest, GROUP, SUBSCRIPTION, startArm, withGroup } from "./arm-under-test.js";

const REGISTRIES = `${GROUP}/providers/Microsoft.ContainerRegistry/registries`;
const CONTOSO = `${REGISTRIES}/Contoso`;
const version = { apiVersion: "2023-01-01-preview" };

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

const put = (properties: object = {}, sku = "Basic", id = CONTOSO) =>
  arm.put(id, { location: "westeurope", sku: { name: sku }, properties }, version);
const images = () => new ContainerImages(arm.context.store);

describe("a reference of an image", () => {
  it.each([
    ["nginx", "docker.io/library/nginx:latest"],
    ["bitnami/redis:7", "docker.io/bitnami/redis:7"],
    ["contoso.azurecr.io/team/bot:1.4.2", "contoso.azurecr.io/team/bot:1.4.2"],
    ["localhost:5000/bot", "localhost:5000/bot:latest"],
    [
      `ghcr.io/contoso/bot:1@sha256:${"0".repeat(64)}`,
      `ghcr.io/contoso/bot@sha256:${"0".repeat(64)}`,
    ],
  ])("is %s, in full %s", (text, full) => {
    const reference = parseImage(text);
    expect(reference === undefined ? undefined : formatImage(reference)).toBe(full);
  });

  it.each(["", "Bot", "contoso.azurecr.io/Bot:1", "bot:", "bot@sha256:1", "a b", "/bot"])(
    "is not '%s'",
    (text) => {
      expect(parseImage(text)).toBeUndefined();
    },
  );
});

describe("container registries", () => {
  it("have a login server, and are ready when their operation is over", async () => {
    const made = await put();
    expect(made.status).toBe(201);
    expect(made.body.properties.provisioningState).toBe("Creating");
    await arm.get(made.headers.get("Azure-AsyncOperation") ?? "");
    expect((await arm.get(CONTOSO, version)).body).toMatchObject({
      name: "Contoso",
      sku: { name: "Basic", tier: "Basic" },
      properties: {
        loginServer: "contoso.azurecr.io",
        provisioningState: "Succeeded",
        adminUserEnabled: false,
        anonymousPullEnabled: false,
        publicNetworkAccess: "Enabled",
        zoneRedundancy: "Disabled",
      },
    });
  });

  it.each([
    ["an unknown SKU", {}, "Classic", CONTOSO, "InvalidParameter"],
    [
      "a private registry of SKU Basic",
      { publicNetworkAccess: "Disabled" },
      "Basic",
      CONTOSO,
      "InvalidParameter",
    ],
    [
      "pulls by anybody from SKU Basic",
      { anonymousPullEnabled: true },
      "Basic",
      CONTOSO,
      "InvalidParameter",
    ],
    ["a name of four letters", {}, "Basic", `${REGISTRIES}/abcd`, "InvalidResourceName"],
    ["a name with a hyphen", {}, "Basic", `${REGISTRIES}/contoso-bots`, "InvalidResourceName"],
  ])("are refused with %s", async (_what, properties, sku, id, code) => {
    const answer = await put(properties, sku, id);
    expect([answer.status, answer.body.error.code]).toEqual([400, code]);
    expect((await arm.get(id, version)).status).toBe(404);
  });

  it("have a name that nobody else in Azure has", async () => {
    const check = async (name: string) => {
      const path = `${SUBSCRIPTION}/providers/Microsoft.ContainerRegistry/checkNameAvailability`;
      return (await arm.post(path, { name, type: "x" }, version)).body;
    };
    expect(await check("contoso")).toEqual({ nameAvailable: true });
    await put();
    expect(await check("contoso")).toMatchObject({ nameAvailable: false, reason: "AlreadyExists" });
    expect(await check("a-b")).toMatchObject({ nameAvailable: false, reason: "Invalid" });
    const other = `${SUBSCRIPTION}/resourceGroups/rg-other`;
    await arm.put(other, { location: "westeurope" });
    const taken = await put({}, "Basic", CONTOSO.replace(GROUP, other));
    expect([taken.status, taken.body.error.code]).toEqual([409, "AlreadyInUse"]);
    expect(taken.body.error.message).toContain("contoso.azurecr.io is already in use");
  });

  it("tell the admin's passwords only while there is one", async () => {
    await put();
    const list = () => arm.post(`${CONTOSO}/listCredentials`, {}, version);
    expect((await list()).body.error.code).toBe("UnAuthorizedForCredentialOperations");
    const made = await put({ adminUserEnabled: true });
    const { body } = await list();
    expect(body).toEqual({
      username: "Contoso",
      passwords: [
        { name: "password", value: expect.any(String) },
        { name: "password2", value: expect.any(String) },
      ],
    });
    expect(JSON.stringify(made.body)).not.toContain(body.passwords[0].value);
  });

  it("import images that are there, and lose all with themselves", async () => {
    await put();
    const take = (source: object, targetTags?: string[]) =>
      arm.post(`${CONTOSO}/importImage`, { source, targetTags }, version);
    expect((await take({ registryUri: "mcr.microsoft.com", sourceImage: "hello:1" })).status).toBe(
      200,
    );
    const again = { resourceId: CONTOSO, sourceImage: "hello:1" };
    expect((await take(again, ["bots/hello:2"])).status).toBe(200);
    const missing = await take({ resourceId: CONTOSO, sourceImage: "other:1" });
    expect([missing.status, missing.body.error.code]).toEqual([404, "ImageNotFound"]);
    images().declare("docker.io/library/gone:1", false);
    expect((await take({ sourceImage: "gone:1" })).status).toBe(404);
    expect((await take({ sourceImage: "Gone:1" })).body.error.code).toBe("InvalidParameter");
    expect(images().list()).toEqual([
      { image: "contoso.azurecr.io/bots/hello:2", present: true },
      { image: "contoso.azurecr.io/hello:1", present: true },
      { image: "docker.io/library/gone:1", present: false },
    ]);
    await arm.delete(CONTOSO, version);
    expect(images().list()).toEqual([{ image: "docker.io/library/gone:1", present: false }]);
  });
});

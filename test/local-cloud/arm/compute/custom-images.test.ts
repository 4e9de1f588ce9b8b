// Images of one's own, and whether machines may start from them.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArmUnderTest, GROUP, startArm, withGroup } from "../arm-under-test.js";
import { putDone, refusal } from "../network/network-bodies.js";
import { profile, scaleSetBody, VMSS, withSurroundings } from "./scale-set-bodies.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  await withSurroundings(arm);
});
afterEach(() => arm.stop());

const IMAGE = `${GROUP}/providers/Microsoft.Compute/images/golden`;
const GALLERY = `${GROUP}/providers/Microsoft.Compute/galleries/contoso`;
const DEFINITION = `${GALLERY}/images/bot`;
const VERSION = `${DEFINITION}/versions/1.0.0`;

const put = async (id: string, properties: object, location = "westeurope") => {
  const apiVersion = id.includes("/galleries/") ? "2024-03-03" : "2024-11-01";
  const answer = await arm.put(id, { location, properties }, { apiVersion });
  const operation = answer.headers.get("azure-asyncoperation");
  if (operation !== null) await arm.get(operation);
  return answer;
};
const osDisk = {
  osType: "Windows",
  osState: "Generalized",
  blobUri: "https://contoso.blob.core.windows.net/vhds/golden.vhd",
};
const image = (location?: string) =>
  put(IMAGE, { hyperVGeneration: "V2", storageProfile: { osDisk } }, location);
const definition = (properties: object = {}) =>
  put(DEFINITION, {
    osType: "Windows",
    osState: "Generalized",
    hyperVGeneration: "V2",
    identifier: { publisher: "contoso", offer: "bot", sku: "media" },
    ...properties,
  });
const version = (...regions: string[]) =>
  put(VERSION, {
    storageProfile: { source: { id: IMAGE } },
    publishingProfile: { targetRegions: regions.map((name) => ({ name })) },
  });
/** A scale set of an image, with or without Trusted Launch. */
const scaleSet = (id: string, trusted = true) => {
  const { securityProfile } = profile();
  const storageProfile = { imageReference: { id }, osDisk: { createOption: "FromImage" } };
  return scaleSetBody({
    storageProfile,
    ...(trusted ? { securityProfile } : { securityProfile: undefined }),
  });
};

describe("a managed image", () => {
  it("starts machines of its region, without Trusted Launch", async () => {
    await image();
    expect(refusal(await arm.put(VMSS, scaleSet(IMAGE)))[2]).toContain(
      "Use of TrustedLaunch setting",
    );
    const { body } = await putDone(arm, VMSS, scaleSet(IMAGE, false));
    expect(body.properties.virtualMachineProfile.storageProfile).toMatchObject({
      imageReference: { id: IMAGE },
      osDisk: { osType: "Windows", diskSizeGB: 127 },
    });
  });

  it("is not found where it is not", async () => {
    const missing = [
      404,
      "NotFound",
      `The Image '${IMAGE}' cannot be found in 'westeurope' region.`,
    ];
    expect(refusal(await arm.put(VMSS, scaleSet(IMAGE, false)))).toEqual(missing);
    await image("northeurope");
    expect(refusal(await arm.put(VMSS, scaleSet(IMAGE, false)))).toEqual(missing);
  });
});

describe("an image of a gallery", () => {
  const missing = (id: string) => [
    404,
    "GalleryImageNotFound",
    `The gallery image ${id} is not available in westeurope region. Please contact image owner to replicate to this region, or change your requested region.`,
  ];
  beforeEach(async () => {
    await image();
    await put(GALLERY, {});
  });

  it("starts machines where a version of it is", async () => {
    await definition();
    expect(refusal(await arm.put(VMSS, scaleSet(DEFINITION)))).toEqual(missing(DEFINITION));
    await version("North Europe");
    expect(refusal(await arm.put(VMSS, scaleSet(VERSION)))).toEqual(missing(VERSION));
    await version("North Europe", "West Europe");
    for (const id of [VERSION, DEFINITION]) {
      expect((await putDone(arm, VMSS, scaleSet(id))).ended.status).toBe("Succeeded");
    }
    expect(refusal(await arm.put(VMSS, scaleSet(GALLERY)))).toEqual(missing(GALLERY));
  });

  it("has Trusted Launch unless its definition says otherwise", async () => {
    await definition({ features: [{ name: "SecurityType", value: "Standard" }] });
    await version("westeurope");
    expect(refusal(await arm.put(VMSS, scaleSet(VERSION)))[1]).toBe("BadRequest");
    expect((await putDone(arm, VMSS, scaleSet(VERSION, false))).ended.status).toBe("Succeeded");
  });

  it("needs its source, and names for itself", async () => {
    await definition();
    const lost = { storageProfile: { source: { id: `${IMAGE}2` } } };
    expect(refusal(await put(VERSION, lost))[1]).toBe("ResourceNotFound");
    expect(refusal(await put(`${GALLERY}/images/other`, { osType: "Windows" }))[2]).toBe(
      "Required parameter 'galleryImage.properties.identifier.publisher' is missing (null).",
    );
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArmUnderTest, GROUP, SUBSCRIPTION, startArm, withGroup } from "../arm-under-test.js";
import { addressBody, deleteDone, NETWORK, PIP, putDone, refusal } from "./network-bodies.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

const OTHER = `${NETWORK}/publicIPAddresses/other`;
const PREFIX = `${NETWORK}/publicIPPrefixes/prefix`;
const labelled = { dnsSettings: { domainNameLabel: "contoso" } };
const available = async (label: string, location = "West Europe") => {
  const path = `${SUBSCRIPTION}/providers/Microsoft.Network/locations/${location}/CheckDnsNameAvailability`;
  return await arm.get(`${path}?domainNameLabel=${label}`);
};

describe("a public IP address", () => {
  it("has a documentation address and the name of its label, for good", async () => {
    const { answer, body } = await putDone(arm, PIP, addressBody(labelled, { zones: ["1", "2"] }));
    expect(answer.status).toBe(201);
    expect(body).toEqual({
      id: PIP,
      name: "pip",
      type: "Microsoft.Network/publicIPAddresses",
      location: "westeurope",
      etag: expect.any(String),
      sku: { name: "Standard", tier: "Regional" },
      zones: ["1", "2"],
      properties: {
        provisioningState: "Succeeded",
        resourceGuid: expect.any(String),
        ipAddress: "203.0.113.0",
        publicIPAddressVersion: "IPv4",
        publicIPAllocationMethod: "Static",
        idleTimeoutInMinutes: 4,
        dnsSettings: {
          domainNameLabel: "contoso",
          fqdn: "contoso.westeurope.cloudapp.azure.com",
        },
        ipTags: [],
      },
    });
    const again = await putDone(arm, PIP, body);
    expect(again.body.properties.ipAddress).toBe("203.0.113.0");
    expect((await putDone(arm, OTHER, addressBody())).body.properties.ipAddress).toBe(
      "203.0.113.1",
    );
    await deleteDone(arm, PIP);
    const third = await putDone(arm, `${NETWORK}/publicIPAddresses/third`, addressBody());
    expect(third.body.properties.ipAddress).toBe("203.0.113.0");
  });

  it("has its label alone in its region", async () => {
    expect((await available("contoso")).body).toEqual({ available: true });
    await putDone(arm, PIP, addressBody(labelled));
    expect((await available("contoso")).body).toEqual({ available: false });
    expect((await available("contoso", "northeurope")).body).toEqual({ available: true });
    expect(refusal(await arm.put(OTHER, addressBody(labelled)))).toEqual([
      400,
      "DnsRecordInUse",
      "DNS record contoso.westeurope.cloudapp.azure.com is already used by another public IP.",
    ]);
    const north = { ...addressBody(labelled), location: "northeurope" };
    expect((await putDone(arm, OTHER, north)).body.properties.dnsSettings.fqdn).toBe(
      "contoso.northeurope.cloudapp.azure.com",
    );
    await deleteDone(arm, PIP);
    expect((await available("contoso")).body).toEqual({ available: true });
    expect(refusal(await available("Contoso"))[1]).toBe("InvalidDomainNameLabel");
  });

  it("may come from a prefix, which it keeps", async () => {
    const prefix = {
      location: "westeurope",
      sku: { name: "Standard" },
      properties: { prefixLength: 31 },
    };
    const made = await putDone(arm, PREFIX, prefix);
    expect(made.body.properties).toMatchObject({ ipPrefix: "203.0.113.0/31", prefixLength: 31 });
    const within = addressBody({ publicIPPrefix: { id: PREFIX } });
    expect((await putDone(arm, PIP, within)).body.properties.ipAddress).toBe("203.0.113.0");
    expect((await putDone(arm, OTHER, within)).body.properties.ipAddress).toBe("203.0.113.1");
    const third = `${NETWORK}/publicIPAddresses/third`;
    expect(refusal(await arm.put(third, within))[1]).toBe("PublicIPPrefixExhausted");
    expect((await putDone(arm, third, addressBody())).body.properties.ipAddress).toBe(
      "203.0.113.2",
    );
    expect((await arm.get(PREFIX)).body.properties.publicIPAddresses).toEqual([
      { id: OTHER },
      { id: PIP },
    ]);
    expect(refusal(await arm.delete(PREFIX))[1]).toBe("InUsePublicIpPrefixCannotBeDeleted");
    expect(refusal(await arm.put(PREFIX, { ...prefix, properties: { prefixLength: 30 } }))[1]).toBe(
      "PublicIpPrefixLengthCannotBeChanged",
    );
    expect((await arm.delete(GROUP)).status).toBe(202);
  });

  it.each<
    [
      what: string,
      properties: Record<string, unknown>,
      more: Record<string, unknown>,
      code: string,
      message: string,
    ]
  >([
    [
      "of the sku Basic",
      {},
      { sku: { name: "Basic" } },
      "IPv4BasicSkuPublicIpCountLimitReached",
      "Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.",
    ],
    [
      "of no sku, which is Basic",
      {},
      { sku: undefined },
      "IPv4BasicSkuPublicIpCountLimitReached",
      "Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.",
    ],
    [
      "that is dynamic",
      { publicIPAllocationMethod: "Dynamic" },
      {},
      "StandardAndStandardV2SkuPublicIPAddressesMustBeStatic",
      `Standard sku publicIp ${PIP} must have AllocationMethod set to Static.`,
    ],
    [
      "with a label in capitals",
      { dnsSettings: { domainNameLabel: "Contoso" } },
      {},
      "InvalidDomainNameLabel",
      "The domain name label Contoso is invalid. It must conform to the following regular expression: ^[a-z][a-z0-9-]{1,61}[a-z0-9]$.",
    ],
    [
      "with a timeout of 3 minutes",
      { idleTimeoutInMinutes: 3 },
      {},
      "InvalidIdleTimeout",
      `Public IP address ${PIP} has invalid Idle Timeout. The value must be between 4 and 30.`,
    ],
    [
      "in zones that its region has not",
      {},
      { location: "westus", zones: ["1"] },
      "AvailabilityZoneNotSupported",
      "The zone(s) '1' for resource 'Microsoft.Network/publicIPAddresses/pip' is not supported. The supported zones for location 'westus' are ''",
    ],
    [
      "from a prefix that is not there",
      { publicIPPrefix: { id: PREFIX } },
      {},
      "InvalidResourceReference",
      `Resource ${PREFIX} referenced by resource ${PIP} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    ],
  ])("is refused %s", async (_what, properties, more, ...expected) => {
    expect(refusal(await arm.put(PIP, addressBody(properties, more)))).toEqual([400, ...expected]);
    expect((await arm.get(PIP)).status).toBe(404);
  });

  it("stays in its zones", async () => {
    await putDone(arm, PIP, addressBody({}, { zones: ["1", "2"] }));
    expect(refusal(await arm.put(PIP, addressBody({}, { zones: ["2", "1"] })))[0]).toBe(200);
    expect(refusal(await arm.put(PIP, addressBody()))).toEqual([
      400,
      "ResourceAvailabilityZonesCannotBeModified",
      `Resource ${PIP} has an existing availability zone constraint 1, 2 and the request has availability zone constraint NoZone, which do not match. Zones cannot be added/updated/removed once the resource is created. The resource cannot be updated from regional to zonal or vice-versa.`,
    ]);
  });
});

describe("locations/usages", () => {
  it("counts what there is in the region", async () => {
    await putDone(arm, PIP, addressBody());
    const { body } = await arm.get(
      `${SUBSCRIPTION}/providers/Microsoft.Network/locations/westeurope/usages`,
    );
    expect(body.value).toContainEqual({
      id: `${SUBSCRIPTION}/providers/Microsoft.Network/locations/westeurope/usages/StandardSkuPublicIpAddresses`,
      unit: "Count",
      currentValue: 1,
      limit: 1000,
      name: {
        value: "StandardSkuPublicIpAddresses",
        localizedValue: "Public IPv4 Addresses - Standard",
      },
    });
  });
});

// The machines of a scale set: how many, which go, which have the present model, and what fails them.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ComputeQuotas } from "../../../../local-cloud/arm/compute/quotas.js";
import { TENANT_ID } from "../../../../local-cloud/well-known.js";
import { type ArmUnderTest, GROUP, SUBSCRIPTION, startArm, withGroup } from "../arm-under-test.js";
import { deleteDone, NETWORK, putDone, refusal } from "../network/network-bodies.js";
import {
  extensionItem,
  IDENTITY,
  ipConfiguration,
  MACHINES,
  networkProfile,
  scaleSetBody,
  VMSS,
  withCapacity,
  withSurroundings,
} from "./scale-set-bodies.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  await withSurroundings(arm);
});
afterEach(() => arm.stop());

interface Machine {
  readonly instanceId: string;
  readonly zones?: string[];
  readonly properties: { readonly latestModelApplied: boolean };
}
const machines = async (): Promise<Machine[]> => (await arm.get(MACHINES)).body.value;
const ids = async () => (await machines()).map(({ instanceId }) => instanceId);
const scale = (capacity: number, settings = {}) =>
  putDone(arm, VMSS, scaleSetBody(settings, {}, withCapacity(capacity)));
const protect = async (id: string, protectFromScaleIn: boolean) => {
  const { body } = await arm.get(`${MACHINES}/${id}`);
  const properties = { ...body.properties, protectionPolicy: { protectFromScaleIn } };
  return await putDone(arm, `${MACHINES}/${id}`, { ...body, properties });
};

describe("the machines of a scale set", () => {
  it("are as many as its capacity, and made one after another", async () => {
    await scale(2);
    const [first] = await machines();
    expect(first).toMatchObject({
      id: `${MACHINES}/0`,
      name: "bots_0",
      type: "Microsoft.Compute/virtualMachineScaleSets/virtualMachines",
      instanceId: "0",
      location: "westeurope",
      sku: { name: "Standard_D4s_v5", tier: "Standard" },
      properties: {
        latestModelApplied: true,
        modelDefinitionApplied: "VirtualMachineScaleSet",
        vmId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        osProfile: { computerName: "bot000000", adminUsername: "hostadmin" },
        networkProfile: { networkInterfaces: [{ id: `${MACHINES}/0/networkInterfaces/nic` }] },
        provisioningState: "Succeeded",
      },
    });
    await scale(3);
    expect(await ids()).toEqual(["0", "1", "2"]);
    await scale(1);
    expect(await ids()).toEqual(["0"]);
    await scale(2);
    expect(await ids()).toEqual(["0", "3"]);
    const patched = await arm.patch(VMSS, { sku: { capacity: 1 } });
    expect([patched.status, patched.body.properties.provisioningState]).toEqual([200, "Updating"]);
    await arm.get(patched.headers.get("azure-asyncoperation") ?? "");
    expect(await ids()).toEqual(["0"]);
    await scale(0);
    expect(await ids()).toEqual([]);
    expect((await arm.get(`${MACHINES}/0`)).status).toBe(404);
  });

  it("stay while they are protected, and a set does not shrink below them", async () => {
    await scale(3);
    const { body } = await protect("2", true);
    expect(body.properties.protectionPolicy).toEqual({
      protectFromScaleIn: true,
      protectFromScaleSetActions: false,
    });
    await scale(1);
    expect(await ids()).toEqual(["2"]);
    expect(refusal(await arm.put(VMSS, scaleSetBody({}, {}, withCapacity(0))))).toEqual([
      409,
      "OperationNotAllowed",
      `The virtual machine scale set ${VMSS} cannot be scaled in to 0: 1 of its instances are protected from scale-in.`,
    ]);
    await protect("2", false);
    await scale(0);
    expect(await ids()).toEqual([]);
  });

  it("go when a person names them, protected or not, and the set does not make others", async () => {
    await scale(3);
    await protect("1", true);
    const remove = (instanceIds: string[]) => arm.post(`${VMSS}/delete`, { instanceIds });
    expect(refusal(await remove(["1", "7"]))[1]).toBe("InvalidParameter");
    const answer = await remove(["1"]);
    expect(answer.status).toBe(202);
    await arm.get(answer.headers.get("azure-asyncoperation") ?? "");
    expect(await ids()).toEqual(["0", "2"]);
    expect((await arm.get(VMSS)).body.sku.capacity).toBe(2);
    await scale(3);
    expect(await ids()).toEqual(["0", "2", "3"]);
  });

  it("are spread over zones, and leave the fullest zone first, by the rule of the set", async () => {
    const zones = { zones: ["1", "2"] };
    const oldest = { scaleInPolicy: { rules: ["OldestVM"] } };
    const put = (capacity: number) =>
      putDone(arm, VMSS, scaleSetBody({}, oldest, { ...zones, ...withCapacity(capacity) }));
    await put(3);
    expect((await machines()).map((machine) => machine.zones)).toEqual([["1"], ["2"], ["1"]]);
    await put(2);
    expect(await ids()).toEqual(["1", "2"]);
  });

  it("keep their model in manual mode until they are upgraded", async () => {
    await scale(2);
    const current = async () =>
      (await machines()).map(({ properties }) => properties.latestModelApplied);
    expect(await current()).toEqual([true, true]);
    await scale(2, { userData: "AAAA" });
    expect(await current()).toEqual([false, false]);
    await scale(2);
    expect(await current()).toEqual([true, true]);
    const pool = ipConfiguration({ loadBalancerBackendAddressPools: [] });
    await scale(2, { networkProfile: networkProfile({}, pool) });
    expect(await current()).toEqual([false, false]);
    const poolUsers = async () =>
      (await arm.get(`${NETWORK}/loadBalancers/lb`)).body.properties.backendAddressPools[0]
        .properties.backendIPConfigurations;
    expect(await poolUsers()).toHaveLength(2);
    const upgrade = (instanceIds: string[]) => arm.post(`${VMSS}/manualupgrade`, { instanceIds });
    expect((await upgrade(["0"])).status).toBe(202);
    expect(await current()).toEqual([true, false]);
    expect(refusal(await upgrade(["7"]))).toEqual([
      400,
      "InvalidParameter",
      "The provided instanceId 7 is not an active Virtual Machine Scale Set VM instanceId.",
    ]);
    await upgrade(["*"]);
    expect(await current()).toEqual([true, true]);
    expect(await poolUsers()).toBeUndefined();
  });

  it("follow by themselves in automatic mode", async () => {
    const automatic = { upgradePolicy: { mode: "Automatic" } };
    await putDone(arm, VMSS, scaleSetBody({}, automatic));
    const none = ipConfiguration({ loadBalancerBackendAddressPools: [] });
    await putDone(arm, VMSS, scaleSetBody({ networkProfile: networkProfile({}, none) }, automatic));
    expect((await machines()).every(({ properties }) => properties.latestModelApplied)).toBe(true);
  });

  it("are changed in their protection and nothing else, and not made by hand", async () => {
    await scale(1);
    const { body } = await arm.get(`${MACHINES}/0`);
    const changed = { ...body, properties: { ...body.properties, osProfile: {} } };
    expect(refusal(await arm.put(`${MACHINES}/0`, changed))[0]).toBe(501);
    expect(refusal(await arm.put(`${MACHINES}/5`, body)).slice(0, 2)).toEqual([404, "NotFound"]);
  });

  it("have public addresses of their own, which come back when they go", async () => {
    await scale(2);
    const other = `${NETWORK}/publicIPAddresses/other`;
    const address = {
      location: "westeurope",
      sku: { name: "Standard" },
      properties: { publicIPAllocationMethod: "Static" },
    };
    const next = async () => {
      const { body } = await putDone(arm, other, address);
      await deleteDone(arm, other);
      return body.properties.ipAddress;
    };
    expect(await next()).toBe("203.0.113.3");
    await scale(0);
    expect(await next()).toBe("203.0.113.1");
  });
});

describe("quotas of vCPUs", () => {
  const limit = (name: string, cores: number) =>
    new ComputeQuotas(arm.context.store).setLimit("westeurope", name, cores);
  const usages = async () => {
    const path = `${SUBSCRIPTION}/providers/Microsoft.Compute/locations/westeurope/usages`;
    const { body } = await arm.get(path);
    return (name: string) =>
      body.value.find((one: { name: { value: string } }) => one.name.value === name);
  };

  it("are counted by family and region, and refuse what is too much", async () => {
    limit("standardDSv5Family", 10);
    await scale(2);
    expect((await usages())("standardDSv5Family")).toEqual({
      limit: 10,
      unit: "Count",
      currentValue: 8,
      name: { value: "standardDSv5Family", localizedValue: "Standard DSv5 Family vCPUs" },
    });
    const refused = await arm.put(VMSS, scaleSetBody({}, {}, withCapacity(3)));
    expect(refusal(refused).slice(0, 2)).toEqual([409, "OperationNotAllowed"]);
    expect(refused.body.error.message).toContain(
      "Operation could not be completed as it results in exceeding approved standardDSv5Family Cores quota. Additional details - Deployment Model: Resource Manager, Location: westeurope, Current Limit: 10, Current Usage: 8, Additional Required: 4, (Minimum) New Limit Required: 12.",
    );
    expect(await ids()).toEqual(["0", "1"]);
    expect(
      (await putDone(arm, VMSS, scaleSetBody({}, {}, withCapacity(5, "Standard_D2s_v5")))).ended
        .status,
    ).toBe("Succeeded");
  });

  it("have one for the whole region, and what is there may stay when it is lowered", async () => {
    await scale(2);
    limit("cores", 4);
    expect((await scale(2)).ended.status).toBe("Succeeded");
    const refused = await arm.put(VMSS, scaleSetBody({}, {}, withCapacity(3)));
    expect(refused.body.error.message).toContain("approved Total Regional Cores quota");
    expect((await usages())("cores").currentValue).toBe(8);
  });

  it("do not hold Spot machines to those of regular ones", async () => {
    limit("standardDSv5Family", 0);
    limit("lowPriorityCores", 4);
    const spot = (capacity: number) =>
      scaleSetBody({ priority: "Spot" }, {}, withCapacity(capacity));
    expect((await arm.put(VMSS, spot(2))).body.error.message).toContain(
      "approved LowPriority Cores",
    );
    expect((await putDone(arm, VMSS, spot(1))).body.properties.virtualMachineProfile).toMatchObject(
      {
        priority: "Spot",
        evictionPolicy: "Deallocate",
        billingProfile: { maxPrice: -1 },
      },
    );
  });
});

describe("a certificate from a vault", () => {
  const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/contoso-kv`;
  const USER_ROLE = "4633458b-17de-408a-b874-0445c86b69e6";
  let clientId = "";
  let principalId = "";
  let url = "";
  beforeEach(async () => {
    ({ clientId, principalId } = (await arm.get(IDENTITY)).body.properties);
    const properties = {
      tenantId: TENANT_ID,
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
    };
    const options = { apiVersion: "2024-11-01" };
    const made = await arm.put(VAULT, { location: "westeurope", properties }, options);
    await arm.get(made.headers.get("azure-asyncoperation") ?? "");
    url = `${made.body.properties.vaultUri}secrets/media`;
  });
  const addSecret = () =>
    arm.put(
      `${VAULT}/secrets/media`,
      { properties: { value: "pfx" } },
      { apiVersion: "2024-11-01" },
    );
  const grant = () =>
    arm.put(
      `${VAULT}/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-4000-8000-000000000009`,
      {
        properties: {
          principalId,
          principalType: "ServicePrincipal",
          roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${USER_ROLE}`,
        },
      },
      { apiVersion: "2022-04-01" },
    );
  const extension = (management = {}, authentication = {}) =>
    extensionItem("Certificates", "Microsoft.Azure.KeyVault", "KeyVaultForWindows", "3.0", {
      settings: {
        secretsManagementSettings: {
          pollingIntervalInS: "3600",
          requireInitialSync: true,
          observedCertificates: [
            { url, certificateStoreName: "MY", certificateStoreLocation: "LocalMachine" },
          ],
          ...management,
        },
        authenticationSettings: { msiClientId: clientId, ...authentication },
      },
    });
  const put = async (item: object, capacity = 1) => {
    const settings = { extensionProfile: { extensions: [item] } };
    const { ended, body } = await putDone(
      arm,
      VMSS,
      scaleSetBody(settings, {}, withCapacity(capacity)),
    );
    return { error: ended.error, state: body.properties.provisioningState };
  };

  it("fails the machines while it cannot be read, and is there with the next try", async () => {
    await addSecret();
    const { error, state } = await put(extension());
    expect(state).toBe("Failed");
    expect(error.code).toBe("VMExtensionProvisioningError");
    expect(error.message).toContain(
      `VM has reported a failure when processing extension 'Certificates' (publisher 'Microsoft.Azure.KeyVault' and type 'KeyVaultForWindows'). Error message: 'Failed to fetch certificate from ${url}: Status 403, Code Forbidden, Caller is not authorized to perform action on resource.`,
    );
    expect((await grant()).status).toBe(201);
    expect(await put(extension())).toEqual({ error: undefined, state: "Succeeded" });
  });

  it("must be in the vault", async () => {
    await grant();
    const { error } = await put(extension());
    expect(error.message).toContain(
      `Failed to fetch certificate from ${url}: Status 404, Code SecretNotFound`,
    );
    const elsewhere = extension({
      observedCertificates: [{ url: `${url.replace("contoso-kv", "other")}` }],
    });
    expect((await put(elsewhere)).error.message).toContain("Status 404");
  });

  it("is not waited for without requireInitialSync, without machines, or when failures do not count", async () => {
    expect((await put(extension({ requireInitialSync: false }))).state).toBe("Succeeded");
    await deleteDone(arm, VMSS);
    expect((await put(extension(), 0)).state).toBe("Succeeded");
    const item = extension();
    expect(
      (await put({ ...item, properties: { ...item.properties, suppressFailures: true } })).state,
    ).toBe("Succeeded");
  });

  it.each<[what: string, item: () => object, report: string]>([
    [
      "a polling interval as a number",
      () => extension({ pollingIntervalInS: 3600 }),
      "Failed to parse the configuration settings with: 'not a string'",
    ],
    [
      "a certificate as a text",
      () => extension({ observedCertificates: [url] }),
      "Failed to parse the configuration settings with: 'not an object'",
    ],
    [
      "a store in the wrong case",
      () =>
        extension({ observedCertificates: [{ url, certificateStoreLocation: "localmachine" }] }),
      "Failed to parse the configuration settings with: 'certificateStoreLocation 'localmachine' is neither LocalMachine nor CurrentUser'",
    ],
    [
      "an identity that the machines have not",
      () => extension({}, { msiClientId: "ffffffff-0000-4000-8000-000000000000" }),
      "Failed to get a token: Identity not found",
    ],
  ])("fails with %s", async (_what, item, report) => {
    await addSecret();
    await grant();
    expect((await put(item())).error.message).toContain(report);
  });
});

// Vaults as resources: their names, what they may say, and that deleting one is not the end of it.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import {
  type ArmUnderTest,
  GROUP,
  ORIGINS,
  SUBSCRIPTION,
  startArm,
  vaultBody,
  withGroup,
} from "./arm-under-test.js";

const VAULTS = `${GROUP}/providers/Microsoft.KeyVault/vaults`;
const VAULT = `${VAULTS}/contoso-kv`;
const PROVIDER = `${SUBSCRIPTION}/providers/Microsoft.KeyVault`;
const DELETED = `${PROVIDER}/locations/westeurope/deletedVaults/contoso-kv`;

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

/** A vault that is ready. */
async function made(properties: Record<string, unknown> = {}, id = VAULT) {
  const answer = await arm.put(id, vaultBody(properties));
  expect(answer.status).toBe(201);
  await arm.get(answer.headers.get("azure-asyncoperation") ?? "");
  return (await arm.get(id)).body;
}

describe("a vault", () => {
  it("is made, and says where it answers", async () => {
    expect(await made({ enablePurgeProtection: true, publicNetworkAccess: "enabled" })).toEqual({
      id: VAULT,
      name: "contoso-kv",
      type: "Microsoft.KeyVault/vaults",
      location: "westeurope",
      properties: {
        sku: { family: "A", name: "standard" },
        tenantId: TENANT_ID,
        accessPolicies: [],
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        publicNetworkAccess: "Enabled",
        vaultUri: `${ORIGINS.vault}/contoso-kv/`,
        provisioningState: "Succeeded",
      },
    });
  });

  it("keeps its rules for addresses, written as ranges", async () => {
    const networkAcls = {
      defaultAction: "Deny",
      ipRules: [{ value: "203.0.113.7" }, { value: "198.51.100.0/24" }],
    };
    expect((await made({ networkAcls })).properties.networkAcls).toEqual({
      bypass: "AzureServices",
      defaultAction: "Deny",
      ipRules: [{ value: "203.0.113.7/32" }, { value: "198.51.100.0/24" }],
      virtualNetworkRules: [],
    });
  });

  it.each([
    ["ab"],
    ["a-name-of-twenty-five-chars"],
    ["1contoso"],
    ["contoso-"],
    ["contoso--kv"],
    ["contoso_kv"],
  ])("is not called %s", async (name) => {
    const answer = await arm.put(`${VAULTS}/${name}`, vaultBody());
    expect([answer.status, answer.body.error]).toEqual([
      400,
      {
        code: "VaultNameNotValid",
        message: `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742`,
      },
    ]);
  });

  it.each([
    ["no tenant", { tenantId: null }, "tenantId"],
    ["no sku", { sku: null }, "sku"],
    ["an unknown sku", { sku: { family: "A", name: "gold" } }, "sku"],
    [
      "neither roles nor policies",
      { enableRbacAuthorization: false },
      "accessPolicies is not specified",
    ],
    [
      "a policy for a name",
      { accessPolicies: [{ tenantId: TENANT_ID, objectId: "me", permissions: {} }] },
      "accessPolicies",
    ],
    [
      "an unknown permission",
      {
        accessPolicies: [
          { tenantId: TENANT_ID, objectId: TENANT_ID, permissions: { secrets: ["read"] } },
        ],
      },
      "permissions.secrets",
    ],
    ["no soft delete", { enableSoftDelete: false }, "enableSoftDelete"],
    ["purge protection off", { enablePurgeProtection: false }, "enablePurgeProtection"],
    ["6 days of retention", { softDeleteRetentionInDays: 6 }, "softDeleteRetentionInDays"],
    ["91 days of retention", { softDeleteRetentionInDays: 91 }, "softDeleteRetentionInDays"],
    [
      "a private address",
      { networkAcls: { ipRules: [{ value: "10.1.2.3" }] } },
      "Invalid value found at properties.networkAcls.ipRules[0].value: 10.1.2.3/32 belongs to forbidden range 10.0.0.0–10.255.255.255 (private IP addresses)",
    ],
    [
      "half a range",
      { networkAcls: { ipRules: [{ value: "203.0.113.7/24" }] } },
      "neither an IPv4 address",
    ],
    [
      "an unknown default",
      { networkAcls: { defaultAction: "Refuse" } },
      "networkAcls.defaultAction",
    ],
    [
      "a network for a subnet",
      { networkAcls: { virtualNetworkRules: [{ id: GROUP }] } },
      "no subnet",
    ],
    ["an unknown access", { publicNetworkAccess: "Perhaps" }, "publicNetworkAccess"],
  ])("is refused with %s", async (_what, change, says) => {
    const answer = await arm.put(VAULT, vaultBody(change));
    expect([answer.status, answer.body.error.code]).toEqual([400, "BadRequest"]);
    expect(answer.body.error.message).toContain(says);
  });

  it("is refused with what the local cloud does not have", async () => {
    const unknown = await arm.put(VAULT, vaultBody({ soGood: true }));
    expect(unknown.status).toBe(501);
    expect(unknown.body.error.message).toContain("properties.soGood");
  });

  it("needs the subnets that it names, and their service endpoint", async () => {
    const network = `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet`;
    const id = `${network}/subnets/bots`;
    const rules = (rule: object = {}) =>
      vaultBody({ networkAcls: { virtualNetworkRules: [{ id, ...rule }] } });
    const missing = await arm.put(VAULT, rules());
    expect([missing.status, missing.body.error.code]).toEqual([404, "ResourceNotFound"]);
    const putNetwork = (subnet: object) =>
      arm.put(network, {
        location: "westeurope",
        properties: {
          addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
          subnets: [{ name: "bots", properties: { addressPrefix: "10.0.0.0/24", ...subnet } }],
        },
      });
    await putNetwork({});
    const closed = await arm.put(VAULT, rules());
    expect([closed.status, closed.body.error.code]).toEqual([400, "VirtualNetworkNotValid"]);
    expect(closed.body.error.message).toContain(
      `Error Code: SubnetsHaveNoServiceEndpointsConfigured. Error Message: Subnets bots of virtual network ${network} do not have ServiceEndpoints for Microsoft.KeyVault resources configured.`,
    );
    expect((await arm.put(VAULT, rules({ ignoreMissingVnetServiceEndpoint: true }))).status).toBe(
      201,
    );
    await putNetwork({ serviceEndpoints: [{ service: "Microsoft.KeyVault" }] });
    expect((await arm.put(VAULT, rules())).body.properties.networkAcls.virtualNetworkRules).toEqual(
      [{ id }],
    );
  });

  it("cannot take back purge protection or its days", async () => {
    await made({ enablePurgeProtection: true, softDeleteRetentionInDays: 7 });
    const days = await arm.put(VAULT, vaultBody({ softDeleteRetentionInDays: 8 }));
    expect(days.body.error.message).toBe(
      'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
    );
    const off = await arm.put(VAULT, vaultBody({ enablePurgeProtection: false }));
    expect(off.body.error.message).toContain("irreversible");
    const silent = await arm.put(VAULT, vaultBody());
    expect(silent.body.properties).toMatchObject({
      enablePurgeProtection: true,
      softDeleteRetentionInDays: 7,
    });
  });

  it("has a name that is taken everywhere", async () => {
    await made();
    const other = `${SUBSCRIPTION}/resourceGroups/rg-other`;
    await arm.put(other, { location: "westeurope" });
    const answer = await arm.put(
      `${other}/providers/Microsoft.KeyVault/vaults/Contoso-KV`,
      vaultBody(),
    );
    expect([answer.status, answer.body.error.code]).toEqual([409, "VaultAlreadyExists"]);
    expect(answer.body.error.message).toContain("The vault name 'Contoso-KV' is already in use.");
  });
});

describe("a deleted vault", () => {
  it("keeps its name until it is recovered, with all it had", async () => {
    const before = await made({ softDeleteRetentionInDays: 7, enabledForDeployment: true });
    await arm.put(`${VAULT}/secrets/media`, { properties: { value: "one" } });
    expect((await arm.delete(VAULT)).status).toBe(200);
    expect((await arm.get(VAULT)).status).toBe(404);
    const again = await arm.put(VAULT, vaultBody());
    expect([again.status, again.body.error]).toEqual([
      409,
      {
        code: "ConflictError",
        message:
          "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
      },
    ]);
    expect((await arm.get(DELETED)).body).toEqual({
      id: DELETED,
      name: "contoso-kv",
      type: "Microsoft.KeyVault/deletedVaults",
      properties: {
        vaultId: VAULT,
        location: "westeurope",
        deletionDate: "2026-11-23T10:00:00.000Z",
        scheduledPurgeDate: "2026-11-30T10:00:00.000Z",
      },
    });
    expect((await made({ createMode: "recover" })).properties).toEqual(before.properties);
    expect((await arm.get(`${VAULT}/secrets/media`)).status).toBe(200);
    expect((await arm.get(`${PROVIDER}/deletedVaults`)).body.value).toEqual([]);
  });

  it("goes with its resource group, and is there for the next one", async () => {
    await made();
    const deletion = await arm.delete(GROUP);
    await arm.get(deletion.headers.get("location") ?? "");
    await withGroup(arm);
    expect((await arm.put(VAULT, vaultBody())).body.error.code).toBe("ConflictError");
    expect((await arm.get(`${PROVIDER}/deletedVaults`)).body.value).toHaveLength(1);
  });

  it("is purged on request, and then a new one has nothing of it", async () => {
    await made();
    await arm.put(`${VAULT}/secrets/media`, { properties: { value: "one" } });
    await arm.delete(VAULT);
    const purged = await arm.post(`${DELETED}/purge`);
    expect(purged.status).toBe(202);
    const poll = await arm.get(purged.headers.get("location") ?? "");
    expect(poll.status).toBe(200);
    expect((await arm.get(DELETED)).body.error.code).toBe("DeletedVaultNotFound");
    await made();
    expect((await arm.get(`${VAULT}/secrets/media`)).status).toBe(404);
  });

  it("with purge protection waits for its day", async () => {
    await made({ enablePurgeProtection: true, softDeleteRetentionInDays: 7 });
    await arm.delete(VAULT);
    const refused = await arm.post(`${DELETED}/purge`);
    expect([refused.status, refused.body.error]).toEqual([
      405,
      { code: "MethodNotAllowed", message: "Operation 'DeletedVaultPurge' is not allowed." },
    ]);
    arm.clock.now = new Date("2026-11-30T10:00:00Z");
    await made();
  });

  it("is recovered only where it was, and only if there is one", async () => {
    const none = await arm.put(VAULT, vaultBody({ createMode: "recover" }));
    expect([none.status, none.body.error.code]).toEqual([404, "DeletedVaultNotFound"]);
    await made();
    await arm.delete(VAULT);
    const moved = { ...vaultBody({ createMode: "recover" }), location: "northeurope" };
    expect((await arm.put(VAULT, moved)).body.error.code).toBe("ConflictError");
  });
});

describe("the check of a name", () => {
  const check = async (name: string) =>
    (
      await arm.post(`${PROVIDER}/checkNameAvailability`, {
        name,
        type: "Microsoft.KeyVault/vaults",
      })
    ).body;

  it("says what is wrong with it", async () => {
    expect(await check("contoso-kv")).toEqual({ nameAvailable: true });
    expect(await check("1")).toMatchObject({ nameAvailable: false, reason: "AccountNameInvalid" });
    await made();
    expect(await check("contoso-kv")).toMatchObject({
      nameAvailable: false,
      reason: "AlreadyExists",
    });
    await arm.delete(VAULT);
    expect(await check("contoso-kv")).toMatchObject({
      nameAvailable: false,
      reason: "AlreadyExists",
    });
  });
});

describe("a secret", () => {
  const SECRET = `${VAULT}/secrets/media`;

  it("is written and never shown; each write is a version", async () => {
    await made();
    const first = await arm.put(SECRET, {
      properties: { value: "one", contentType: "text/plain", attributes: { exp: 2000000000 } },
      tags: { for: "bot" },
    });
    expect(first.status).toBe(201);
    const uri = `${ORIGINS.vault}/contoso-kv/secrets/media`;
    expect(first.body).toEqual({
      id: SECRET,
      name: "media",
      type: "Microsoft.KeyVault/vaults/secrets",
      location: "westeurope",
      tags: { for: "bot" },
      properties: {
        attributes: { enabled: true, exp: 2000000000, created: 1795428000, updated: 1795428000 },
        contentType: "text/plain",
        secretUri: uri,
        secretUriWithVersion: expect.stringMatching(new RegExp(`^${uri}/[0-9a-f]{32}$`)),
      },
    });
    const second = await arm.put(SECRET, { properties: { value: "two" } });
    expect(second.body.properties.secretUriWithVersion).not.toBe(
      first.body.properties.secretUriWithVersion,
    );
    expect(JSON.stringify((await arm.get(SECRET)).body)).not.toContain("two");
    const patched = await arm.patch(SECRET, { properties: { attributes: { enabled: false } } });
    expect(patched.body.properties.attributes.enabled).toBe(false);
    expect(patched.body.properties.secretUriWithVersion).toBe(
      second.body.properties.secretUriWithVersion,
    );
    expect((await arm.get(`${VAULT}/secrets`)).body.value).toHaveLength(1);
  });

  it("cannot be deleted here, needs a value, a name and its vault", async () => {
    expect((await arm.put(SECRET, { properties: { value: "one" } })).body.error.code).toBe(
      "ParentResourceNotFound",
    );
    await made();
    expect((await arm.put(SECRET, { properties: {} })).status).toBe(400);
    expect((await arm.put(`${VAULT}/secrets/a_b`, { properties: { value: "x" } })).status).toBe(
      400,
    );
    await arm.put(SECRET, { properties: { value: "one" } });
    expect((await arm.delete(SECRET)).status).toBe(405);
  });
});

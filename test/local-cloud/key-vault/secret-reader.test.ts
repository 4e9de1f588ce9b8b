// What other parts of Azure are told when they read a secret in the name of an identity.
import { afterEach, beforeEach, expect, it } from "vitest";
import { readSecret } from "../../../local-cloud/key-vault/secret-reader.js";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import {
  type ArmUnderTest,
  GROUP,
  IDENTITIES,
  ORIGINS,
  SUBSCRIPTION,
  startArm,
  vaultBody,
  withGroup,
} from "../arm/arm-under-test.js";

const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/contoso-kv`;
const uri = `${ORIGINS.vault}/contoso-kv/secrets/media`;

let arm: ArmUnderTest;
let principalId: string;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  const identity = await arm.put(`${IDENTITIES}/uami-calls`, { location: "westeurope" });
  principalId = identity.body.properties.principalId;
});
afterEach(() => arm.stop());

const makeVault = (properties: Record<string, unknown> = {}) =>
  arm.put(VAULT, vaultBody(properties));
const makeSecret = () => arm.put(`${VAULT}/secrets/media`, { properties: { value: "one" } });
const mayRead = () =>
  arm.put(`${VAULT}/providers/Microsoft.Authorization/roleAssignments/${TENANT_ID}`, {
    properties: {
      principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6`,
    },
  });
const read = (question: Partial<Parameters<typeof readSecret>[1]> = {}) =>
  readSecret(arm.context, { uri, principalId, ...question });

it("is found once the vault, the role and the secret are there, and the role has spread", async () => {
  expect(read()).toMatchObject({ status: 404, code: "VaultNotFound" });
  await makeVault();
  expect(read()).toMatchObject({ status: 403, code: "Forbidden" });
  arm.context.replication.spreadRolesAfter(30);
  await mayRead();
  expect(read()).toMatchObject({ status: 403, code: "Forbidden" });
  arm.clock.now = new Date("2026-11-23T10:00:30Z");
  expect(read()).toMatchObject({ status: 404, code: "SecretNotFound" });
  await makeSecret();
  expect(read()).toMatchObject({ vault: { id: VAULT }, secret: { value: "one" } });
});

it("is found by either form of its address, and with its version", async () => {
  await makeVault();
  await mayRead();
  const { secretUriWithVersion } = (await makeSecret()).body.properties;
  expect(read({ uri: secretUriWithVersion })).toHaveProperty("secret");
  expect(read({ uri: "https://Contoso-KV.vault.localhost:7005/secrets/media" })).toHaveProperty(
    "secret",
  );
  expect(read({ uri: `${uri}/0` })).toMatchObject({ code: "SecretNotFound" });
  expect(read({ uri: "https://contoso-kv.vault.azure.net/secrets/media" })).toMatchObject({
    code: "VaultNotFound",
  });
  expect(read({ uri: "media" })).toMatchObject({ code: "VaultNotFound" });
});

it("is found from where the vault's network rules let it be", async () => {
  await makeVault({
    networkAcls: { bypass: "None", defaultAction: "Deny", ipRules: [{ value: "203.0.113.0/24" }] },
  });
  await mayRead();
  await makeSecret();
  expect(read()).toMatchObject({ code: "Forbidden" });
  expect(read({ from: { trustedService: true } })).toMatchObject({ code: "Forbidden" });
  expect(read({ from: { address: "203.0.114.1" } })).toMatchObject({ code: "Forbidden" });
  expect(read({ from: { address: "203.0.113.9" } })).toHaveProperty("secret");
  await makeVault({ networkAcls: { defaultAction: "Deny" } });
  expect(read({ from: { trustedService: true } })).toHaveProperty("secret");
});

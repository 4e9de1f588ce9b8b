// What sites and container apps read from a vault: secrets in the name of an identity, certificates as App Service itself.
import { X509Certificate } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putSecret } from "../../../local-cloud/key-vault/vault-store.js";
import { APP_SERVICE_PRINCIPAL_ID } from "../../../local-cloud/well-known.js";
import { testCertificate } from "../../support/test-certificates.js";
import {
  type ArmUnderTest,
  GROUP,
  IDENTITIES,
  ORIGINS,
  putToEnd,
  SUBSCRIPTION,
  startArm,
  vaultBody,
  withGroup,
} from "./arm-under-test.js";

const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/contoso-kv`;
const SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
const IDENTITY = `${IDENTITIES}/bot`;
const identity = { type: "UserAssigned", userAssignedIdentities: { [IDENTITY]: {} } };
const WEB = `${GROUP}/providers/Microsoft.Web`;
const PLAN = `${WEB}/serverfarms/plan`;
const SITE = `${WEB}/sites/contoso-bot`;
const webVersion = { apiVersion: "2025-05-01" };
const appVersion = { apiVersion: "2025-02-02-preview" };

let arm: ArmUnderTest;
let principalId: string;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  principalId = (await arm.put(IDENTITY, { location: "westeurope" })).body.properties.principalId;
  await arm.put(VAULT, vaultBody());
});
afterEach(() => arm.stop());

const grant = (principal: string) =>
  arm.put(`${VAULT}/providers/Microsoft.Authorization/roleAssignments/${principal}`, {
    properties: {
      principalId: principal,
      principalType: "ServicePrincipal",
      roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${SECRETS_USER}`,
    },
  });
const makeSecret = () => arm.put(`${VAULT}/secrets/media`, { properties: { value: "one" } });

const put = (id: string, body: object, version: { apiVersion: string }) =>
  putToEnd(arm, id, body, version);

async function makePlan() {
  const properties = { reserved: true };
  await put(PLAN, { location: "westeurope", sku: { name: "B1" }, properties }, webVersion);
}

it("makes no revision of a container app whose identity may not read its secrets", async () => {
  const environmentId = `${GROUP}/providers/Microsoft.App/managedEnvironments/bots`;
  await put(environmentId, { location: "westeurope", properties: {} }, appVersion);
  const keyVaultUrl = `${ORIGINS.vault}/contoso-kv/secrets/media`;
  const deploy = () =>
    put(
      `${GROUP}/providers/Microsoft.App/containerApps/contoso-bot`,
      {
        location: "westeurope",
        identity,
        properties: {
          environmentId,
          configuration: { secrets: [{ name: "media", keyVaultUrl, identity: IDENTITY }] },
          template: { containers: [{ name: "bot", image: "mcr.microsoft.com/bot:1" }] },
        },
      },
      appVersion,
    );
  const refused = {
    status: "Failed",
    error: {
      code: "ContainerAppOperationError",
      message: `Failed to provision revision for container app 'contoso-bot'. Error details: The following field(s) are either invalid or missing. Field 'configuration.secrets' is invalid with details: 'Invalid value: "media": Unable to get value using Managed identity ${IDENTITY} for secret media. Error: unable to fetch secret 'media' using Managed identity '${IDENTITY}'';.`,
    },
  };
  await makeSecret();
  expect((await deploy()).body).toMatchObject(refused);
  await grant(principalId);
  expect((await deploy()).body.status).toBe("Succeeded");
});

describe("a Key Vault reference in the settings of a site", () => {
  const references = async () => {
    const path = `${SITE}/config/configreferences/appsettings`;
    const { body } = await arm.get(path, webVersion);
    const all: { name: string; properties: { status: string } }[] = body.value;
    return Object.fromEntries(all.map(({ name, properties }) => [name, properties.status]));
  };
  const deploy = (keyVaultReferenceIdentity: string, value: string) =>
    put(
      SITE,
      {
        location: "westeurope",
        identity,
        properties: {
          serverFarmId: PLAN,
          keyVaultReferenceIdentity,
          siteConfig: {
            appSettings: [
              { name: "Secret", value },
              { name: "Plain", value: "1" },
            ],
          },
        },
      },
      webVersion,
    );

  it("resolves once the identity may read, and never fails the deployment", async () => {
    await makePlan();
    const uri = `${ORIGINS.vault}/contoso-kv/secrets/media`;
    await deploy(IDENTITY, `@Microsoft.KeyVault(SecretUri=${uri})`);
    expect(await references()).toEqual({ Secret: "AccessToKeyVaultDenied" });
    await grant(principalId);
    expect(await references()).toEqual({ Secret: "SecretNotFound" });
    await makeSecret();
    expect(await references()).toEqual({ Secret: "Resolved" });
    await deploy(IDENTITY, "@Microsoft.KeyVault(VaultName=contoso-kv;SecretName=media)");
    expect(await references()).toEqual({ Secret: "Resolved" });
    await deploy(IDENTITY, `@Microsoft.KeyVault(SecretUri=${uri.replace("-kv", "-no")})`);
    expect(await references()).toEqual({ Secret: "VaultNotFound" });
    await deploy(IDENTITY, "@Microsoft.KeyVault(media)");
    expect(await references()).toEqual({ Secret: "InvalidSyntax" });
    await deploy("SystemAssigned", `@Microsoft.KeyVault(SecretUri=${uri})`);
    expect(await references()).toEqual({ Secret: "MSINotEnabled" });
  });

  it("is read from where the site is: a vault that lets in nobody but a subnet denies it", async () => {
    await makePlan();
    await makeSecret();
    await grant(principalId);
    await deploy(IDENTITY, "@Microsoft.KeyVault(VaultName=contoso-kv;SecretName=media)");
    expect(await references()).toEqual({ Secret: "Resolved" });
    await arm.put(VAULT, vaultBody({ networkAcls: { defaultAction: "Deny", bypass: "None" } }));
    expect(await references()).toEqual({ Secret: "AccessToKeyVaultDenied" });
  });
});

describe("a certificate of App Service that is in a vault", () => {
  const CERTIFICATE = `${WEB}/certificates/bot`;
  const certify = (over: object = {}) =>
    put(
      CERTIFICATE,
      {
        location: "westeurope",
        properties: { serverFarmId: PLAN, keyVaultId: VAULT, keyVaultSecretName: "tls", ...over },
      },
      webVersion,
    );

  beforeEach(makePlan);

  async function importCertificate(certificate: string | undefined) {
    const attributes = { enabled: true, created: 0, updated: 0 };
    const version = { version: "0".repeat(32), value: "", attributes, tags: {} };
    putSecret(arm.context.store, "contoso-kv", {
      name: "tls",
      versions: [{ ...version, ...(certificate === undefined ? {} : { certificate }) }],
    });
  }

  it("is read by App Service itself, once it may", async () => {
    const { der } = await testCertificate({ names: ["*.contoso.com", "contoso.com"] });
    const x509 = new X509Certificate(der);
    await importCertificate(x509.toString());
    const refused = await certify();
    expect([refused.status, refused.body.Message]).toEqual([
      400,
      `The service does not have access to '${VAULT.toLowerCase()}' Key Vault. Please make sure that you have granted necessary permissions to the service to perform the request operation.`,
    ]);
    await grant(APP_SERVICE_PRINCIPAL_ID);
    expect((await certify()).body.status).toBe("Succeeded");
    expect((await arm.get(CERTIFICATE, webVersion)).body.properties).toMatchObject({
      hostNames: ["*.contoso.com", "contoso.com"],
      thumbprint: x509.fingerprint.replaceAll(":", ""),
      keyVaultId: VAULT,
      keyVaultSecretName: "tls",
      keyVaultSecretStatus: "Succeeded",
    });
  });

  it("is refused when nothing of the name is there, or it is another secret", async () => {
    await grant(APP_SERVICE_PRINCIPAL_ID);
    expect((await certify()).body.Message).toBe("Cannot find Key Vault secret with name tls.");
    await importCertificate(undefined);
    expect((await certify()).body.Message).toContain("'tls' is no certificate");
    expect((await certify({ keyVaultId: `${VAULT}x` })).body.Message).toContain(
      "There is no vault",
    );
  });
});

// What a person's own script would do: Microsoft's clients, told by the environment only. Prints what it saw as JSON.
import { CertificateClient } from "@azure/keyvault-certificates";
import { SecretClient } from "@azure/keyvault-secrets";
import {
  askArm,
  collect,
  credential,
  refusalOf,
  subscriptionId,
  tenantId,
  variable,
} from "../../support/stock-script.js";
import { testCertificate } from "../../support/test-certificates.js";

async function put(path: string, apiVersion: string, body: unknown): Promise<unknown> {
  const response = await askArm("PUT", path, apiVersion, body);
  if (!response.ok) throw new Error(await response.text());
  return await response.json();
}

const group = "/resourceGroups/rg-stock";
const vaultPath = `${group}/providers/Microsoft.KeyVault/vaults/stock-kv`;
await put(group, "2024-03-01", { location: "westeurope" });
const vault = Object(
  await put(vaultPath, "2024-11-01", {
    location: "westeurope",
    properties: {
      tenantId,
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
    },
  }),
);
const { vaultUri } = vault.properties;
const options = { disableChallengeResourceVerification: true };
const secrets = new SecretClient(vaultUri, credential, options);
const certificates = new CertificateClient(vaultUri, credential, options);
const seen: Record<string, unknown> = {};

seen["withoutRole"] = await refusalOf(secrets.getSecret("media"));
await put(
  `${vaultPath}/providers/Microsoft.Authorization/roleAssignments/${tenantId}`,
  "2022-04-01",
  {
    properties: {
      principalId: variable("STOCK_PRINCIPAL_ID"),
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/00482a5a-887f-4fb3-b363-3b7fe8e74483`,
    },
  },
);
seen["missing"] = await refusalOf(secrets.getSecret("media"));
const first = await secrets.setSecret("media", "one", { tags: { for: "bot" } });
await secrets.setSecret("media", "two");
seen["newest"] = (await secrets.getSecret("media")).value;
const version = first.properties.version;
seen["first"] = await secrets.getSecret("media", version === undefined ? {} : { version });
seen["versions"] = (await collect(secrets.listPropertiesOfSecretVersions("media"))).length;
seen["secrets"] = (await collect(secrets.listPropertiesOfSecrets())).map(({ name }) => name);
const deletion = await secrets.beginDeleteSecret("media", { intervalInMs: 50 });
seen["deleted"] = (await deletion.pollUntilDone()).name;
const recovery = await secrets.beginRecoverDeletedSecret("media", { intervalInMs: 50 });
seen["recovered"] = (await recovery.pollUntilDone()).name;

const { pem, der } = await testCertificate();
const imported = await certificates.importCertificate("web", Buffer.from(pem), {
  policy: { contentType: "application/x-pem-file", issuerName: "Unknown", subject: "CN=web" },
});
const found = await certificates.getCertificate("web");
seen["certificate"] = {
  name: found.name,
  same: Buffer.from(found.cer ?? []).equals(Buffer.from(der)),
  names: found.policy?.subjectAlternativeNames?.dnsNames,
  expires: found.properties.expiresOn instanceof Date,
  version: found.properties.version === imported.properties.version,
};
seen["certificates"] = (await collect(certificates.listPropertiesOfCertificates())).map(
  ({ name }) => name,
);
seen["certificateSecret"] = (await secrets.getSecret("web")).properties.contentType;
seen["noCertificate"] = await refusalOf(certificates.getCertificate("other"));
console.log(JSON.stringify(seen));

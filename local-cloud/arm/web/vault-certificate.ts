// A certificate of App Service that is in a Key Vault: the service itself reads it there, as "Microsoft Azure App Service".
import { X509Certificate } from "node:crypto";
import { vaultEndpoint } from "../../key-vault/endpoints.js";
import { readSecret } from "../../key-vault/secret-reader.js";
import { APP_SERVICE_PRINCIPAL_ID } from "../../well-known.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { skuOfPlan } from "./app-service-plan.js";
import { cannotFind, invalidParameter, planDoesNotAllow, WebError } from "./web-error.js";

const VAULTS = "Microsoft.KeyVault/vaults";

/** Properties of the certificate. Throws WebError when the vault does not hand it out, or holds none of that name. */
export function vaultCertificate(
  request: WriteRequest,
  fields: BodyFields,
  plan: ResourceRecord,
): JsonObject {
  const { context, resources } = request.cloud;
  if (!skuOfPlan(plan).dedicated) throw planDoesNotAllow("Certificates");
  const vault = resources.byId(fields.string("keyVaultId") ?? "");
  if (vault?.type !== VAULTS) {
    throw invalidParameter("keyVaultId", `There is no vault '${fields.string("keyVaultId")}'.`);
  }
  const keyVaultSecretName = fields.string("keyVaultSecretName") ?? "";
  const read = readSecret(context, {
    uri: `${vaultEndpoint(context.origins(), vault.names[0] ?? "")}secrets/${keyVaultSecretName}`,
    principalId: APP_SERVICE_PRINCIPAL_ID,
    from: { trustedService: true },
  });
  if (!("secret" in read)) throw refusal(read.status, vault.id, keyVaultSecretName);
  const { certificate } = read.secret;
  if (certificate === undefined) {
    // The words were not seen.
    const why = `The secret '${keyVaultSecretName}' is no certificate.`;
    throw invalidParameter("keyVaultSecretName", why);
  }
  return {
    ...certificateFacts(certificate),
    serverFarmId: plan.id,
    webSpace: plan.properties["webSpace"],
    keyVaultId: vault.id,
    keyVaultSecretName,
    keyVaultSecretStatus: "Succeeded",
    canonicalName: null,
    password: null,
    pfxBlob: null,
  };
}

// MicrosoftDocs/azure-docs#56312; what is said of a secret that is not there was not seen.
function refusal(status: number, vaultId: string, name: string): WebError {
  if (status === 404) return cannotFind("Key Vault secret", name);
  const template =
    "The service does not have access to '{0}' Key Vault. Please make sure that you have granted necessary permissions to the service to perform the request operation.";
  return new WebError(400, undefined, template, [vaultId.toLowerCase()]);
}

function certificateFacts(pem: string): JsonObject {
  const { subject, issuer, subjectAltName, validFrom, validTo, fingerprint } = new X509Certificate(
    pem,
  );
  const commonName = (name: string) => /^CN=(.+)$/m.exec(name)?.[1] ?? name;
  const names = (subjectAltName ?? "").split(", ").flatMap((one) => one.split(/^DNS:/)[1] ?? []);
  return {
    subjectName: commonName(subject),
    friendlyName: commonName(subject),
    issuer: commonName(issuer),
    hostNames: names.length === 0 ? [commonName(subject)] : names,
    issueDate: new Date(validFrom).toISOString(),
    expirationDate: new Date(validTo).toISOString(),
    thumbprint: fingerprint.replaceAll(":", ""),
    valid: true,
  };
}

// KeyVaultForWindows: each machine reads certificates from vaults with an identity of the scale set ("Azure Key Vault VM
// extension for Windows"). When it waits for its first synchronisation, what it cannot read fails the machine.
import { readSecret } from "../../key-vault/secret-reader.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { interfaceIn } from "./interface-view.js";

/** What the extension complains of; undefined when it installs everything, or does not wait for it. */
export function vaultExtensionReport(
  cloud: ArmCloud,
  set: ResourceRecord,
  settings: JsonObject,
): string | undefined {
  const management = settings["secretsManagementSettings"];
  const unreadable = configurationProblem(management);
  if (unreadable !== undefined) {
    return `Failed to parse the configuration settings with: '${unreadable}'`;
  }
  const { observedCertificates = [], requireInitialSync = false } = Object(management);
  if (requireInitialSync !== true) return undefined;
  const clientId = Object(settings["authenticationSettings"]).msiClientId;
  const principalId = principalOf(set, clientId);
  if (principalId === undefined) {
    // As the metadata service of a machine answers; how the extension words it was not seen.
    return `Failed to get a token: Identity not found${clientId === undefined ? "" : ` (msiClientId ${clientId})`}. Multiple or no user assigned identities exist, please specify the clientId of one of them.`;
  }
  const subnetId = interfaceIn(
    Object(set.properties["virtualMachineProfile"]).networkProfile,
  ).subnetId;
  for (const certificate of observedCertificates) {
    const uri = String(certificate.url);
    const answer = readSecret(cloud.context, { uri, principalId, from: { subnetId } });
    if ("secret" in answer) continue;
    return `Failed to fetch certificate from ${uri}: Status ${answer.status}, Code ${answer.code}, ${answer.message}`;
  }
  return undefined;
}

/** In the extension's words, where issues about it show them (MicrosoftDocs/azure-docs#75214, #49224). */
function configurationProblem(management: unknown): string | undefined {
  if (!isJsonObject(management)) return "not an object";
  const { pollingIntervalInS, observedCertificates } = management;
  if (typeof pollingIntervalInS !== "string") return "not a string";
  if (!Array.isArray(observedCertificates)) return "not an array";
  for (const certificate of observedCertificates) {
    if (!isJsonObject(certificate)) return "not an object";
    const { url, certificateStoreLocation } = certificate;
    if (typeof url !== "string") return "not a string";
    const place = certificateStoreLocation ?? "LocalMachine";
    if (place !== "LocalMachine" && place !== "CurrentUser") {
      return `certificateStoreLocation '${place}' is neither LocalMachine nor CurrentUser`;
    }
  }
  return undefined;
}

/** Object id of the identity that a machine gets a token for. */
function principalOf({ identity }: ResourceRecord, clientId: unknown): string | undefined {
  const { principalId, userAssignedIdentities } = Object(identity);
  const assigned = Object.values(Object(userAssignedIdentities)).map((one) => Object(one));
  if (typeof clientId === "string" && clientId !== "") {
    return assigned.find((one) => one.clientId === clientId)?.principalId;
  }
  if (typeof principalId === "string") return principalId;
  return assigned.length === 1 ? assigned[0]?.principalId : undefined;
}

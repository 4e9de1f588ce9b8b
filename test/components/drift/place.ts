// What is there before the stacks: a DNS zone, and a vault with a certificate.
import { SUBSCRIPTION_ID } from "../../../local-cloud/well-known.js";
import { asDeployer } from "../../support/as-deployer.js";
import { existingVault } from "../../support/existing-vault.js";
import type { TestCloud } from "../../support/test-cloud.js";
import { VAULT } from "../hosts/refused-scale-sets.js";
import type { DriftPlace } from "./drift.js";

export async function placeOf(cloud: TestCloud): Promise<DriftPlace> {
  const vault = await existingVault(cloud, VAULT);
  await vault.importCertificate("bot", { names: ["media.contoso.com"] });
  const { arm } = asDeployer(cloud);
  const group = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/dns`;
  await arm("PUT", group, "2024-03-01", { location: "westeurope" });
  const dnsZoneId = `${group}/providers/Microsoft.Network/dnsZones/contoso.com`;
  await arm("PUT", dnsZoneId, "2018-05-01", { location: "global" });
  return { dnsZoneId, vaultId: vault.id };
}

// A vault that exists before any stack comes up, with certificates in it: what a bot on Windows machines takes for granted.
import { randomUUID } from "node:crypto";
import { DEPLOYER, SUBSCRIPTION_ID, TENANT_ID } from "../../local-cloud/well-known.js";
import { asDeployer } from "./as-deployer.js";
import { type TestCertificateOptions, testCertificate } from "./test-certificates.js";
import type { TestCloud } from "./test-cloud.js";

const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/certificates`;

/** Key Vault Administrator. */
const ADMINISTRATOR = "00482a5a-887f-4fb3-b363-3b7fe8e74483";
const PATIENCE_MS = 30_000;

export interface ExistingVault {
  /** ARM id. */
  readonly id: string;
  /** Where it answers, without a final slash. */
  readonly uri: string;
  /** Imports a certificate, or a new version of one. */
  importCertificate(name: string, options?: TestCertificateOptions): Promise<void>;
  /** Lets in only these subnets from now on, and no longer the deployer. */
  closeTo(...subnetIds: readonly string[]): Promise<void>;
}

/** Makes the vault, and lets the deployer look into it and put certificates there. */
export async function existingVault(
  cloud: Pick<TestCloud, "environment">,
  name: string,
): Promise<ExistingVault> {
  const { arm, vault } = asDeployer(cloud);
  const id = `${GROUP}/providers/Microsoft.KeyVault/vaults/${name}`;
  await arm("PUT", GROUP, "2024-03-01", { location: "westeurope" });
  const put = (rules: object) =>
    arm("PUT", id, "2024-11-01", {
      location: "westeurope",
      properties: {
        tenantId: TENANT_ID,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        ...rules,
      },
    });
  await put({});
  await arm(
    "PUT",
    `${id}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`,
    "2022-04-01",
    {
      properties: {
        principalId: DEPLOYER.servicePrincipalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/${ADMINISTRATOR}`,
      },
    },
  );
  const made = await arm("GET", id, "2024-11-01");
  const uri = String(Object(Object(made).properties).vaultUri).replace(/\/+$/, "");
  return {
    id,
    uri,
    importCertificate: async (certificate, options) => {
      const { pem } = await testCertificate(options);
      const wanted = {
        value: pem,
        policy: { secret_props: { contentType: "application/x-pem-file" } },
      };
      await spread(() => vault("POST", `${uri}/certificates/${certificate}/import`, wanted));
    },
    closeTo: async (...subnetIds) => {
      const virtualNetworkRules = subnetIds.map((subnet) => ({ id: subnet }));
      await put({ networkAcls: { defaultAction: "Deny", bypass: "None", virtualNetworkRules } });
    },
  };
}

/** A role takes time to spread: what is refused until then is tried again. */
async function spread(work: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (Date.now() > end || !String(error).includes("ForbiddenByRbac")) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

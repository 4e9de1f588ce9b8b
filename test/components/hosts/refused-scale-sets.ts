// Programs that are refused because of a certificate, for test/components/hosts/scale-set-certificate.test.ts.
import { ScaleSetAddress } from "../../../components/index.js";
import { DEPLOYER, SUBSCRIPTION_ID } from "../../../local-cloud/well-known.js";

const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/certificates`;
/** Name of the certificate that is for nothing. */
export const WRONG = "wrong";
export const VAULT = "contoso-refusals";

function address(secretName: string, domain?: string) {
  new ScaleSetAddress("bot", {
    resourceGroupName: "certificates",
    resourceName: "contoso-refused",
    dnsLabel: "contoso-refused",
    ...(domain === undefined ? {} : { domain }),
    grantRoles: false,
    certificate: { vaultId: `${GROUP}/providers/Microsoft.KeyVault/vaults/${VAULT}`, secretName },
    identity: {
      resourceId: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/bot`,
      clientId: DEPLOYER.appId,
      principalId: DEPLOYER.servicePrincipalId,
    },
    workspaceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/bot`,
    subnetId: `${GROUP}/providers/Microsoft.Network/virtualNetworks/bot/subnets/host`,
  });
}

export async function missingCertificate() {
  address("nowhere", "bot.contoso.com");
}

export async function wrongCertificate() {
  address(WRONG, "bot.contoso.com");
}

/** The name that the certificate would have to cover is known only when the address is there. */
export async function otherName() {
  address("other-name");
}

// Programs of machines that are refused late, which only a process of its own survives.
import {
  CallingBot,
  Capability,
  type HostArgs,
  HostKind,
  ScaleSetAddress,
} from "../../../components/index.js";
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

/** A bot on machines as it is before the refusals below; its certificate is `bot` for `bot.contoso.com`. */
export async function machines(more: Partial<HostArgs> = {}) {
  const vaultId = `${GROUP}/providers/Microsoft.KeyVault/vaults/${VAULT}`;
  new CallingBot("bot", {
    host: {
      kind: HostKind.ScaleSet,
      domain: "bot.contoso.com",
      certificate: { vaultId, secretName: "bot" },
      package: {
        url: "https://contoso.blob.core.windows.net/builds/bot-1.4.2.zip",
        sha256: "0123456789abcdef".repeat(4),
        command: "EchoBot.exe",
      },
      ...more,
    },
    capabilities: [Capability.AnswerCalls],
  });
}

export async function machinesWithoutCertificate() {
  const vaultId = `${GROUP}/providers/Microsoft.KeyVault/vaults/${VAULT}`;
  await machines({ certificate: { vaultId, secretName: "nowhere" } });
}

export async function machinesInOneZone() {
  await machines({ zones: ["1"] });
}

export async function machinesToThree() {
  await machines({ maxInstances: 3 });
}

export async function machinesElsewhere() {
  const subnetId = `${GROUP}/providers/Microsoft.Network/virtualNetworks/other/subnets/host`;
  await machines({ subnetId, size: "Standard_D4_v3" });
}

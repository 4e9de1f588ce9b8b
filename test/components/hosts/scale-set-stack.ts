// A stack of one bot on Windows machines with everything that it needs, for the tests of that host.
import * as dns from "@pulumi/azure-native/dns/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import {
  HostFoundation,
  ScaleSetAddress,
  type ScaleSetAddressArgs,
  ScaleSetHost,
  type ScaleSetHostArgs,
} from "../../../components/index.js";
import { TENANT_ID } from "../../../local-cloud/index.js";
import type { ExistingVault } from "../../support/existing-vault.js";
import type { TestCloud } from "../../support/test-cloud.js";
import { newTestStack, type TestStack } from "../../support/test-stack.js";

/** What the tests change; everything else is the same in all of them. */
export interface ScaleSetWishes {
  readonly address?: Partial<ScaleSetAddressArgs>;
  readonly host?: Partial<ScaleSetHostArgs>;
  /** Whether the record of the domain is made in a zone of the stack's own, `contoso.com`. @default false */
  readonly ownZone?: boolean;
  /** Whether the bot has no domain but the name that Azure gives. @default false */
  readonly azureName?: boolean;
}

export interface ScaleSetStack extends TestStack {
  /** What the bot is told from the next run on, on top of what every stack has. */
  change(next: ScaleSetWishes): void;
}

export const DOMAIN = "bot.contoso.com";
/** Name of the certificate for it. */
export const CERTIFICATE = "bot-contoso-com";
export const PACKAGE = {
  url: "https://contoso.blob.core.windows.net/builds/bot-1.0.0.zip",
  sha256: "0123456789abcdef".repeat(4),
  command: "EchoBot.exe",
};

export async function scaleSetStack(
  cloud: TestCloud,
  vault: ExistingVault,
  stackName: string,
  first: ScaleSetWishes = {},
): Promise<ScaleSetStack> {
  const now = { wishes: first };
  const testStack = await newTestStack({
    cloud,
    stackName,
    program: async () => program(stackName, vault, now.wishes),
  });
  return {
    ...testStack,
    change: (next) => {
      now.wishes = next;
    },
  };
}

function program(stackName: string, vault: ExistingVault, wishes: ScaleSetWishes) {
  const group = new resources.ResourceGroup("group", { resourceGroupName: stackName });
  const resourceGroupName = group.name;
  const resourceName = `contoso-${stackName}`;
  const foundation = new HostFoundation("bot", {
    resourceGroupName,
    resourceName,
    vaultName: resourceName,
    tenantId: TENANT_ID,
  });
  const { identity, workspaceId, subnetId } = foundation;
  const address = new ScaleSetAddress("bot", {
    resourceGroupName,
    identity,
    workspaceId,
    subnetId,
    resourceName,
    dnsLabel: resourceName,
    ...(wishes.azureName ? {} : { domain: DOMAIN }),
    certificate: { vaultId: vault.id, secretName: CERTIFICATE },
    ...(wishes.ownZone ? { dnsZoneId: zone(resourceGroupName).id } : {}),
    ...wishes.address,
  });
  const host = new ScaleSetHost("bot", {
    resourceGroupName,
    identity,
    workspaceId,
    subnetId,
    resourceName,
    tenantId: TENANT_ID,
    appId: "20ca1000-0000-4000-8000-000000000001",
    applicationInsightsConnectionString: foundation.applicationInsightsConnectionString,
    vaultUri: foundation.vaultUri,
    hostName: address.hostName,
    publicIpAddressId: address.publicIpAddressId,
    certificateUrl: address.certificateUrl,
    package: PACKAGE,
    ...wishes.host,
  });
  const { hostName, publicIpAddressId } = address;
  const { messagingEndpoint, callingWebhook, scaleSetId } = host;
  return { hostName, publicIpAddressId, messagingEndpoint, callingWebhook, scaleSetId };
}

function zone(resourceGroupName: resources.ResourceGroup["name"]) {
  return new dns.Zone("zone", { resourceGroupName, zoneName: "contoso.com", location: "global" });
}

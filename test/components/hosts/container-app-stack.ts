// A stack of one bot on Azure Container Apps with everything that it needs, for the tests of that host.
import * as containerregistry from "@pulumi/azure-native/containerregistry/index.js";
import * as dns from "@pulumi/azure-native/dns/index.js";
import * as keyvault from "@pulumi/azure-native/keyvault/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../../../components/after.js";
import {
  ContainerAppAddress,
  type ContainerAppAddressArgs,
  ContainerAppHost,
  type ContainerAppHostArgs,
  HostFoundation,
} from "../../../components/index.js";
import { TENANT_ID } from "../../../local-cloud/index.js";
import type { TestCloud } from "../../support/test-cloud.js";
import { newTestStack, type TestStack } from "../../support/test-stack.js";

/** What the tests change; everything else is the same in all of them. */
export interface ContainerAppWishes {
  readonly address?: Partial<ContainerAppAddressArgs>;
  readonly host?: Partial<ContainerAppHostArgs>;
  /** Whether the environment is in another subnet than the foundation's. @default false */
  readonly otherSubnet?: boolean;
  /** Whether the image is in a registry of the stack's own, `contoso`. @default false */
  readonly ownRegistry?: boolean;
  /** Whether the records of the domain are made in a zone of the stack's own, `contoso.com`. @default false */
  readonly ownZone?: boolean;
}

export interface ContainerAppStack extends TestStack {
  /** What the bot is told from the next run on, on top of what every stack has. */
  change(next: ContainerAppWishes): void;
}

/** What the vault holds as `StoreKey`. */
export const SECRET = "never-in-plain-text";
export const IMAGE = "ghcr.io/contoso/bot:1.0.0";

export async function containerAppStack(
  cloud: TestCloud,
  stackName: string,
  first: ContainerAppWishes = {},
): Promise<ContainerAppStack> {
  const now = { wishes: first };
  const testStack = await newTestStack({
    cloud,
    stackName,
    program: async () => program(stackName, now.wishes),
  });
  return {
    ...testStack,
    change: (next) => {
      now.wishes = next;
    },
  };
}

function program(stackName: string, wishes: ContainerAppWishes) {
  const group = new resources.ResourceGroup("group", { resourceGroupName: stackName });
  const resourceGroupName = group.name;
  const foundation = new HostFoundation("bot", {
    resourceGroupName,
    resourceName: `contoso-${stackName}`,
    vaultName: `contoso-${stackName}`,
    tenantId: TENANT_ID,
    subnetDelegation: "Microsoft.App/environments",
  });
  const { identity, workspaceId } = foundation;
  const secret = new keyvault.Secret(
    "secret",
    {
      resourceGroupName,
      vaultName: `contoso-${stackName}`,
      secretName: "StoreKey",
      properties: { value: after(foundation.vaultId, pulumi.secret(SECRET)) },
    },
    // It goes with its vault, whose firewall lets nobody here delete it by itself.
    { retainOnDelete: true },
  );
  const address = new ContainerAppAddress("bot", {
    resourceGroupName,
    identity,
    workspaceId,
    subnetId: wishes.otherSubnet ? otherSubnet(resourceGroupName) : foundation.subnetId,
    containerAppName: "contoso-bot",
    environmentName: "contoso-bots",
    ...wishes.address,
  });
  const host = new ContainerAppHost("bot", {
    resourceGroupName,
    identity,
    workspaceId,
    tenantId: TENANT_ID,
    appId: "20ca1000-0000-4000-8000-000000000001",
    applicationInsightsConnectionString: foundation.applicationInsightsConnectionString,
    vaultUri: after(secret.id, foundation.vaultUri),
    containerAppName: address.containerAppName,
    environmentId: address.environmentId,
    hostName: address.hostName,
    ipAddress: address.ipAddress,
    verificationId: address.verificationId,
    image: IMAGE,
    ...(wishes.ownRegistry ? { registryId: registry(resourceGroupName).id } : {}),
    ...(wishes.ownZone ? { dnsZoneId: zone(resourceGroupName).id } : {}),
    ...wishes.host,
  });
  const { hostName, ipAddress } = address;
  const { messagingEndpoint, callingWebhook } = host;
  return { hostName, ipAddress, messagingEndpoint, callingWebhook };
}

function otherSubnet(resourceGroupName: resources.ResourceGroup["name"]) {
  const serviceName = "Microsoft.App/environments";
  const other = new network.VirtualNetwork("other-network", {
    resourceGroupName,
    virtualNetworkName: "other",
    addressSpace: { addressPrefixes: ["10.30.0.0/24"] },
    subnets: [
      { name: "bots", addressPrefix: "10.30.0.0/27", delegations: [{ name: "bots", serviceName }] },
    ],
  });
  return pulumi.interpolate`${other.id}/subnets/bots`;
}

function registry(resourceGroupName: resources.ResourceGroup["name"]) {
  return new containerregistry.Registry("registry", {
    resourceGroupName,
    registryName: "contoso",
    sku: { name: containerregistry.SkuName.Basic },
  });
}

function zone(resourceGroupName: resources.ResourceGroup["name"]) {
  return new dns.Zone("zone", { resourceGroupName, zoneName: "contoso.com", location: "global" });
}

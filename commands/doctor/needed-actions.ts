// What whoever deploys must be allowed to do, and where: actions of Azure roles, from what the stack makes.
import { armTypeOf } from "../../arm/resource-paths.js";
import { BotType, HostKind } from "../../rules/bot-choices.js";
import type { HostSettings } from "../../rules/hosts/host-settings.js";
import { hostsOf, type MadeResource, madeResources } from "./made-resources.js";

/** An action that some role at this place, or above it, must allow. */
export interface NeededAction {
  readonly action: string;
  /** ARM id; undefined for the stack's resource group. */
  readonly at: string | undefined;
}

/**
 * Where making one is not the action `write` of its type alone. Sources: "Azure permissions for Networking" (joining), "Azure
 * built-in roles" (Managed Identity Operator), and the provider itself, which writes to storage with the account's key.
 */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  "compute:VirtualMachineScaleSet": [
    "Microsoft.Compute/virtualMachineScaleSets/write",
    "Microsoft.Network/networkSecurityGroups/join/action",
    "Microsoft.Network/loadBalancers/backendAddressPools/join/action",
  ],
  "keyvault:Secret": ["Microsoft.KeyVault/vaults/secrets/write"],
  "network:LoadBalancer": [
    "Microsoft.Network/loadBalancers/write",
    "Microsoft.Network/publicIPAddresses/join/action",
  ],
  "storage:Blob": ["Microsoft.Storage/storageAccounts/listKeys/action"],
  "storage:StorageAccountStaticWebsite": ["Microsoft.Storage/storageAccounts/listKeys/action"],
  "web:WebAppApplicationSettings": [
    "Microsoft.Web/sites/config/write",
    "Microsoft.Web/sites/config/list/action",
  ],
};

const JOIN_SUBNET = "Microsoft.Network/virtualNetworks/subnets/join/action";
const ASSIGN_IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";
/** Deleted vaults lie in no group: who may not read them cannot bring back the one that holds the name. */
const READ_DELETED_VAULTS = "Microsoft.KeyVault/locations/deletedVaults/read";

type Planned = Parameters<typeof madeResources>[0];

/** Each once, in alphabetical order. */
export function neededActions(config: Planned, subscriptionId: string): NeededAction[] {
  const made = madeResources(config);
  const joined = hostsOf(config).flatMap((host) => joinings(config, host));
  const recovered = made.some(({ type }) => type === "keyvault:Vault")
    ? [{ action: READ_DELETED_VAULTS, at: `/subscriptions/${subscriptionId}` }]
    : [];
  const all = [...made.flatMap(actionsOf), ...joined, ...recovered];
  const once = new Map(all.map((need) => [`${need.action} ${need.at?.toLowerCase() ?? ""}`, need]));
  return [...once.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need);
}

function actionsOf({ type, at, records }: MadeResource): NeededAction[] {
  const actions = records?.map((record) => `Microsoft.Network/dnsZones/${record}/write`) ??
    ACTIONS[type] ?? [`${armTypeOf(`azure-native:${type}`)}/write`];
  return actions.map((action) => ({ action, at }));
}

/** A host joins a subnet and runs as an identity, whoever made them: that takes a right on those. */
function joinings({ bot, managedIdentity }: Planned, host: HostSettings): NeededAction[] {
  if (host.kind === HostKind.Existing) return [];
  const identity = bot.type === BotType.UserAssignedMSI ? managedIdentity : host.identity;
  return [
    { action: JOIN_SUBNET, at: host.subnetId },
    { action: ASSIGN_IDENTITY, at: identity?.resourceId },
  ];
}

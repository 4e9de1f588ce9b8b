// The built-in roles that hosting a bot needs, with the ids that they have in every tenant ("Azure built-in roles").
import type { RoleDefinition, RolePermission } from "./role-definition.js";

/** When Azure made its first roles; that of each single one was not looked up. */
const MADE = "2015-02-02T21:55:09.8800000Z";

const READ_AUTHORIZATION = "Microsoft.Authorization/*/read";
const ALERT_RULES = "Microsoft.Insights/alertRules/*";
const HEALTH = "Microsoft.ResourceHealth/availabilityStatuses/read";
const DEPLOYMENTS = "Microsoft.Resources/deployments/*";
const READ_GROUPS = "Microsoft.Resources/subscriptions/resourceGroups/read";
const SUPPORT = "Microsoft.Support/*";
const MANAGE = [READ_AUTHORIZATION, ALERT_RULES, DEPLOYMENTS, READ_GROUPS, SUPPORT];
const SEE_VAULTS = [
  ...MANAGE,
  "Microsoft.KeyVault/checkNameAvailability/read",
  "Microsoft.KeyVault/deletedVaults/read",
  "Microsoft.KeyVault/locations/*/read",
  "Microsoft.KeyVault/vaults/*/read",
  "Microsoft.KeyVault/operations/read",
];

export const BUILT_IN_ROLES: readonly RoleDefinition[] = [
  role(
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "Owner",
    "Grants full access to manage all resources, including the ability to assign roles in Azure RBAC.",
    { actions: ["*"] },
  ),
  role(
    "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "Contributor",
    "Grants full access to manage all resources, but does not allow you to assign roles in Azure RBAC, manage assignments in Azure Blueprints, or share image galleries.",
    {
      actions: ["*"],
      notActions: [
        "Microsoft.Authorization/*/Delete",
        "Microsoft.Authorization/*/Write",
        "Microsoft.Authorization/elevateAccess/Action",
        "Microsoft.Blueprint/blueprintAssignments/write",
        "Microsoft.Blueprint/blueprintAssignments/delete",
        "Microsoft.Compute/galleries/share/action",
        "Microsoft.Purview/consents/write",
        "Microsoft.Purview/consents/delete",
        "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
        "Microsoft.Subscription/cancel/action",
        "Microsoft.Subscription/enable/action",
      ],
    },
  ),
  role(
    "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "Reader",
    "View all resources, but does not allow you to make any changes.",
    { actions: ["*/read"] },
  ),
  role(
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    "User Access Administrator",
    "Lets you manage user access to Azure resources.",
    { actions: ["*/read", "Microsoft.Authorization/*", SUPPORT] },
  ),
  role(
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    "Role Based Access Control Administrator",
    "Manage access to Azure resources by assigning roles using Azure RBAC. This role does not allow you to manage access using other ways, such as Azure Policy.",
    {
      actions: [
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Authorization/roleAssignments/delete",
        "*/read",
        SUPPORT,
      ],
    },
  ),
  role("7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull", "acr pull", {
    actions: ["Microsoft.ContainerRegistry/registries/pull/read"],
  }),
  role(
    "00482a5a-887f-4fb3-b363-3b7fe8e74483",
    "Key Vault Administrator",
    "Perform all data plane operations on a key vault and all objects in it, including certificates, keys, and secrets. Cannot manage key vault resources or manage role assignments. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    { actions: SEE_VAULTS, dataActions: ["Microsoft.KeyVault/vaults/*"] },
  ),
  role(
    "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
    "Key Vault Certificate User",
    "Read certificate contents. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      dataActions: [
        "Microsoft.KeyVault/vaults/certificates/read",
        "Microsoft.KeyVault/vaults/secrets/getSecret/action",
        "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
        "Microsoft.KeyVault/vaults/keys/read",
      ],
    },
  ),
  role(
    "a4417e6f-fecd-4de8-b567-7b0420556985",
    "Key Vault Certificates Officer",
    "Perform any action on the certificates of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      actions: SEE_VAULTS,
      dataActions: [
        "Microsoft.KeyVault/vaults/certificatecas/*",
        "Microsoft.KeyVault/vaults/certificates/*",
        "Microsoft.KeyVault/vaults/certificatecontacts/write",
      ],
    },
  ),
  role(
    "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
    "Key Vault Secrets Officer",
    "Perform any action on the secrets of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    { actions: SEE_VAULTS, dataActions: ["Microsoft.KeyVault/vaults/secrets/*"] },
  ),
  role(
    "4633458b-17de-408a-b874-0445c86b69e6",
    "Key Vault Secrets User",
    "Read secret contents. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      dataActions: [
        "Microsoft.KeyVault/vaults/secrets/getSecret/action",
        "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
      ],
    },
  ),
  role(
    "3913510d-42f4-4e42-8a64-420c390055eb",
    "Monitoring Metrics Publisher",
    "Enables publishing metrics against Azure resources",
    {
      actions: ["Microsoft.Insights/Register/Action", SUPPORT, READ_GROUPS],
      dataActions: ["Microsoft.Insights/Metrics/Write", "Microsoft.Insights/Telemetry/Write"],
    },
  ),
  role(
    "4d97b98b-1d4f-4787-a291-c67834d212e7",
    "Network Contributor",
    "Lets you manage networks, but not access to them.",
    { actions: [...MANAGE, "Microsoft.Network/*", HEALTH] },
  ),
  role(
    "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    "Virtual Machine Contributor",
    "Lets you manage virtual machines, but not access to them, and not the virtual network or storage account they're connected to.",
    {
      actions: [
        ...MANAGE,
        ...each("Microsoft.Compute", [
          "availabilitySets/*",
          "locations/*",
          "virtualMachines/*",
          "virtualMachineScaleSets/*",
          "cloudServices/*",
          "disks/write",
          "disks/read",
          "disks/delete",
        ]),
        "Microsoft.DevTestLab/schedules/*",
        ...each("Microsoft.Network", [
          "applicationGateways/backendAddressPools/join/action",
          "loadBalancers/backendAddressPools/join/action",
          "loadBalancers/inboundNatPools/join/action",
          "loadBalancers/inboundNatRules/join/action",
          "loadBalancers/probes/join/action",
          "loadBalancers/read",
          "locations/*",
          "networkInterfaces/*",
          "networkSecurityGroups/join/action",
          "networkSecurityGroups/read",
          "publicIPAddresses/join/action",
          "publicIPAddresses/read",
          "virtualNetworks/read",
          "virtualNetworks/subnets/join/action",
        ]),
        ...each("Microsoft.RecoveryServices", [
          "locations/*",
          "Vaults/backupFabrics/backupProtectionIntent/write",
          "Vaults/backupFabrics/protectionContainers/protectedItems/*/read",
          "Vaults/backupFabrics/protectionContainers/protectedItems/read",
          "Vaults/backupFabrics/protectionContainers/protectedItems/write",
          "Vaults/backupPolicies/read",
          "Vaults/backupPolicies/write",
          "Vaults/read",
          "Vaults/usages/read",
          "Vaults/write",
        ]),
        HEALTH,
        "Microsoft.SerialConsole/serialPorts/connect/action",
        "Microsoft.SqlVirtualMachine/*",
        "Microsoft.Storage/storageAccounts/listKeys/action",
        "Microsoft.Storage/storageAccounts/read",
      ],
    },
  ),
];

function role(
  name: string,
  roleName: string,
  description: string,
  permission: Partial<RolePermission>,
): RoleDefinition {
  return {
    name,
    roleName,
    description,
    type: "BuiltInRole",
    assignableScopes: ["/"],
    permissions: [
      { actions: [], notActions: [], dataActions: [], notDataActions: [], ...permission },
    ],
    createdOn: MADE,
    updatedOn: MADE,
    createdBy: null,
    updatedBy: null,
  };
}

function each(namespace: string, actions: readonly string[]): string[] {
  return actions.map((action) => `${namespace}/${action}`);
}

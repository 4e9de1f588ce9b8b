// How long Azure and Entra are assumed to take for each thing, in seconds. Assumed, not measured: a benchmark is a ratio to the
// critical path, so only their proportions matter.

/** One resource type: what it takes to create, and the request by which the local cloud is told. */
export interface Latency {
  /** Type token of the resource. */
  readonly token: string;
  readonly seconds: number;
  readonly service: "arm" | "graph";
  readonly method: "PUT" | "POST";
  /** Regular expression for path and query of the request. */
  readonly path: string;
  /** Whether the service answers at once and is asked again, a second later, whether it is done. @default false */
  readonly polled?: boolean;
}

function arm(token: string, seconds: number, type: string, polled = false): Latency {
  const path = `/providers/${type.replaceAll(".", "\\.").replaceAll("/*", "/[^/?]+")}/[^/?]+\\?`;
  return { token: `azure-native:${token}`, seconds, service: "arm", method: "PUT", path, polled };
}

function graph(token: string, seconds: number, path: string): Latency {
  return { token: `azuread:index/${token}`, seconds, service: "graph", method: "POST", path };
}

export const LATENCIES: readonly Latency[] = [
  graph("application:Application", 12, "^/v1\\.0/applications(\\?|$)"),
  graph("servicePrincipal:ServicePrincipal", 10, "^/v1\\.0/servicePrincipals(\\?|$)"),
  graph("appRoleAssignment:AppRoleAssignment", 1, "/appRoleAssignedTo(\\?|$)"),
  graph(
    "applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    6,
    "/federatedIdentityCredentials(\\?|$)",
  ),
  {
    token: "azure-native:resources:ResourceGroup",
    seconds: 2,
    service: "arm",
    method: "PUT",
    path: "^/subscriptions/[^/]+/resourceGroups/[^/?]+\\?",
  },
  arm(
    "managedidentity:UserAssignedIdentity",
    4,
    "Microsoft.ManagedIdentity/userAssignedIdentities",
  ),
  arm("authorization:RoleAssignment", 25, "Microsoft.Authorization/roleAssignments"),
  arm("botservice:Bot", 8, "Microsoft.BotService/botServices"),
  arm("botservice:Channel", 5, "Microsoft.BotService/botServices/*/channels"),
  arm("operationalinsights:Workspace", 30, "Microsoft.OperationalInsights/workspaces", true),
  arm("applicationinsights:Component", 5, "Microsoft.Insights/components"),
  arm("monitor:DiagnosticSetting", 4, "Microsoft.Insights/diagnosticSettings"),
  arm("monitor:AutoscaleSetting", 4, "Microsoft.Insights/autoscaleSettings"),
  arm("keyvault:Vault", 30, "Microsoft.KeyVault/vaults", true),
  arm("web:AppServicePlan", 12, "Microsoft.Web/serverfarms", true),
  arm("web:WebApp", 25, "Microsoft.Web/sites", true),
  arm("app:ManagedEnvironment", 150, "Microsoft.App/managedEnvironments", true),
  arm("app:ContainerApp", 25, "Microsoft.App/containerApps", true),
  arm(
    "app:ManagedCertificate",
    240,
    "Microsoft.App/managedEnvironments/*/managedCertificates",
    true,
  ),
  arm("network:VirtualNetwork", 6, "Microsoft.Network/virtualNetworks", true),
  arm("network:NetworkSecurityGroup", 4, "Microsoft.Network/networkSecurityGroups", true),
  arm("network:PublicIPAddress", 4, "Microsoft.Network/publicIPAddresses", true),
  arm("network:LoadBalancer", 6, "Microsoft.Network/loadBalancers", true),
  arm("compute:VirtualMachineScaleSet", 180, "Microsoft.Compute/virtualMachineScaleSets", true),
  arm("containerregistry:Registry", 15, "Microsoft.ContainerRegistry/registries", true),
  arm("storage:StorageAccount", 22, "Microsoft.Storage/storageAccounts", true),
  arm("dns:RecordSet", 3, "Microsoft.Network/dnsZones/*/[A-Z]+"),
];

// Under which ids Azure has the resources that this package makes: the paths that the azure-native provider fills from a
// resource's inputs. Source: the provider's own metadata, by type.

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const ACCOUNT = "Microsoft.Storage/storageAccounts/{accountName}";
const BOT = "Microsoft.BotService/botServices/{resourceName}";
const ENVIRONMENT = "Microsoft.App/managedEnvironments/{environmentName}";
const SITE = "Microsoft.Web/sites/{name}";

/** In a resource group: by type token without `azure-native:`. Parameters in braces are names of inputs. */
const IN_GROUP: Readonly<Record<string, string>> = {
  "app:ContainerApp": "Microsoft.App/containerApps/{containerAppName}",
  "app:ManagedCertificate": `${ENVIRONMENT}/managedCertificates/{managedCertificateName}`,
  "app:ManagedEnvironment": ENVIRONMENT,
  "applicationinsights:Component": "Microsoft.Insights/components/{resourceName}",
  "botservice:Bot": BOT,
  "botservice:Channel": `${BOT}/channels/{channelName}`,
  "compute:VirtualMachineScaleSet": "Microsoft.Compute/virtualMachineScaleSets/{vmScaleSetName}",
  "dns:RecordSet": "Microsoft.Network/dnsZones/{zoneName}/{recordType}/{relativeRecordSetName}",
  "keyvault:Vault": "Microsoft.KeyVault/vaults/{vaultName}",
  "managedidentity:UserAssignedIdentity":
    "Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}",
  "monitor:AutoscaleSetting": "Microsoft.Insights/autoscalesettings/{autoscaleSettingName}",
  "network:LoadBalancer": "Microsoft.Network/loadBalancers/{loadBalancerName}",
  "network:NetworkSecurityGroup":
    "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}",
  "network:PublicIPAddress": "Microsoft.Network/publicIPAddresses/{publicIpAddressName}",
  "network:VirtualNetwork": "Microsoft.Network/virtualNetworks/{virtualNetworkName}",
  "operationalinsights:Workspace": "Microsoft.OperationalInsights/workspaces/{workspaceName}",
  "storage:Blob": `${ACCOUNT}/containers/{containerName}/blobs/{blobName}`,
  "storage:StorageAccount": ACCOUNT,
  "storage:StorageAccountStaticWebsite": `${ACCOUNT}/staticWebsite`,
  "web:AppServicePlan": "Microsoft.Web/serverfarms/{name}",
  "web:Certificate": "Microsoft.Web/certificates/{name}",
  "web:WebApp": SITE,
  "web:WebAppHostNameBinding": `${SITE}/hostNameBindings/{hostName}`,
};

/** Elsewhere. `{+name}` is an id of another resource, slashes and all. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "authorization:RoleAssignment":
    "/{+scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
  "authorization:RoleDefinition":
    "/{+scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
  "monitor:DiagnosticSetting":
    "/{+resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
  "resources:ResourceGroup": GROUP,
};

/** The path of a type such as `azure-native:botservice:Bot`; undefined for one that this package never makes. */
export function resourcePath(type: string): string | undefined {
  const [, name] = /^azure-native:(.+)$/.exec(type) ?? [];
  if (name === undefined) return undefined;
  const below = IN_GROUP[name];
  return below === undefined ? ELSEWHERE[name] : `${GROUP}/providers/${below}`;
}

/** The id that a resource with these inputs has; undefined where its type is unknown or a part of the id is missing. */
export function resourceIdOf(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
  subscriptionId: string | undefined,
): string | undefined {
  const parts: Readonly<Record<string, unknown>> = { ...inputs, subscriptionId };
  let isWhole = true;
  const id = resourcePath(type)?.replace(
    /\{(\+?)(\w+)\}/g,
    (_, manyParts: string, name: string) => {
      const value = parts[name];
      if (typeof value !== "string" || value === "") {
        isWhole = false;
        return "";
      }
      return manyParts === "" ? encodeURIComponent(value) : value.replace(/^\/+|\/+$/g, "");
    },
  );
  return isWhole ? id : undefined;
}

/** The type in Resource Manager's own words, such as `Microsoft.Web/sites/hostNameBindings`; undefined for one that this package never makes. */
export function armTypeOf(type: string): string | undefined {
  const path = resourcePath(type);
  if (path === GROUP) return "Microsoft.Resources/subscriptions/resourceGroups";
  const [, below] = path?.split("/providers/") ?? [];
  const parts = below?.split("/").filter((part) => !part.startsWith("{"));
  return parts?.join("/");
}

// The clouds a bot can be registered in and the addresses of each.
// Sources: "Microsoft Graph national cloud deployments"; "Deploy a bot to Azure Government and Office 365 GCC High";
// "Configure an app to trust a managed identity" (the audiences). Nothing here was tried against a national cloud.
import type { Issue } from "./issue.js";

/** @default Cloud.Public */
export enum Cloud {
  Public = "public",
  /** US government, moderate: the public cloud's addresses, with its own Teams deployment. */
  GccModerate = "gccModerate",
  /** US government L4. */
  GccHigh = "gccHigh",
  /** US government L5. */
  Dod = "dod",
  /** Operated by 21Vianet. Microsoft Graph has no calling there. */
  China = "china",
}

/** Where a cloud's services answer. Origins are `https://host[:port]` without a path or a final slash. */
export interface CloudEndpoints {
  /** How messages call it: `Azure public`, `local`. */
  readonly name: string;
  /** Microsoft Entra sign-in (origin). */
  readonly login: string;
  /** Microsoft Graph (origin); app role consent uses `{graph}/.default`. */
  readonly graph: string;
  /** Azure Resource Manager (origin). */
  readonly arm: string;
  /** Azure portal (origin). */
  readonly portal: string;
  /** Key Vault (origin): whom a token for a vault is for; a vault's own host lies below it. */
  readonly vault: string;
  /** Audience of a federated credential that trusts a managed identity. */
  readonly federatedAudience: string;
  /** What the bot's own `ChannelService` setting must be; left out where the SDK's default is right. */
  readonly botChannelService?: string;
  /** Whether the Graph calls API exists there. */
  readonly callingAvailable: boolean;
  /** `deploymentEnvironment` of the Teams channel; left out where the service's default is right. */
  readonly deploymentEnvironment?: string;
}

const PUBLIC: CloudEndpoints = {
  name: "Azure public",
  login: "https://login.microsoftonline.com",
  graph: "https://graph.microsoft.com",
  arm: "https://management.azure.com",
  portal: "https://portal.azure.com",
  vault: "https://vault.azure.net",
  federatedAudience: "api://AzureADTokenExchange",
  callingAvailable: true,
};

const GOVERNMENT: CloudEndpoints = {
  name: "Azure US Government (GCC High)",
  login: "https://login.microsoftonline.us",
  graph: "https://graph.microsoft.us",
  arm: "https://management.usgovcloudapi.net",
  portal: "https://portal.azure.us",
  vault: "https://vault.usgovcloudapi.net",
  federatedAudience: "api://AzureADTokenExchangeUSGov",
  botChannelService: "https://botframework.azure.us",
  callingAvailable: true,
  // No deploymentEnvironment value for Azure Government was found; leaving it out is unverified.
};

const TABLE: Readonly<Record<Cloud, CloudEndpoints>> = {
  [Cloud.Public]: PUBLIC,
  [Cloud.GccModerate]: {
    ...PUBLIC,
    name: "Azure public (GCC)",
    deploymentEnvironment: "GCCModerateDeployment",
  },
  [Cloud.GccHigh]: GOVERNMENT,
  [Cloud.Dod]: {
    ...GOVERNMENT,
    name: "Azure US Government (DoD)",
    graph: "https://dod-graph.microsoft.us",
  },
  [Cloud.China]: {
    name: "Azure China (21Vianet)",
    // The pages of Entra and Bot Service say this host, those of Graph login.chinacloudapi.cn.
    login: "https://login.partner.microsoftonline.cn",
    graph: "https://microsoftgraph.chinacloudapi.cn",
    arm: "https://management.chinacloudapi.cn",
    portal: "https://portal.azure.cn",
    vault: "https://vault.azure.cn",
    federatedAudience: "api://AzureADTokenExchangeChina",
    callingAvailable: false,
  },
};

/** The addresses of a cloud. */
export function cloudEndpoints(cloud: Cloud): CloudEndpoints {
  return TABLE[cloud];
}

/**
 * The addresses to use in this environment: those of the local cloud when `AZURE_AUTHORITY_HOST`, `LOCAL_ARM_URL` and
 * `LOCAL_GRAPH_URL` are all set (`npm run local` sets them), otherwise those of `cloud`.
 * Locally only the three origins and the name change, so that a stack for GCC still shows what it would send.
 */
export function endpointsFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  cloud: Cloud,
): CloudEndpoints {
  const endpoints = cloudEndpoints(cloud);
  const { AZURE_AUTHORITY_HOST: login, LOCAL_ARM_URL: arm, LOCAL_GRAPH_URL: graph } = env;
  if (!login || !arm || !graph) return endpoints;
  return {
    ...endpoints,
    name: "local",
    login: withoutSlash(login),
    graph: withoutSlash(graph),
    arm: withoutSlash(arm),
  };
}

function withoutSlash(origin: string): string {
  return origin.replace(/\/+$/, "");
}

/** An issue for a cloud in which a calling bot cannot work. */
export function checkCloud(cloud: Cloud, path = "cloud"): Issue[] {
  if (cloudEndpoints(cloud).callingAvailable) return [];
  return [
    {
      path,
      rule: "must be a cloud in which Microsoft Graph offers calls, and the one operated by 21Vianet does not",
      whose: "Microsoft Graph",
      got: `"${cloud}"`,
      fix: `Use ${Cloud.Public}, ${Cloud.GccModerate}, ${Cloud.GccHigh} or ${Cloud.Dod}.`,
    },
  ];
}

// What a stack tells the providers rather than this package: where Azure resources go, which cloud, which ids. The providers
// would say what is wrong there one at a time and half-way, and a misspelt setting of theirs not at all.
import { Cloud } from "./clouds.js";
import { checkGuid } from "./guid.js";
import { type Issue, shown } from "./issue.js";
import { checkLocation } from "./names.js";
import { nearest } from "./nearest.js";

type Texts = Readonly<Record<string, string | undefined>>;

/** What is read to judge the settings of the providers. */
export interface ProviderSettings {
  /** The namespace of this program's own keys. */
  readonly project: string;
  /** Every key of the stack with its text. */
  readonly values: Texts;
  /** The variables that stand in for keys that are left out. */
  readonly environment: Texts;
  /** `cloud` as the stack says it; another value than those known counts as absent. @default Cloud.Public */
  readonly cloud: unknown;
  /** Whether something that needs a region is made, and nothing of this package says which. */
  readonly needsLocation: boolean;
}

/** Issues of the keys of `azure-native` and `azuread`, and of keys whose namespace is misspelt. */
export function checkProviderSettings(settings: ProviderSettings): Issue[] {
  return [
    ...checkSpelling(settings),
    ...checkPlace(settings),
    ...checkIds(settings.values),
    ...checkEnvironments(settings),
  ];
}

// Names of the settings of @pulumi/azure-native 3.28 and @pulumi/azuread 6.9. A later version may have more, so a name that
// resembles none of these is left alone.
const SIGN_IN =
  "clientCertificatePassword clientCertificatePath clientId clientSecret environment metadataHost msiEndpoint oidcRequestToken oidcRequestUrl oidcToken oidcTokenFilePath partnerId tenantId useMsi useOidc";
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "azure-native":
    `${SIGN_IN} auxiliaryTenantIds disableInstanceDiscovery disablePulumiPartnerId location subscriptionId useDefaultAzureCredential`.split(
      " ",
    ),
  azuread:
    `${SIGN_IN} adoPipelineServiceConnectionId clientCertificate clientIdFilePath clientSecretFilePath disableTerraformPartnerId useAksWorkloadIdentity useCli`.split(
      " ",
    ),
};

// The value of a misspelt key is never shown: it may be a secret.
function checkSpelling({ project, values }: ProviderSettings): Issue[] {
  const namespaces = [...Object.keys(KNOWN), project];
  return Object.keys(values).flatMap((key) => {
    const [namespace = "", ...rest] = key.split(":");
    const name = rest.join(":");
    if (!namespaces.includes(namespace)) {
      const meant = namespace === "pulumi" ? undefined : nearest(namespace, namespaces);
      return meant === undefined ? [] : [misspelt(key, `${meant}:${name}`)];
    }
    const known = KNOWN[namespace] ?? [];
    const meant = known.includes(name) ? undefined : nearest(name, known);
    return meant === undefined ? [] : [misspelt(key, `${namespace}:${meant}`)];
  });
}

function misspelt(path: string, meant: string): Issue {
  return {
    path,
    rule: "is no setting that anything reads",
    whose: "this package",
    fix: `Write "${meant}" instead, or remove it.`,
  };
}

const LOCATION = "azure-native:location";

function checkPlace({ values, needsLocation }: ProviderSettings): Issue[] {
  const location = values[LOCATION];
  if (location !== undefined) return checkLocation(LOCATION, location);
  if (!needsLocation) return [];
  return [
    {
      path: LOCATION,
      rule: "must be given, unless resourceGroup.location is or the group exists already",
      whose: "Azure Resource Manager",
      fix: `Name the region: pulumi config set ${LOCATION} westeurope.`,
    },
  ];
}

function checkIds(values: Texts): Issue[] {
  const ids: [string, string][] = [
    ["azure-native:subscriptionId", "the id of the subscription, not its name"],
    ["azure-native:tenantId", "the id of the tenant, not its domain"],
    ["azuread:tenantId", "the id of the tenant, not its domain"],
  ];
  const each = ids.flatMap(([key, what]) => {
    const value = values[key];
    return value === undefined ? [] : checkGuid(key, value, what);
  });
  const [tenant, directory] = [values["azure-native:tenantId"], values["azuread:tenantId"]];
  if (each.length > 0 || tenant === undefined || directory === undefined) return each;
  if (tenant.toLowerCase() === directory.toLowerCase()) return [];
  return [
    {
      path: "azuread:tenantId",
      rule: "must be the tenant of azure-native:tenantId, because a bot and its identity live in one",
      whose: "Azure Bot Service",
      got: shown(directory),
      fix: "Correct one of the two, or leave both out.",
    },
  ];
}

/** What each provider calls a cloud; the first is the one to write. In small letters: the providers ignore case. */
interface EnvironmentNames {
  readonly "azure-native": readonly [string, ...string[]];
  readonly azuread: readonly [string, ...string[]];
}

const PUBLIC: EnvironmentNames = {
  "azure-native": ["public", "azurecloud", "azurepublic", "azurepubliccloud"],
  azuread: ["public", "global"],
};
const GOVERNMENT = [
  "usgovernment",
  "azureusgovernment",
  "azureusgovernmentcloud",
  "usgovernmentl4",
] as const;

const ENVIRONMENTS: Readonly<Record<string, EnvironmentNames>> = {
  [Cloud.Public]: PUBLIC,
  [Cloud.GccModerate]: PUBLIC,
  [Cloud.GccHigh]: {
    "azure-native": GOVERNMENT,
    azuread: ["usgovernmentl4", "usgovernment"],
  },
  [Cloud.Dod]: {
    "azure-native": [...GOVERNMENT, "usgovernmentl5", "dod"],
    azuread: ["usgovernmentl5", "dod"],
  },
};

/** What each provider calls a cloud; undefined for one in which no bot can call. */
export function providerEnvironment(
  cloud: Cloud,
): Readonly<Record<"azure-native" | "azuread", string>> | undefined {
  const names = ENVIRONMENTS[cloud];
  return names && { "azure-native": names["azure-native"][0], azuread: names.azuread[0] };
}

/**
 * The providers have to talk to the cloud that the stack names: one that is left at its default talks to the public one.
 * Azure's own provider may still take the cloud from the Azure CLI, so there only what is stated is judged.
 */
function checkEnvironments({ values, environment, cloud }: ProviderSettings): Issue[] {
  const named = String(cloud ?? Cloud.Public);
  const names = Object.hasOwn(ENVIRONMENTS, named) ? ENVIRONMENTS[named] : undefined;
  if (names === undefined) return [];
  const variable = environment["ARM_ENVIRONMENT"];
  const stated = {
    "azure-native":
      values["azure-native:environment"] ?? variable ?? environment["AZURE_ENVIRONMENT"],
    azuread: values["azuread:environment"] ?? variable ?? "public",
  };
  return (["azure-native", "azuread"] as const).flatMap((provider) => {
    const elsewhere = values[`${provider}:metadataHost`] ?? metadataHost(environment);
    const said = stated[provider];
    const right = names[provider];
    if (elsewhere || said === undefined || right.includes(said.toLowerCase())) return [];
    return [
      {
        path: `${provider}:environment`,
        rule: `must be ${right[0]} for cloud ${named}`,
        whose: `the ${provider} provider`,
        got: shown(said),
        fix: `Set it: pulumi config set ${provider}:environment ${right[0]}; or correct cloud.`,
      },
    ];
  });
}

/** A provider that is given a metadata host takes the cloud from there; the local cloud gives one for whichever cloud. */
function metadataHost(environment: Texts): string | undefined {
  return environment["LOCAL_ARM_URL"] ? undefined : environment["ARM_METADATA_HOSTNAME"];
}

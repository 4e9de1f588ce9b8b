import { describe, expect, it } from "vitest";
import { Cloud } from "../../rules/clouds.js";
import { formatIssue } from "../../rules/issue.js";
import { checkProviderSettings, type ProviderSettings } from "../../rules/provider-settings.js";

const GUID = "11111111-1111-4111-8111-000000000001";

function check(
  values: Record<string, string>,
  more: Partial<Omit<ProviderSettings, "values">> = {},
): string[] {
  return checkProviderSettings({
    project: "teams-calling-bot",
    environment: {},
    cloud: undefined,
    needsLocation: false,
    ...more,
    values,
  }).map(formatIssue);
}

describe("a key", () => {
  it("of a provider that is misspelt is refused with what was meant, and its value is not shown", () => {
    expect(
      check({ "azure-native:locaton": "westeurope", "azuread:clientSecrt": "hunter2" }),
    ).toEqual([
      'azure-native:locaton is no setting that anything reads (this package). Write "azure-native:location" instead, or remove it.',
      'azuread:clientSecrt is no setting that anything reads (this package). Write "azuread:clientSecret" instead, or remove it.',
    ]);
  });

  it.each(["azure_native:location", "team-calling-bot:host", "azure-ad:tenantId"])(
    "with a misspelt namespace is refused: %s",
    (key) => {
      expect(check({ [key]: "x" })).toEqual([
        expect.stringMatching(/is no setting that anything reads .* Write "[a-z-]+:\w+" instead/),
      ]);
    },
  );

  it("of another package, of the engine, or of a provider's later version is left alone", () => {
    expect(
      check({
        "aws:region": "eu-west-1",
        "pulumi:disable-default-providers": '["*"]',
        "azure-native:brandNewSetting": "1",
        "azure-native:partnerId": GUID,
        "azuread:useCli": "false",
      }),
    ).toEqual([]);
  });
});

describe("the region", () => {
  it("must be given when something needs one", () => {
    expect(check({}, { needsLocation: true })).toEqual([
      "azure-native:location must be given, unless resourceGroup.location is or the group exists already (Azure Resource Manager). Name the region: pulumi config set azure-native:location westeurope.",
    ]);
    expect(check({ "azure-native:location": "West Europe" }, { needsLocation: true })).toEqual([]);
    expect(check({})).toEqual([]);
  });

  it("must look like one", () => {
    expect(check({ "azure-native:location": "west_europe!" })).toEqual([
      'azure-native:location must be the name of an Azure region (Azure Resource Manager), got "west_europe!". Write it as in westeurope.',
    ]);
  });
});

describe("ids", () => {
  it("must be GUIDs, and both providers must work in one tenant", () => {
    expect(check({ "azure-native:subscriptionId": "Production" })).toEqual([
      'azure-native:subscriptionId must be a GUID (8-4-4-4-12 hexadecimal digits) (Microsoft Entra ID), got "Production". Give the id of the subscription, not its name.',
    ]);
    const other = GUID.replace(/1$/, "2");
    expect(check({ "azure-native:tenantId": GUID, "azuread:tenantId": other })).toEqual([
      `azuread:tenantId must be the tenant of azure-native:tenantId, because a bot and its identity live in one (Azure Bot Service), got "${other}". Correct one of the two, or leave both out.`,
    ]);
    expect(
      check({ "azure-native:tenantId": GUID, "azuread:tenantId": GUID.toUpperCase() }),
    ).toEqual([]);
  });
});

describe("the providers' cloud", () => {
  const gccHigh = { cloud: Cloud.GccHigh };

  it("must be the one that the stack names", () => {
    expect(check({}, gccHigh)).toEqual([
      'azuread:environment must be usgovernmentl4 for cloud gccHigh (the azuread provider), got "public". Set it: pulumi config set azuread:environment usgovernmentl4; or correct cloud.',
    ]);
    const wrong = { "azure-native:environment": "public", "azuread:environment": "usgovernmentl5" };
    expect(check(wrong, gccHigh)).toEqual([
      expect.stringContaining("azure-native:environment must be usgovernment for cloud gccHigh"),
      expect.stringContaining("azuread:environment must be usgovernmentl4 for cloud gccHigh"),
    ]);
    expect(check({ "azuread:environment": "usgovernment" })).toEqual([
      expect.stringContaining("azuread:environment must be public for cloud public"),
    ]);
  });

  it.each([
    [Cloud.Public, "public", "global"],
    [Cloud.GccModerate, "public", "public"],
    [Cloud.GccHigh, "usgovernment", "usgovernmentl4"],
    [Cloud.GccHigh, "AzureUSGovernment", "usgovernment"],
    [Cloud.Dod, "usgovernment", "usgovernmentl5"],
    [Cloud.Dod, "usgovernment", "DoD"],
  ])("%s is right with azure-native %s and azuread %s", (cloud, azureNative, azuread) => {
    const values = { "azure-native:environment": azureNative, "azuread:environment": azuread };
    expect(check(values, { cloud })).toEqual([]);
  });

  it("may come from a variable of the environment, or from a metadata host", () => {
    expect(check({}, { ...gccHigh, environment: { ARM_ENVIRONMENT: "usgovernment" } })).toEqual([]);
    expect(check({}, { environment: { ARM_ENVIRONMENT: "usgovernment" } })).toHaveLength(2);
    const ARM_METADATA_HOSTNAME = "management.contoso.com";
    expect(check({}, { ...gccHigh, environment: { ARM_METADATA_HOSTNAME } })).toEqual([]);
  });

  it("is judged on the local cloud as in Azure, which has a metadata host for every cloud", () => {
    const environment = {
      LOCAL_ARM_URL: "https://localhost:9444",
      ARM_METADATA_HOSTNAME: "localhost:9444",
    };
    expect(check({}, { ...gccHigh, environment })).toHaveLength(1);
  });

  it("is not compared with a cloud that is refused anyway", () => {
    expect(check({}, { cloud: "moon" })).toEqual([]);
    expect(check({}, { cloud: Cloud.China })).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { BotType } from "../../../rules/bot-choices.js";
import { Cloud, cloudEndpoints } from "../../../rules/clouds.js";
import { checkAllowedAddresses } from "../../../rules/hosts/allowed-addresses.js";
import { type AppSettingFacts, appSettings } from "../../../rules/hosts/app-settings.js";
import { checkWorkload, type WorkloadWish } from "../../../rules/hosts/workload.js";
import { formatIssue } from "../../../rules/issue.js";

const said = (wish: WorkloadWish) => checkWorkload("host", wish).map(formatIssue);

describe("the process on a host", () => {
  it.each([
    "api/calling",
    "/api/calling?x=1",
    "/api/calling#x",
    "/api/../calling",
    "//evil.com",
    "/a b",
  ])("takes no calls at %j", (callingPath) => {
    expect(said({ callingPath })).toEqual([
      `host.callingPath must be the path of a URL: a slash first, no query, no fragment, no dot segments (this package), got "${callingPath}". Write it as in /api/calling.`,
    ]);
  });

  it("may be told more, by names that every host takes", () => {
    expect(said({ settings: { Bot__Greeting: "Hello", LOG_LEVEL: "info" } })).toEqual([]);
    expect(said({ settings: { "Bot:Greeting": "Hello" } })).toEqual([
      'host.settings must have names of letters, digits and underscores, with no digit first (this package), got "Bot:Greeting". Respell it; two underscores stand for a level of .NET configuration, as in Bot__Greeting.',
    ]);
  });

  it("is told nothing twice, and not what the registration says", () => {
    expect(said({ settings: { microsoftappid: "x" } })).toEqual([
      "host.settings.microsoftappid must be left out, because this package sets it from the registration (this package). Remove it.",
    ]);
    expect(said({ settings: { speech: "x" }, secretSettings: { Speech: "speech" } })).toEqual([
      "host.secretSettings.Speech must not stand under settings.speech as well (this package). Keep the one under secretSettings.",
    ]);
  });

  it.each(["MicrosoftAppPassword", "Speech__ApiKey", "CLIENT_SECRET", "Redis_Connection_String"])(
    "has no setting %s in plain text",
    (name) => {
      const issues = said({ settings: { [name]: "hunter2" } });
      expect(issues).toEqual([
        `host.settings.${name} must not hold a secret, because settings stand in the state in plain text (this package). Put the value into the host's Key Vault and name it under secretSettings.`,
      ]);
    },
  );

  it("names a secret, and a value put there by mistake is not shown", () => {
    const issues = said({ secretSettings: { SPEECH: "p@ssw0rd!" } });
    expect(issues).toEqual([
      "host.secretSettings.SPEECH must be the name of a secret: 1 to 127 letters, digits and hyphens (Azure Key Vault). Give the name under which the host's vault holds the value, never the value itself.",
    ]);
  });
});

describe("the settings that follow from a registration", () => {
  const facts: AppSettingFacts = {
    appId: "app",
    tenantId: "tenant",
    botType: BotType.SingleTenant,
    identityClientId: "identity",
    hostName: "bot.contoso.com",
    applicationInsightsConnectionString: "InstrumentationKey=1",
    cloud: cloudEndpoints(Cloud.Public),
  };

  it("stand under the names that Microsoft's SDKs and samples read, and none is a secret", () => {
    expect(appSettings(facts)).toEqual({
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppId: "app",
      MicrosoftAppTenantId: "tenant",
      CLIENT_ID: "app",
      TENANT_ID: "tenant",
      MANAGED_IDENTITY_CLIENT_ID: "identity",
      AZURE_CLIENT_ID: "identity",
      AzureAd__Instance: "https://login.microsoftonline.com/",
      AzureAd__TenantId: "tenant",
      AzureAd__ClientId: "app",
      Bot__AppId: "app",
      Bot__BotBaseUrl: "https://bot.contoso.com",
      Bot__PlaceCallEndpointUrl: "https://graph.microsoft.com/v1.0",
      APPLICATIONINSIGHTS_CONNECTION_STRING: "InstrumentationKey=1",
    });
  });

  it("name the channel service of a cloud that has its own", () => {
    const gov = appSettings({ ...facts, cloud: cloudEndpoints(Cloud.GccHigh) });
    expect(gov["ChannelService"]).toBe("https://botframework.azure.us");
    expect(gov["Bot__PlaceCallEndpointUrl"]).toBe("https://graph.microsoft.us/v1.0");
  });
});

describe("who else reaches a host's vault", () => {
  it.each(["20.30.40.50", "20.30.40.0/24", "8.0.0.0/8"])("may be %s", (address) => {
    expect(checkAllowedAddresses("allowedAddresses", [address])).toEqual([]);
  });

  it.each([
    "10.1.2.3",
    "0.0.0.0/0",
    "20.30.40.256",
    "2a01::1",
    "20.30.40.0/33",
    "bot.contoso.com",
    "",
  ])("is never %j", (address) => {
    expect(checkAllowedAddresses("host.allowedAddresses", [address]).map(formatIssue)).toEqual([
      `host.allowedAddresses[0] must be a public IPv4 address, or a range of them as in 20.30.40.0/24 (Azure Key Vault), got ${JSON.stringify(address)}. Give the address from which the Internet sees the person or pipeline.`,
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { Cloud } from "../../../rules/clouds.js";
import {
  type AppServiceDomainWish,
  appServiceAppId,
  checkAppServiceDomain,
} from "../../../rules/hosts/app-service-domain.js";
import { formatIssue } from "../../../rules/issue.js";

const GROUP = "/subscriptions/10ca1000-0000-4000-8000-00000000000a/resourceGroups/r/providers";
const certificate = { vaultId: `${GROUP}/Microsoft.KeyVault/vaults/contoso`, secretName: "bot" };
const ZONE = `${GROUP}/Microsoft.Network/dnsZones/contoso.com`;

const sentences = (wish: AppServiceDomainWish) =>
  checkAppServiceDomain("host", wish).map(formatIssue);

describe("a domain on App Service", () => {
  it("is left out together with its certificate, or given with it", () => {
    expect(sentences({})).toEqual([]);
    expect(sentences({ domain: "bot.contoso.com", certificate })).toEqual([]);
    expect(sentences({ domain: "bot.contoso.com", certificate, dnsZoneId: ZONE })).toEqual([]);
  });

  it("is refused without a certificate, and a certificate without a domain", () => {
    const fix =
      "Give the host name and the certificate for it, or neither: the name that Azure gives has one.";
    expect(sentences({ domain: "bot.contoso.com" })).toEqual([
      `host.certificate must be given with host.domain (this package). ${fix}`,
    ]);
    expect(sentences({ certificate })).toEqual([
      `host.domain must be given with host.certificate (this package). ${fix}`,
    ]);
  });

  it("is refused at the top of its zone", () => {
    expect(sentences({ domain: "contoso.com", certificate, dnsZoneId: ZONE })).toEqual([
      'host.domain must be a name below the top of its zone, because the top cannot be an alias of a site (Azure DNS), got "contoso.com". Write a name such as bot.contoso.com.',
    ]);
  });

  it("is refused with a certificate that no vault can have", () => {
    const wrong = { vaultId: "contoso", secretName: "bot/1" };
    expect(sentences({ domain: "bot.contoso.com", certificate: wrong })).toEqual([
      'host.certificate.vaultId must be the resource id of one Microsoft.KeyVault/vaults (Azure Resource Manager), got "contoso". Copy it from the resource\'s properties: /subscriptions/ID/resourceGroups/NAME/providers/Microsoft.KeyVault/vaults/NAME.',
      'host.certificate.secretName must be the name of a certificate: 1 to 127 letters, digits and hyphens (Azure Key Vault), got "bot/1". Give its name alone, without the vault\'s address and without a version.',
    ]);
  });

  it("has its certificate read by the App Service of its cloud", () => {
    expect(appServiceAppId(Cloud.Public)).toBe("abfa0a7c-a6b6-4736-8310-5855508787cd");
    expect(appServiceAppId(Cloud.GccHigh)).not.toBe(appServiceAppId(Cloud.Public));
  });
});

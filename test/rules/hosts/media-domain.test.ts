import { describe, expect, it } from "vitest";
import { checkDnsLabel, checkMediaDomain } from "../../../rules/hosts/media-domain.js";
import { formatIssue } from "../../../rules/issue.js";

describe("the host name of a bot that hosts media", () => {
  it.each([
    ["contoso.azurefd.net", "Azure Front Door"],
    ["contoso.z01.azurefd.net", "Azure Front Door"],
    ["contoso.azureedge.net", "Azure CDN"],
    ["Contoso.AzureWebsites.net.", "Azure App Service"],
    ["bot.happy-1.westeurope.azurecontainerapps.io", "Azure Container Apps"],
    ["contoso.azure-api.net", "Azure API Management"],
    ["contoso.azurestaticapps.net", "Azure Static Web Apps"],
    ["contoso.z6.web.core.windows.net", "Azure Storage"],
    ["d111.cloudfront.net", "Amazon CloudFront"],
  ])(
    "%s is refused: a proxy ends TLS (Application Gateway in front of 8445 fails)",
    (domain, service) => {
      expect(checkMediaDomain("host.domain", domain).map(formatIssue)).toEqual([
        `host.domain must not be a name of ${service}, because media needs TLS that ends on the machine itself (Microsoft's media platform), got "${domain}". Give a name of your own that leads to the load balancer, with no Front Door, Application Gateway or other proxy in front.`,
      ]);
    },
  );

  it("is one of the stack's own, not the one that Azure gives", () => {
    expect(checkMediaDomain("host.domain", "bot.contoso.com")).toEqual([]);
    expect(checkMediaDomain("host.domain", "notazurefd.net")).toEqual([]);
    const azures = checkMediaDomain("host.domain", "bot.westeurope.cloudapp.azure.com");
    expect(azures.map(formatIssue)).toEqual([
      'host.domain must be a name of your own, and names that end in .cloudapp.azure.com are Azure\'s (this package), got "bot.westeurope.cloudapp.azure.com". Leave it out to use the name that Azure gives, or write a name of a domain that you own.',
    ]);
    expect(checkMediaDomain("host.domain", "https://bot.contoso.com")).toHaveLength(1);
  });

  it.each(["ab", "1bot", "bot-", "Bot", "a".repeat(64), "bot.contoso"])(
    "has no label such as %s",
    (label) => {
      expect(checkDnsLabel("host.dnsLabel", label).map(formatIssue)).toEqual([
        `host.dnsLabel must be 3 to 63 lower-case letters, digits or hyphens, a letter first and no hyphen last (Azure Network), got "${label}". Respell it, or leave it out to get a stable one.`,
      ]);
    },
  );

  it("has a label such as contoso-bot", () => {
    expect(checkDnsLabel("host.dnsLabel", "contoso-bot")).toEqual([]);
    expect(checkDnsLabel("host.dnsLabel", "a".repeat(63))).toEqual([]);
  });
});

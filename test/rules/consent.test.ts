import { describe, expect, it } from "vitest";
import { Cloud, cloudEndpoints } from "../../rules/clouds.js";
import { adminConsentUrl, checkConsentTenant } from "../../rules/consent.js";
import { RulesError } from "../../rules/issue.js";

const request = {
  endpoints: cloudEndpoints(Cloud.GccHigh),
  tenant: "10ca1000-0000-4000-8000-000000000001",
  appId: "11111111-1111-4111-8111-111111111111",
  redirectUri: "https://bot.contoso.com/consented?a=b",
};

describe("the admin consent link", () => {
  it("asks for everything the application declares, on the cloud's own hosts", () => {
    expect(adminConsentUrl({ ...request, state: "a b" })).toBe(
      "https://login.microsoftonline.us/10ca1000-0000-4000-8000-000000000001/v2.0/adminconsent?client_id=11111111-1111-4111-8111-111111111111&scope=https%3A%2F%2Fgraph.microsoft.us%2F.default&redirect_uri=https%3A%2F%2Fbot.contoso.com%2Fconsented%3Fa%3Db&state=a+b",
    );
  });

  it("has the older form when there is no reply URL to come back to", () => {
    const { redirectUri: _, ...rest } = request;
    expect(adminConsentUrl(rest)).toBe(
      "https://login.microsoftonline.us/10ca1000-0000-4000-8000-000000000001/adminconsent?client_id=11111111-1111-4111-8111-111111111111",
    );
  });

  it.each(["common", "Common", "consumers", "", "a/b", "x y"])(
    "refuses the tenant %j",
    (tenant) => {
      expect(() => adminConsentUrl({ ...request, tenant })).toThrow(RulesError);
    },
  );

  it.each(["organizations", "contoso.onmicrosoft.com", request.tenant])("takes %s", (tenant) => {
    expect(checkConsentTenant("tenant", tenant)).toEqual([]);
  });
});

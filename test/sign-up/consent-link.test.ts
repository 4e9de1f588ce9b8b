import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cloud, cloudEndpoints } from "../../rules/clouds.js";
import { adminConsentUrl } from "../../rules/consent.js";
import { consentLink } from "../../sign-up/browser/consent-link.js";

describe("the link that the page leaves by", () => {
  it("is the one of Microsoft's page on admin consent, for app roles", () => {
    expect(
      consentLink({
        login: "https://login.microsoftonline.us",
        graph: "https://graph.microsoft.us",
        appId: "11111111-1111-4111-8111-111111111111",
        redirectUri: "https://signup.contoso.example/consented.html",
        tenant: "organizations",
        state: "00ff",
      }),
    ).toBe(
      "https://login.microsoftonline.us/organizations/v2.0/adminconsent?client_id=11111111-1111-4111-8111-111111111111&scope=https%3A%2F%2Fgraph.microsoft.us%2F.default&redirect_uri=https%3A%2F%2Fsignup.contoso.example%2Fconsented.html&state=00ff",
    );
  });

  it("is the one that the rules build, for every cloud, tenant and redirect URI", () => {
    const tenants = fc.oneof(fc.domain(), fc.uuid(), fc.constant("organizations"));
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(Cloud)),
        tenants,
        fc.uuid(),
        fc.webUrl({ withQueryParameters: true }),
        fc.string(),
        (cloud, tenant, appId, redirectUri, state) => {
          const endpoints = cloudEndpoints(cloud);
          const { login, graph } = endpoints;
          expect(consentLink({ login, graph, appId, redirectUri, tenant, state })).toBe(
            adminConsentUrl({ endpoints, tenant, appId, redirectUri, state }),
          );
        },
      ),
    );
  });
});

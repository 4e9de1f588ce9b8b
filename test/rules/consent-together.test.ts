import { describe, expect, it } from "vitest";
import { Tenancy } from "../../rules/bot-choices.js";
import { ConsentMode } from "../../rules/consent.js";
import { type ConsentSurroundings, checkConsentTogether } from "../../rules/consent-together.js";

const ASSIGNMENT = "/servicePrincipals/10ca1000-0000-4000-8000-000000000003/appRoleAssignedTo/abc";

function paths(consent: ConsentSurroundings["consent"], tenancy?: Tenancy): string[] {
  const asked = ["Calls.Initiate.All"];
  return checkConsentTogether({ consent, tenancy, botType: undefined, asked }).map(
    ({ path }) => path,
  );
}

describe("settings of consent", () => {
  it("name the return page of a sign-up site", () => {
    expect(paths({ mode: ConsentMode.SignUp })).toEqual(["consent.redirectUrl"]);
    expect(paths({ mode: ConsentMode.SignUp, redirectUrl: "https://contoso.com/x" })).toEqual([]);
    expect(paths({})).toEqual([]);
  });

  it("put up a page of their own, or name one elsewhere, and never both", () => {
    const publisher = { name: "Contoso" };
    const redirectUrl = "https://contoso.com/consented.html";
    expect(paths({ mode: ConsentMode.SignUp, publisher, reasons: {} })).toEqual([]);
    expect(paths({ mode: ConsentMode.SignUp, publisher, redirectUrl })).toEqual([
      "consent.redirectUrl",
    ]);
    expect(paths({ mode: ConsentMode.SignUp, redirectUrl, reasons: {} })).toEqual([
      "consent.reasons",
    ]);
    expect(paths({ mode: ConsentMode.Url, publisher })).toEqual(["consent.publisher"]);
    expect(paths({ reasons: {} })).toEqual(["consent.reasons"]);
  });

  it("name customers only for a multi-tenant application", () => {
    expect(paths({ customerTenants: ["fabrikam.com"] })).toEqual(["consent.customerTenants"]);
    expect(paths({ customerTenants: [] })).toEqual([]);
    expect(paths({ customerTenants: ["fabrikam.com"] }, Tenancy.MultiTenant)).toEqual([]);
  });

  it("take assignments over only where the stack grants", () => {
    const adopt = { "Calls.Initiate.All": ASSIGNMENT };
    expect(paths({ mode: ConsentMode.Grant, adopt })).toEqual([]);
    expect(paths({ mode: ConsentMode.Url, adopt })).toEqual(["consent.adopt"]);
    expect(paths({ mode: ConsentMode.Grant, adopt: { "Calls.Initiate.All": "abc" } })).toEqual([
      'consent.adopt["Calls.Initiate.All"]',
    ]);
  });
});

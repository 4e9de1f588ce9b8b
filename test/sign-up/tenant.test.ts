import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkConsentTenant } from "../../rules/consent.js";
import { ANY_ORGANISATION, readTenant, TenantProblem } from "../../sign-up/browser/tenant.js";

const GUID = "10ca1000-0000-4000-8000-000000000001";

describe("the organisation that is typed", () => {
  it.each([
    ["contoso.com", "contoso.com"],
    ["  Contoso.OnMicrosoft.com. ", "contoso.onmicrosoft.com"],
    ["admin@contoso.co.uk", "contoso.co.uk"],
    ["xn--mnchen-3ya.de", "xn--mnchen-3ya.de"],
    ["München.DE", "xn--mnchen-3ya.de"],
    ["ada@例え.jp", "xn--r8jz45g.jp"],
    [GUID.toUpperCase(), GUID],
    [`{${GUID}}`, GUID],
  ])("%j is %s", (typed, tenant) => {
    expect(readTenant(typed)).toEqual({ tenant });
  });

  it.each([
    ["", TenantProblem.Missing],
    ["   ", TenantProblem.Missing],
    ["common", TenantProblem.NotATenant],
    ["consumers", TenantProblem.NotATenant],
    ["organizations", TenantProblem.NotATenant],
    ["contoso", TenantProblem.NotATenant],
    ["https://contoso.com", TenantProblem.NotATenant],
    ["contoso.com/evil", TenantProblem.NotATenant],
    ["contoso.com?x=1", TenantProblem.NotATenant],
    ["contoso..com", TenantProblem.NotATenant],
    ["-contoso.com", TenantProblem.NotATenant],
    ["127.0.0.1", TenantProblem.NotATenant],
    ["münchen.de/evil", TenantProblem.NotATenant],
    ["münchen.de:443", TenantProblem.NotATenant],
    ["ü..de", TenantProblem.NotATenant],
    ["１２７.0.0.1", TenantProblem.NotATenant],
    ["xn--ü.de", TenantProblem.NotATenant],
    [`${GUID}0`, TenantProblem.NotATenant],
    [GUID.replaceAll("-", ""), TenantProblem.NotATenant],
    ["me@gmail.com", TenantProblem.Personal],
    ["outlook.com", TenantProblem.Personal],
  ])("%j is refused as %s", (typed, problem) => {
    expect(readTenant(typed)).toEqual({ problem });
  });

  it("is never one that a consent link cannot name", () => {
    expect(checkConsentTenant("tenant", ANY_ORGANISATION)).toEqual([]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain(), fc.emailAddress(), fc.uuid()), (typed) => {
        const answer = readTenant(typed);
        if ("tenant" in answer) {
          expect(checkConsentTenant("tenant", answer.tenant)).toEqual([]);
          expect(encodeURIComponent(answer.tenant)).toBe(answer.tenant);
        }
      }),
    );
  });
});

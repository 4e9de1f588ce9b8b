import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCustomerTenants } from "../../rules/consent.js";
import { alreadyGranted, checkAdopted } from "../../rules/consent-adoption.js";
import { checkRedirectUri } from "../../rules/consent-redirect.js";
import {
  ConsentState,
  consentState,
  overallState,
  permissionFingerprint,
  type TenantConsent,
} from "../../rules/consent-state.js";
import { ReadProblem, whyUnknown } from "../../rules/consent-unknown.js";
import { consentWarnings, unknownConsent } from "../../rules/consent-warnings.js";
import { formatIssue } from "../../rules/issue.js";

const ASKED = ["Calls.JoinGroupCall.All", "Calls.AccessMedia.All"];

function state(roles: readonly string[], asked: readonly string[] = ASKED): TenantConsent {
  return consentState({ tenant: "contoso.com", asked, granted: { roles } });
}

describe("consent of a tenant", () => {
  it("is granted, partial or outstanding by what is missing", () => {
    expect(state(["Calls.AccessMedia.All", "Calls.JoinGroupCall.All"])).toEqual({
      tenant: "contoso.com",
      state: "granted",
      missing: [],
      surplus: [],
    });
    expect(state(["Calls.JoinGroupCall.All"])).toEqual({
      tenant: "contoso.com",
      state: "partial",
      missing: ["Calls.AccessMedia.All"],
      surplus: [],
    });
    expect(state(["Presence.Read.All"])).toEqual({
      tenant: "contoso.com",
      state: "outstanding",
      missing: ["Calls.AccessMedia.All", "Calls.JoinGroupCall.All"],
      surplus: ["Presence.Read.All"],
    });
  });

  it("is unknown with its reason, and then claims neither missing nor surplus", () => {
    const granted = { unknown: whyUnknown(ReadProblem.Forbidden) };
    const consent = consentState({ tenant: "t", asked: ASKED, granted, link: "https://login" });
    expect(consent).toEqual({
      tenant: "t",
      state: "unknown",
      link: "https://login",
      reason: granted.unknown,
    });
    expect(unknownConsent(consent)).toMatch(/^Consent of tenant t is unknown: the identity .*\.$/);
    expect(unknownConsent(state([]))).toBeUndefined();
  });

  it("loses no role: what is asked is granted or missing, what is granted is asked or surplus", () => {
    const roles = fc.uniqueArray(fc.constantFrom<string>("a", "b", "c", "d", "e"));
    fc.assert(
      fc.property(roles, roles, (asked, granted) => {
        const { missing = [], surplus = [] } = state(granted, asked);
        expect(new Set([...missing, ...granted])).toEqual(
          new Set([...asked, ...surplus, ...granted]),
        );
        expect(missing.filter((role) => granted.includes(role))).toEqual([]);
        expect(surplus.filter((role) => asked.includes(role))).toEqual([]);
      }),
    );
  });
});

describe("consent of several tenants", () => {
  const of = (...states: ConsentState[]) =>
    overallState(states.map((one, i) => ({ tenant: `t${i}`, state: one })));

  it("is outstanding when something is missing anywhere, else unknown, else granted", () => {
    const { Granted, Outstanding, Partial, Unknown } = ConsentState;
    expect(of(Granted, Granted)).toBe("granted");
    expect(of(Granted, Partial, Unknown)).toBe("outstanding");
    expect(of(Outstanding)).toBe("outstanding");
    expect(of(Granted, Unknown)).toBe("unknown");
  });

  it("does not wait for organizations, which no tenant ever is, unless it stands alone", () => {
    const any = { tenant: "organizations", state: ConsentState.Unknown };
    expect(overallState([{ tenant: "t", state: ConsentState.Granted }, any])).toBe("granted");
    expect(overallState([any])).toBe("unknown");
  });
});

describe("the fingerprint of the app roles", () => {
  it("does not depend on order or repetition, and tells sets apart", () => {
    const roles = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(roles, fc.string(), (set, more) => {
        const print = permissionFingerprint(set);
        expect(print).toMatch(/^[0-9a-f]{12}$/);
        expect(permissionFingerprint([...set].reverse().concat(set))).toBe(print);
        fc.pre(!set.includes(more));
        expect(permissionFingerprint([...set, more])).not.toBe(print);
      }),
    );
  });

  it("stays what it was", () => {
    expect(permissionFingerprint(ASKED)).toBe("5e13dd4c0ed3");
  });
});

describe("the warnings", () => {
  it("name what is not in force, the first time and after a change", () => {
    expect(consentWarnings(state([]))).toEqual([
      "In tenant contoso.com not in force until consent is given: Calls.AccessMedia.All, Calls.JoinGroupCall.All.",
    ]);
    expect(consentWarnings(state(["Calls.JoinGroupCall.All"]))).toEqual([
      "In tenant contoso.com not in force until consent is repeated: Calls.AccessMedia.All.",
    ]);
  });

  it("name what is granted and no longer asked for, and who takes it back", () => {
    const consent = state([...ASKED, "Presence.Read.All"]);
    expect(consentWarnings(consent)).toEqual([
      "In tenant contoso.com granted and no longer asked for: Presence.Read.All; an administrator takes it back under Enterprise applications, Permissions.",
    ]);
    expect(consentWarnings(consent, { takesBack: true })[0]).toContain("this update takes back");
  });

  it("are silent when all is granted and when nothing is known", () => {
    expect(consentWarnings(state(ASKED))).toEqual([]);
    expect(consentWarnings({ tenant: "t", state: ConsentState.Unknown, reason: "x" })).toEqual([]);
  });

  it("have a sentence with what to do for every problem", () => {
    for (const problem of Object.values(ReadProblem)) {
      expect(whyUnknown(problem)).toMatch(/^[a-zM].*\. [A-Z].*\.$/);
    }
  });
});

describe("where consent returns to", () => {
  const registered = ["https://contoso.com/consented", "https://contoso.com/a/"];
  const fixes = (url: string) =>
    checkRedirectUri("redirectUri", url, registered).map(({ fix }) => fix);

  it("must be registered letter for letter", () => {
    expect(fixes("https://contoso.com/consented")).toEqual([]);
    expect(fixes("https://contoso.com/Consented")).toEqual([
      'Write "https://contoso.com/consented", which is registered and differs in case.',
    ]);
    expect(fixes("https://contoso.com/a")).toEqual([
      'Write "https://contoso.com/a/", which is registered and differs in its final slash.',
    ]);
    expect(fixes("https://contoso.com/A")[0]).toContain("differs in case and its final slash");
    expect(fixes("https://contoso.com/b")).toEqual(["Add it to the application's reply URLs."]);
    expect(checkRedirectUri("r", "https://contoso.com/b", [])[0]?.fix).toContain("there are none");
  });
});

describe("an app role that is granted already", () => {
  const resourceId = "10ca1000-0000-4000-8000-000000000003";
  const found = { role: "Calls.Initiate.All", assignmentId: "aBc_1", resourceId };
  const id = `/servicePrincipals/${resourceId}/appRoleAssignedTo/aBc_1`;

  it("is taken over by its id, in either of three ways", () => {
    const issue = alreadyGranted({
      found,
      all: [found],
      resourceName: "bot-Calls.Initiate.All",
      parentUrn: "urn:x",
    });
    expect(formatIssue(issue)).toBe(
      `permissions "Calls.Initiate.All" must not be granted already when consent.mode is grant (Microsoft Entra ID). Take it over: set consent.adopt to {"Calls.Initiate.All":"${id}"} for the next update, or give that id as the resource option import, or run: pulumi import azuread:index/appRoleAssignment:AppRoleAssignment bot-Calls.Initiate.All ${id} --parent 'parent=urn:x' --protect=false.`,
    );
    expect(checkAdopted("adopt", { "Calls.Initiate.All": id }, ["Calls.Initiate.All"])).toEqual([]);
    expect(checkAdopted("adopt", { "calls.initiate.all": id }, ["Calls.Initiate.All"])).toEqual([]);
  });

  it("is refused under another name or by another id", () => {
    const rules = checkAdopted(
      "adopt",
      { "Calls.JoinGroupCall.All": id, "Calls.Initiate.All": "aBc_1" },
      ["Calls.Initiate.All"],
    ).map(({ path, rule }) => [path, rule]);
    expect(rules).toEqual([
      ['adopt["Calls.JoinGroupCall.All"]', "must be named after an app role that is asked for"],
      [
        'adopt["Calls.Initiate.All"]',
        "must be /servicePrincipals/{resource}/appRoleAssignedTo/{assignment}",
      ],
    ]);
  });
});

describe("customers' tenants", () => {
  it("are ids, domains or organizations, each once", () => {
    const good = ["10ca1000-0000-4000-8000-000000000002", "fabrikam.com", "organizations"];
    expect(checkCustomerTenants("t", good)).toEqual([]);
    expect(checkCustomerTenants("t", ["common", "Fabrikam.com", "fabrikam.com"])).toMatchObject([
      { path: "t[0]" },
      { path: "t[2]", rule: "must not name the same tenant as t[1]" },
    ]);
  });
});

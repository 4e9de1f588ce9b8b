import { describe, expect, it } from "vitest";
import { CredentialKind, type CredentialWish, checkCredential } from "../../rules/credential.js";
import {
  checkedTrust,
  type FederatedTrust,
  MANAGED_IDENTITY_TRUST,
} from "../../rules/federated-trust.js";

const guid = "11111111-1111-4111-8111-111111111111";
const trust = (overrides: Partial<FederatedTrust> = {}): FederatedTrust => ({
  name: "github-main",
  issuer: "https://token.actions.githubusercontent.com",
  subject: "repo:contoso/bot:ref:refs/heads/main",
  ...overrides,
});
const paths = (wish: CredentialWish) =>
  checkCredential("credential", wish).map(({ path, rule }) => `${path} ${rule}`);
const federated = (...list: FederatedTrust[]) =>
  paths({ kind: CredentialKind.Federated, federated: list });

describe("a credential", () => {
  it("may be none, a secret, a managed identity or any OIDC issuer", () => {
    expect(paths({})).toEqual([]);
    expect(paths({ kind: CredentialKind.None })).toEqual([]);
    expect(paths({ kind: CredentialKind.Secret, endDate: "2027-06-30T00:00:00Z" })).toEqual([]);
    expect(paths({ kind: CredentialKind.Federated, managedIdentityPrincipalId: guid })).toEqual([]);
    expect(federated(trust({ audience: "api://AzureADTokenExchange" }))).toEqual([]);
  });

  it("must say whom to trust when it is federated", () => {
    expect(federated()).toEqual(["credential must say whom to trust when its kind is federated"]);
  });

  it("refuses settings of another kind instead of ignoring them", () => {
    expect(paths({ federated: [trust()] })).toEqual([
      "credential.federated must be left out unless credential.kind is federated",
    ]);
    expect(
      paths({
        kind: CredentialKind.Federated,
        managedIdentityPrincipalId: guid,
        endDate: "2027-06-30T00:00:00Z",
      }),
    ).toEqual(["credential.endDate must be left out unless credential.kind is secret"]);
  });

  it("refuses a principal id that is no GUID and a lifetime that is none", () => {
    expect(
      paths({ kind: CredentialKind.Federated, managedIdentityPrincipalId: "me" })[0],
    ).toContain("credential.managedIdentityPrincipalId must be a GUID");
    for (const endDate of [
      "",
      "4320h",
      "2027-06-30",
      "2027-13-30T00:00:00Z",
      "2027-06-30T00:00:00",
    ]) {
      expect(paths({ kind: CredentialKind.Secret, endDate })).toHaveLength(1);
    }
  });

  it.each<[Partial<FederatedTrust>, string]>([
    [{ name: "x" }, "name"],
    [{ issuer: "http://issuer.com" }, "issuer"],
    [{ issuer: "https://*.issuer.com" }, "issuer"],
    [{ issuer: `https://issuer.com/${"a".repeat(600)}` }, "issuer"],
    [{ subject: "" }, "subject"],
    [{ subject: "repo:*" }, "subject"],
    [{ subject: "a".repeat(601) }, "subject"],
    [{ audience: "" }, "audience"],
  ])("refuses %j", (overrides, part) => {
    expect(federated(trust(overrides)).map((text) => text.split(" ")[0])).toEqual([
      `credential.federated[0].${part}`,
    ]);
  });

  it("refuses the same name or the same issuer and subject twice", () => {
    expect(federated(trust(), trust())).toEqual([
      "credential.federated[1].name must differ from the names of the other federated credentials",
      "credential.federated[1] must differ from the others by issuer or subject",
    ]);
  });

  it("refuses more than 20", () => {
    const list = Array.from({ length: 21 }, (_, i) => trust({ name: `n-${i}`, subject: `s${i}` }));
    expect(federated(...list.slice(1))).toEqual([]);
    expect(federated(...list)).toHaveLength(1);
  });
});

describe("the named check of a late trust", () => {
  it("returns the trust, or throws at its place", () => {
    expect(checkedTrust("credential.federated[0]")(trust())).toEqual(trust());
    expect(() => checkedTrust("credential.federated[3]")(trust({ subject: "" }))).toThrow(
      /credential\.federated\[3\]\.subject must be 1 to 600 characters/,
    );
  });

  it("keeps the name of the managed identity's trust free", () => {
    const managedIdentityPrincipalId = guid;
    const own = [trust({ name: MANAGED_IDENTITY_TRUST })];
    expect(
      paths({ kind: CredentialKind.Federated, managedIdentityPrincipalId, federated: own }),
    ).toHaveLength(1);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Policies } from "../../../local-cloud/directory/policies.js";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

const READER = { roles: ["Policy.Read.All"] };
const OWN_POLICY = "aaaaaaaa-0000-4000-8000-0000000000f1";

let graph: GraphUnderTest;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

const set = (policies: Parameters<Policies["set"]>[1]) =>
  new Policies(graph.context.store).set(TENANT_ID, policies);

const restricted = (...passwordCredentials: Record<string, unknown>[]) =>
  ({
    isEnabled: true,
    applicationRestrictions: {
      passwordCredentials: passwordCredentials.map((one) => ({ restrictionType: "", ...one })),
    },
  }) as const;

/** What the service says to a new secret of an application. */
async function secretFor(id: string, passwordCredential = {}) {
  const { status, body } = await graph.post(`/applications/${id}/addPassword`, {
    passwordCredential,
  });
  return status === 200 ? "made" : [status, body.error.code];
}

describe("policies of the tenant", () => {
  it("restrict nothing until somebody sets them", async () => {
    expect((await graph.get("/policies/defaultAppManagementPolicy", READER)).body).toMatchObject({
      "@odata.context": `${ORIGINS.graph}/v1.0/$metadata#policies/defaultAppManagementPolicy/$entity`,
      id: "00000000-0000-0000-0000-000000000000",
      isEnabled: false,
      applicationRestrictions: { passwordCredentials: [], keyCredentials: [] },
    });
    expect((await graph.get("/policies/appManagementPolicies", READER)).body.value).toEqual([]);
    const { body } = await graph.get("/policies/authorizationPolicy", READER);
    expect(body.defaultUserRolePermissions.allowedToCreateApps).toBe(true);
    expect((await graph.get("/policies/identitySecurityDefaultsEnforcementPolicy")).status).toBe(
      501,
    );
  });

  it("are seen as they are set, a policy of its own without what it is assigned to", async () => {
    set({
      authorizationPolicy: { allowedToCreateApps: false, permissionGrantPoliciesAssigned: [] },
      appManagementPolicies: [{ id: OWN_POLICY, displayName: "Bots", appliesTo: [OWN_POLICY] }],
    });
    const { body } = await graph.get("/policies/appManagementPolicies?$select=id", READER);
    expect(body.value).toEqual([{ id: OWN_POLICY }]);
    const { body: authorization } = await graph.get("/policies/authorizationPolicy", READER);
    expect(authorization.defaultUserRolePermissions).toMatchObject({
      allowedToCreateApps: false,
      permissionGrantPoliciesAssigned: [],
    });
  });

  it("are refused where they are none", () => {
    expect(() => set(JSON.parse('{ "authorisationPolicy": {} }'))).toThrow();
    expect(() =>
      set({ defaultAppManagementPolicy: restricted({ maxLifetime: "180 days" }) }),
    ).toThrow();
  });
});

describe("a client secret", () => {
  it("is not made where the tenant forbids secrets, with an application or after it", async () => {
    const { id } = await graph.application("Before");
    set({ defaultAppManagementPolicy: restricted({ restrictionType: "passwordAddition" }) });
    expect(await secretFor(id)).toEqual([400, "CredentialTypeNotAllowedAsPerAppPolicy"]);
    const made = await graph.post("/applications", {
      displayName: "Calls",
      passwordCredentials: [{ displayName: "first" }],
    });
    expect(made.body.error.code).toBe("CredentialTypeNotAllowedAsPerAppPolicy");
    expect((await graph.post("/applications", { displayName: "Without" })).status).toBe(201);
  });

  it("lasts no longer than the tenant lets it", async () => {
    const { id } = await graph.application("Calls");
    const limit = { restrictionType: "passwordLifetime", maxLifetime: "P6M" };
    set({ defaultAppManagementPolicy: restricted(limit) });
    const { body } = await graph.post(`/applications/${id}/addPassword`, {});
    expect(body.error).toMatchObject({
      code: "CredentialInvalidLifetimeAsPerAppPolicy",
      details: [{ code: "InvalidKeyEndDate", target: "EndDate" }],
    });
    expect(await secretFor(id, { endDateTime: "2027-05-23T10:00:00Z" })).toBe("made");
    expect(await secretFor(id, { endDateTime: "2027-05-23T10:00:01Z" })).toEqual([
      400,
      "CredentialInvalidLifetimeAsPerAppPolicy",
    ]);
  });

  it("is made where the restriction is switched off, or holds for younger applications alone", async () => {
    const { id } = await graph.application("Calls");
    const forbidden = { restrictionType: "passwordAddition" };
    const since = { ...forbidden, restrictForAppsCreatedAfterDateTime: "2026-11-23T10:00:01Z" };
    for (const one of [{ ...forbidden, state: "disabled" }, since]) {
      set({ defaultAppManagementPolicy: restricted(one) });
      expect(await secretFor(id)).toBe("made");
    }
    set({ defaultAppManagementPolicy: { ...restricted(forbidden), isEnabled: false } });
    expect(await secretFor(id)).toBe("made");
  });

  it("follows the policy of its own application, where that has one", async () => {
    const [excepted, other] = [await graph.application("A"), await graph.application("B")];
    set({
      defaultAppManagementPolicy: restricted({ restrictionType: "passwordAddition" }),
      appManagementPolicies: [{ id: OWN_POLICY, displayName: "Bots", appliesTo: [excepted.id] }],
    });
    const policyOf = async ({ id }: { id: string }) =>
      (await graph.get(`/applications/${id}/appManagementPolicies`, READER)).body.value;
    expect(await policyOf(excepted)).toMatchObject([{ id: OWN_POLICY, isEnabled: true }]);
    expect(await policyOf(other)).toEqual([]);
    expect(
      (await graph.get(`/applications/${OWN_POLICY}/appManagementPolicies`, READER)).status,
    ).toBe(404);
    expect(await secretFor(excepted.id)).toBe("made");
    expect(await secretFor(other.id)).toEqual([400, "CredentialTypeNotAllowedAsPerAppPolicy"]);
  });
});

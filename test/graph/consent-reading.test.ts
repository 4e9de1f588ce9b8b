// What a directory is asked about consent, over the wire, with everything that can stand in the way.
import { ClientSecretCredential } from "@azure/identity";
import type { Client } from "@microsoft/microsoft-graph-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readWithin } from "../../graph/bounded-reading.js";
import { byAppId, byObjectId, grantedAppRoles } from "../../graph/granted-app-roles.js";
import { graphClient } from "../../graph/graph-client.js";
import { heldToken } from "../../graph/held-token.js";
import { registeredReplyUrls } from "../../graph/registered-reply-urls.js";
import { signInProblem } from "../../graph/sign-in-problem.js";
import { tenantId } from "../../graph/tenant-id.js";
import { tokenClaims } from "../../graph/token-claims.js";
import { GLOBAL_ADMIN } from "../../local-cloud/directory/people.js";
import {
  DEPLOYER,
  DEPLOYER_WITHOUT_DIRECTORY_RIGHTS,
  SECOND_TENANT_ID,
  TENANT_ID,
} from "../../local-cloud/index.js";
import {
  type EntraUnderTest,
  REPLY_URL,
  startEntra,
} from "../local-cloud/entra/entra-under-test.js";
import { Visitor } from "../local-cloud/entra/visitor.js";

const NOBODY = "99999999-9999-4999-8999-999999999999";

let entra: EntraUnderTest;
let client: Client;

beforeAll(async () => {
  entra = await startEntra();
  client = graphClient({
    credential: credentialOf(DEPLOYER.appId, entra.cloud.environment()["AZURE_CLIENT_SECRET"]),
    graphOrigin: entra.graph,
  });
});
afterEach(() => entra.cloud.faults.clear());
afterAll(() => entra.cloud.remove());

function credentialOf(appId: string, secret = "", tenant = TENANT_ID, login = entra.login) {
  return new ClientSecretCredential(tenant, appId, secret, {
    authorityHost: login,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  });
}

const graphFault = { service: "graph", skip: 0 } as const;
const reading = (reader: Client, appId: string, milliseconds = 20_000) =>
  readWithin(milliseconds, (signal) => grantedAppRoles(reader, byAppId(appId), signal));

describe("the app roles that are granted", () => {
  it("are those that an administrator consented to, by name, with what it takes to take them over", async () => {
    const bot = await entra.newBot();
    const before = await reading(client, bot.appId);
    expect(before.assignments).toEqual([]);
    expect(before.servicePrincipalObjectId).toMatch(/^[0-9a-f-]{36}$/);

    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(bot), GLOBAL_ADMIN);
    await visitor.submit(page, { action: "accept" });
    const { assignments, servicePrincipalObjectId = "" } = await reading(client, bot.appId);
    expect(assignments.map(({ role }) => role).sort()).toEqual([
      "Calls.AccessMedia.All",
      "Calls.JoinGroupCall.All",
    ]);
    for (const { resourceId, assignmentId } of assignments) {
      const path = `/servicePrincipals/${resourceId}/appRoleAssignedTo/${assignmentId}`;
      expect(await entra.call("GET", path)).toMatchObject({
        principalId: servicePrincipalObjectId,
      });
    }
    const same = await readWithin(20_000, (signal) =>
      grantedAppRoles(client, byObjectId(servicePrincipalObjectId), signal),
    );
    expect(same.assignments).toEqual(assignments);
  });

  it("are none, without a service principal, where the tenant does not know the application", async () => {
    expect(await reading(client, NOBODY)).toEqual({
      servicePrincipalObjectId: undefined,
      assignments: [],
      ofOtherApis: [],
    });
  });

  it.each([
    ["forbidden", { kind: "fail", status: 403, code: "Authorization_RequestDenied" }],
    ["signIn", { kind: "fail", status: 401, code: "InvalidAuthenticationToken" }],
    ["unavailable", { kind: "fail", status: 503 }],
    ["throttled", { kind: "throttle", retryAfterSeconds: 3600 }],
    ["offline", { kind: "drop", when: "before" }],
    ["unexpected", { kind: "fail", status: 400 }],
  ] as const)("cannot be told: %s", async (problem, fault) => {
    entra.cloud.faults.add({ ...graphFault, ...fault });
    await expect(reading(client, NOBODY)).rejects.toMatchObject({ name: "ReadError", problem });
  });

  it("cannot be told in time by a service that does not answer, nor by one that is gone", async () => {
    entra.cloud.faults.add({ ...graphFault, kind: "delay", milliseconds: 5_000 });
    const late = reading(client, NOBODY, 300);
    await expect(late).rejects.toMatchObject({ problem: "timedOut" });
    const gone = graphClient({ credential: heldToken("x"), graphOrigin: "https://localhost:1" });
    await expect(reading(gone, NOBODY)).rejects.toMatchObject({ problem: "offline" });
  });

  it("cannot be read by somebody without the right", async () => {
    const reader = graphClient({
      credential: credentialOf(
        DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.appId,
        entra.cloud.deployerWithoutDirectoryRightsSecret,
      ),
      graphOrigin: entra.graph,
    });
    await expect(reading(reader, DEPLOYER.appId)).rejects.toMatchObject({ problem: "forbidden" });
  });

  it("are asked for again when the service was busy for a moment", async () => {
    entra.cloud.faults.add({ ...graphFault, kind: "throttle", retryAfterSeconds: 1, times: 1 });
    entra.cloud.faults.add({ ...graphFault, kind: "fail", status: 503, times: 1 });
    expect((await reading(client, NOBODY)).assignments).toEqual([]);
  });
});

describe("the reply URLs that are registered", () => {
  it("are those of the directory at this moment; none where there is no such application", async () => {
    const bot = await entra.newBot();
    const read = (appId: string) =>
      readWithin(20_000, (signal) => registeredReplyUrls(client, appId, signal));
    expect(await read(bot.appId)).toEqual([REPLY_URL]);
    expect(await read(NOBODY)).toBeUndefined();
  });
});

describe("a tenant's id", () => {
  const idOf = (tenant: string, login = entra.login) =>
    readWithin(5_000, (signal) => tenantId(login, tenant, signal));

  it("follows from its domain, and is itself", async () => {
    expect(await idOf("fabrikam.local")).toBe(SECOND_TENANT_ID);
    expect(await idOf(SECOND_TENANT_ID.toUpperCase())).toBe(SECOND_TENANT_ID);
  });

  it("is refused for a tenant that does not exist, and unknown where nobody answers", async () => {
    await expect(idOf("nowhere.example")).rejects.toMatchObject({ problem: "noSuchTenant" });
    await expect(idOf(NOBODY)).rejects.toMatchObject({ problem: "noSuchTenant" });
    await expect(idOf("contoso.local", "https://localhost:1")).rejects.toMatchObject({
      problem: "offline",
    });
    entra.cloud.faults.add({ kind: "throttle", service: "login", skip: 0 });
    await expect(idOf("contoso.local")).rejects.toMatchObject({ problem: "throttled" });
  });
});

describe("a token", () => {
  it("says what is granted to whoever holds it", async () => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(bot), GLOBAL_ADMIN);
    await visitor.submit(page, { action: "accept" });
    const { token } = await credentialOf(bot.appId, bot.secret).getToken(`${entra.graph}/.default`);
    expect(tokenClaims(token)).toMatchObject({ tid: TENANT_ID, appid: bot.appId });
    expect(tokenClaims(token).roles?.sort()).toEqual([
      "Calls.AccessMedia.All",
      "Calls.JoinGroupCall.All",
    ]);
  });

  it("that is none says nothing", () => {
    for (const token of ["", "x", "a.b.c", `a.${btoa("[]")}.c`]) {
      expect(tokenClaims(token)).toEqual({});
    }
  });
});

describe("a sign-in that fails", () => {
  async function problemOf(credential: ClientSecretCredential) {
    const error = await credential.getToken(`${entra.graph}/.default`).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return signInProblem(error, new AbortController().signal);
  }

  it("is told apart by Entra's numbers", async () => {
    const bot = await entra.newBot();
    expect(await problemOf(credentialOf(bot.appId, "wrong"))).toBe("wrongSecret");
    expect(await problemOf(credentialOf(NOBODY, "wrong"))).toBe("noSuchApplication");
    const elsewhere = credentialOf(bot.appId, bot.secret, SECOND_TENANT_ID);
    expect(await problemOf(elsewhere)).toBe("noSuchApplication");
    const forAll = await entra.newBot({ signInAudience: "AzureADMultipleOrgs" });
    const notYetThere = credentialOf(forAll.appId, forAll.secret, SECOND_TENANT_ID);
    await expect(notYetThere.getToken(`${entra.graph}/.default`)).rejects.toThrow("AADSTS7000229");
    expect(await problemOf(notYetThere)).toBe("noSuchApplication");
    await entra.call("PATCH", `/servicePrincipals(appId='${bot.appId}')`, {
      accountEnabled: false,
    });
    expect(await problemOf(credentialOf(bot.appId, bot.secret))).toBe("disabledApplication");
    const { secretText } = await entra.call("POST", `/applications/${bot.objectId}/addPassword`, {
      passwordCredential: {
        endDateTime: "2020-01-02T00:00:00Z",
        startDateTime: "2020-01-01T00:00:00Z",
      },
    });
    expect(await problemOf(credentialOf(bot.appId, secretText))).toBe("expiredSecret");
  });

  it.each(["AADSTS50020", "AADSTS90072"])("with %s is somebody of another tenant", (code) => {
    const cli = new Error(`ERROR: ${code}: User account 'ada' does not exist in tenant 'Contoso'.`);
    expect(signInProblem(cli, new AbortController().signal)).toBe("otherTenant");
  });

  it("is offline where nobody answers", async () => {
    const dead = credentialOf(NOBODY, "x", TENANT_ID, "https://localhost:1");
    expect(await problemOf(dead)).toBe("offline");
  });
});

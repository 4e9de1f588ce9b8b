// Every route, walked with the tokens that must not open it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AccessTokens } from "../../../local-cloud/entra/access-tokens.js";
import { graphRoutes } from "../../../local-cloud/graph/graph-routes.js";
import type { GraphRoute } from "../../../local-cloud/graph/route-table.js";
import { DEPLOYER, GRAPH_APP_ID, TENANT_ID } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, newKey, ORIGINS, startGraph } from "./graph-under-test.js";

const ID = "aaaaaaaa-0000-4000-8000-00000000000a";
let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

/** An address of the route, with an id for each of its parameters. */
function addressOf(route: GraphRoute): string {
  return `/${route.version ?? "v1.0"}${route.path.replaceAll(/\{\w+\}/g, ID)}`;
}

const rows = [
  ...graphRoutes.map((route): [string, string] => [route.method, addressOf(route)]),
  ["POST", "/v1.0/$batch"],
  ["GET", "/v1.0/users"],
  ["GET", "/v1.0/me"],
  ["GET", "/v1.0/nonsense"],
  ["GET", "/v9/applications"],
];

const call = (method: string, path: string, token: string | null) =>
  graph.call(method, path, { token, ...(method === "GET" ? {} : { body: {} }) });

const refusal = ({ status, body }: Awaited<ReturnType<typeof call>>) => [
  status,
  body.error.code,
  body.error.message,
];

describe.each(rows)("%s %s", (method = "", path = "") => {
  it("refuses a call without a token", async () => {
    const answer = await call(method, path, null);
    expect(refusal(answer)).toEqual([401, "InvalidAuthenticationToken", "Access token is empty."]);
    expect(answer.headers.get("www-authenticate")).toBe(
      `Bearer realm="", authorization_uri="${ORIGINS.login}/common/oauth2/authorize", client_id="${GRAPH_APP_ID}"`,
    );
  });

  it("refuses an expired token", async () => {
    const token = await graph.token();
    const now = graph.clock.now;
    graph.clock.now = new Date(now.getTime() + 3_600_000);
    const answer = await call(method, path, token);
    graph.clock.now = now;
    expect(refusal(answer)).toEqual([
      401,
      "InvalidAuthenticationToken",
      "Lifetime validation failed, the token is expired.",
    ]);
  });

  it("refuses a token for another service", async () => {
    const token = await graph.token({ aud: "https://management.azure.com" });
    expect(refusal(await call(method, path, token))).toEqual([
      401,
      "InvalidAuthenticationToken",
      "Access token validation failure. Invalid audience.",
    ]);
  });
});

describe.each(
  graphRoutes.map((route) => ({ method: route.method, path: addressOf(route), route })),
)("$method $path", ({ method, path, route }) => {
  it("asks for a role", async () => {
    expect(route.rights.allOf.length).toBeGreaterThan(0);
    const token = await graph.token({ roles: ["Calls.Initiate.All"] });
    expect(refusal(await call(method, path, token))).toEqual([
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges to complete the operation.",
    ]);
  });

  it("is reached with the roles it asks for", async () => {
    const roles = route.rights.allOf.flatMap(([first]) => first ?? []);
    const { status } = await call(method, path, await graph.token({ roles }));
    expect([401, 403, 405]).not.toContain(status);
  });
});

describe("a token", () => {
  const listed = async (token: string) => graph.get("/applications", { token });

  it("is taken for this origin, for the public audience and for Microsoft Graph's app id", async () => {
    for (const aud of [
      ORIGINS.graph,
      `${ORIGINS.graph}/`,
      "https://graph.microsoft.com",
      "https://graph.microsoft.com/",
      GRAPH_APP_ID,
    ]) {
      expect((await listed(await graph.token({ aud }))).status).toBe(200);
    }
  });

  it("is refused when it is signed by somebody else", async () => {
    const forger = new AccessTokens(
      await newKey(),
      () => ORIGINS.login,
      () => graph.clock.now,
    );
    const { body } = await listed(
      await forger.issue({
        aud: ORIGINS.graph,
        tid: TENANT_ID,
        appid: DEPLOYER.appId,
        oid: DEPLOYER.servicePrincipalId,
        idtyp: "app",
        roles: ["Application.ReadWrite.All"],
      }),
    );
    expect(body.error.message).toBe("Access token validation failure. Invalid signature.");
  });

  it("is refused without a signature, and when it is no token at all", async () => {
    const [, payload] = (await graph.token()).split(".");
    const header = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
    for (const token of [`${header}.${payload}.`, "not-a-token"]) {
      const { status, body } = await listed(token);
      expect([status, body.error.code]).toEqual([401, "InvalidAuthenticationToken"]);
    }
  });

  it("counts by the roles it carries, not by what the directory grants", async () => {
    const token = await graph.token({ roles: [] });
    expect((await listed(token)).status).toBe(403);
    expect((await listed(await graph.token({ roles: ["Application.Read.All"] }))).status).toBe(200);
  });

  it("of a service principal that is gone is refused", async () => {
    const { status, body } = await listed(await graph.token({ oid: ID }));
    expect([status, body.error.code]).toEqual([403, "Authorization_IdentityNotFound"]);
  });

  it("of a user is named as missing", async () => {
    const { status, body } = await listed(await graph.token({ idtyp: "user" }));
    expect([status, body.error.code]).toEqual([501, "notImplemented"]);
  });
});

describe("rights", () => {
  const assignment = `/servicePrincipals/${DEPLOYER.servicePrincipalId}/appRoleAssignments`;

  it("to grant app roles are two: to grant, and to read what is granted", async () => {
    const statusWith = async (...roles: string[]) =>
      (await graph.post(assignment, {}, { roles })).status;
    expect(await statusWith("AppRoleAssignment.ReadWrite.All")).toBe(403);
    expect(await statusWith("Application.Read.All")).toBe(403);
    expect(await statusWith("Application.ReadWrite.All")).toBe(403);
    expect(await statusWith("AppRoleAssignment.ReadWrite.All", "Application.Read.All")).toBe(400);
    expect(await statusWith("AppRoleAssignment.ReadWrite.All", "Directory.Read.All")).toBe(400);
  });

  it("to read give none to write", async () => {
    const roles = ["Application.Read.All", "Directory.Read.All"];
    expect((await graph.post("/applications", { displayName: "x" }, { roles })).status).toBe(403);
    expect((await graph.get("/applications", { roles })).status).toBe(200);
  });
});

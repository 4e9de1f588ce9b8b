// Microsoft's own Graph client, unmodified, over TLS, against a whole local cloud.
import { ClientSecretCredential } from "@azure/identity";
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  GraphError,
  PageIterator,
} from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GRAPH_APP_ID, TENANT_ID } from "../../../local-cloud/index.js";
import { startTestCloud, type TestCloud } from "../../support/test-cloud.js";

const INITIATE = "284383ee-7f6e-4e40-a2a8-e85dcb029101";
let cloud: TestCloud;
let client: Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  const environment = cloud.environment();
  client = clientFor(
    environment["AZURE_CLIENT_ID"] ?? "",
    environment["AZURE_CLIENT_SECRET"] ?? "",
  );
});
afterAll(() => cloud.remove());

function clientFor(clientId: string, clientSecret: string): Client {
  const { login, graph } = cloud.origins;
  const credential = new ClientSecretCredential(TENANT_ID, clientId, clientSecret, {
    authorityHost: login,
    disableInstanceDiscovery: true,
  });
  return Client.initWithMiddleware({
    baseUrl: graph,
    defaultVersion: "v1.0",
    customHosts: new Set(["localhost"]),
    authProvider: new TokenCredentialAuthenticationProvider(credential, {
      scopes: [`${graph}/.default`],
    }),
  });
}

async function refusalOf(work: Promise<unknown>): Promise<GraphError> {
  const refusal = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(refusal instanceof GraphError)) throw new Error("it was not refused");
  return refusal;
}

describe("the Microsoft Graph client", () => {
  it("registers a bot's application, grants it an app role, and the bot signs in with it", async () => {
    const application = await client.api("/applications").post({
      displayName: "Stock bot",
      web: { redirectUris: ["https://contoso.com/auth"] },
      requiredResourceAccess: [
        { resourceAppId: GRAPH_APP_ID, resourceAccess: [{ id: INITIATE, type: "Role" }] },
      ],
    });
    const bot = await client.api("/servicePrincipals").post({ appId: application.appId });
    const { value } = await client
      .api("/servicePrincipals")
      .filter(`appId eq '${GRAPH_APP_ID}'`)
      .select("id,appRoles")
      .get();
    const role = value[0].appRoles.find(
      (each: { value: string }) => each.value === "Calls.Initiate.All",
    );
    expect(role.id).toBe(INITIATE);
    const grant = { principalId: bot.id, resourceId: value[0].id, appRoleId: role.id };
    const assignment = await client
      .api(`/servicePrincipals/${value[0].id}/appRoleAssignedTo`)
      .post(grant);
    expect(assignment).toMatchObject({ principalDisplayName: "Stock bot" });

    const { secretText } = await client
      .api(`/applications/${application.id}/addPassword`)
      .post({ passwordCredential: { displayName: "stock" } });
    const asBot = clientFor(application.appId, secretText);
    const { statusCode, code } = await refusalOf(asBot.api("/applications").get());
    expect([statusCode, code]).toEqual([403, "Authorization_RequestDenied"]);

    await client.api(`/applications/${application.id}`).delete();
    const gone = await refusalOf(client.api(`/applications/${application.id}`).get());
    expect([gone.statusCode, gone.code]).toEqual([404, "Request_ResourceNotFound"]);
    expect(gone.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("walks pages", async () => {
    for (const name of ["Page 1", "Page 2", "Page 3"]) {
      await client.api("/applications").post({ displayName: name });
    }
    const first = await client
      .api("/applications")
      .filter("startswith(displayName,'Page')")
      .top(2)
      .get();
    const names: string[] = [];
    const iterator = new PageIterator(client, first, ({ displayName }) => {
      names.push(displayName);
      return true;
    });
    await iterator.iterate();
    expect(names.sort()).toEqual(["Page 1", "Page 2", "Page 3"]);
  });

  it("combines requests in a batch", async () => {
    // The client sends what stands behind the host; the version is the batch's own.
    const request = (path: string) => new Request(`${cloud.origins.graph}${path}`);
    const content = new BatchRequestContent([
      { id: "1", request: request("/organization") },
      { id: "2", request: request("/users") },
    ]);
    const answer = await client.api("/$batch").post(await content.getContent());
    const responses = new BatchResponseContent(answer);
    expect(responses.getResponseById("1").status).toBe(200);
    expect(responses.getResponseById("2").status).toBe(501);
  });

  it("waits as long as it is told when it is throttled, and then succeeds", async () => {
    cloud.faults.add({
      kind: "throttle",
      service: "graph",
      path: "/organization",
      retryAfterSeconds: 1,
      times: 1,
      skip: 0,
    });
    const { value } = await client.api("/organization").get();
    expect(value).toMatchObject([{ id: TENANT_ID }]);
    const statuses = cloud.requests
      .all()
      .filter(({ path }) => path === "/v1.0/organization")
      .map(({ status }) => status);
    expect(statuses).toEqual([429, 200]);
  });

  it("is refused what its identity may not do", async () => {
    const { statusCode, code } = await refusalOf(
      client.api("/oauth2PermissionGrants").post({ clientId: "x" }),
    );
    expect([statusCode, code]).toEqual([403, "Authorization_RequestDenied"]);
  });
});

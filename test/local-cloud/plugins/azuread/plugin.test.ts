import * as azuread from "@pulumi/azuread";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { StartedPlugins } from "../../../../local-cloud/plugins/index.js";
import { type Deployment, newDeployment, startAgainst } from "../deploy.js";
import { CALLER, CLIENT, callsOf, TENANT, useFakeCloud } from "../fake-cloud.js";
import {
  type FakeGraph,
  fakeGraph,
  GRAPH_APP_ID,
  GRAPH_SERVICE_PRINCIPAL,
  missing,
  SECRET_TEXT,
} from "../fake-graph.js";

const cloud = useFakeCloud();
let graph: FakeGraph;
let plugins: StartedPlugins;
let deployment: Deployment;

beforeAll(async () => {
  plugins = await startAgainst(cloud());
});
beforeEach(() => {
  graph = fakeGraph();
  cloud().handlers.graph = graph.handler;
});
afterEach(async () => {
  await deployment.close();
});
afterAll(async () => {
  await plugins.close();
});

const ROLE = "284383ee-7f6e-4e40-a2a8-e85dcb029101";
const OTHER = "66666666-6666-4666-8666-666666666666";

function applicationArgs(over: Partial<azuread.ApplicationArgs> = {}): azuread.ApplicationArgs {
  return {
    displayName: "Bot",
    owners: [CALLER],
    web: { redirectUris: ["https://b.example/", "https://a.example/"] },
    requiredResourceAccesses: [
      { resourceAppId: GRAPH_APP_ID, resourceAccesses: [{ id: ROLE, type: "Role" }] },
    ],
    ...over,
  };
}

const registration =
  (over: Partial<azuread.ApplicationArgs> = {}, passwordName = "rehearsal") =>
  async () => {
    const application = new azuread.Application("bot", applicationArgs(over));
    const principal = new azuread.ServicePrincipal("principal", {
      clientId: application.clientId,
      owners: [CALLER],
    });
    new azuread.AppRoleAssignment("consent", {
      appRoleId: ROLE,
      principalObjectId: principal.objectId,
      resourceObjectId: GRAPH_SERVICE_PRINCIPAL,
    });
    const password = new azuread.ApplicationPassword("password", {
      applicationId: application.id,
      displayName: passwordName,
    });
    new azuread.ApplicationFederatedIdentityCredential(
      "federated",
      {
        applicationId: application.id,
        displayName: "cluster",
        audiences: ["api://AzureADTokenExchange"],
        issuer: "https://issuer.example/",
        subject: "one",
      },
      { dependsOn: password },
    );
    return { secret: password.value, redirectUris: application.web };
  };

/** Calls with generated ids replaced by the first letters of what they belong to. */
function shortCalls(): string[] {
  const names = new Map<string, string>();
  for (const path of graph.entities.keys()) {
    const [, kind = "", id = "", child = "", childId = ""] = path.split("/");
    if (id !== GRAPH_SERVICE_PRINCIPAL) names.set(id, kind === "applications" ? "{app}" : "{sp}");
    if (childId !== "") names.set(childId, `{${child}}`);
    const appId = graph.entities.get(path)?.["appId"];
    if (appId !== GRAPH_APP_ID) names.set(String(appId), "{appId}");
  }
  names.set(GRAPH_SERVICE_PRINCIPAL, "{graph}");
  return callsOf(cloud()).map((call) =>
    [...names].reduce((text, [id, name]) => text.replaceAll(id, name), call),
  );
}

test("registers a bot with the real provider's calls", async () => {
  deployment = await newDeployment(plugins.debugProviders, registration());
  expect(await deployment.up()).toEqual([
    "create azuread:index/appRoleAssignment:AppRoleAssignment",
    "create azuread:index/application:Application",
    "create azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    "create azuread:index/applicationPassword:ApplicationPassword",
    "create azuread:index/servicePrincipal:ServicePrincipal",
  ]);
  const calls = shortCalls();
  expect(calls.slice(0, 6)).toEqual([
    "POST /v1.0/applications",
    "PATCH /v1.0/applications/{app}",
    "PATCH /v1.0/applications/{app}",
    "GET /v1.0/applications/{app}",
    "GET /beta/applications/{app}?$select=oauth2RequirePostResponse",
    "GET /v1.0/applications/{app}/owners",
  ]);
  expect(calls.filter((call) => call.includes("servicePrincipals"))).toEqual([
    "GET /v1.0/servicePrincipals?$filter=appId eq '{appId}'",
    "POST /v1.0/servicePrincipals",
    "PATCH /v1.0/servicePrincipals/{sp}",
    "GET /v1.0/servicePrincipals/{sp}",
    "GET /beta/servicePrincipals/{sp}?$select=samlMetadataUrl",
    "GET /v1.0/servicePrincipals/{sp}/owners",
    "GET /v1.0/servicePrincipals/{graph}",
    "POST /v1.0/servicePrincipals/{graph}/appRoleAssignedTo",
    "GET /v1.0/servicePrincipals/{graph}/appRoleAssignedTo/{appRoleAssignedTo}",
  ]);
  const bodies = cloud().log.filter(({ path }) => path.startsWith("/v1.0/applications"));
  expect(bodies[0]?.body).toMatchObject({
    displayName: "Bot",
    signInAudience: "AzureADMyOrg",
    api: { requestedAccessTokenVersion: 1, acceptMappedClaims: false },
    web: { redirectUris: ["https://a.example/", "https://b.example/"] },
    identifierUris: [],
    notes: null,
    "owners@odata.bind": [`${cloud().graph}/v1.0/directoryObjects/${CALLER}`],
  });
  expect(bodies[1]?.body).toEqual({
    displayName: expect.stringMatching(/^TERRAFORM_UPDATE_[0-9a-f-]{36}$/),
  });
  expect(bodies[2]?.body).toEqual({ displayName: "Bot" });
});

test("gives ids and outputs as the real provider has them, and nothing is left to do after", async () => {
  deployment = await newDeployment(plugins.debugProviders, registration());
  await deployment.up();
  expect(await deployment.up()).toEqual([]);
  const resources = await deployment.resources();
  const find = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`));
  const application = find("bot");
  const objectId = String(application?.outputs["objectId"]);
  expect(application?.id).toBe(`/applications/${objectId}`);
  expect(application?.outputs).toMatchObject({
    identifierUris: [],
    notes: "",
    featureTags: [{ customSingleSignOn: false, enterprise: false, gallery: false, hide: false }],
    owners: [CALLER],
    publisherDomain: "contoso.local",
  });
  expect(find("principal")?.id).toMatch(/^\/servicePrincipals\/[0-9a-f-]{36}$/);
  expect(find("principal")?.outputs["description"]).toBe("");
  expect(find("consent")?.id).toMatch(
    new RegExp(`^/servicePrincipals/${GRAPH_SERVICE_PRINCIPAL}/appRoleAssignedTo/[^/]+$`),
  );
  expect(find("federated")?.id).toMatch(
    new RegExp(`^${objectId}/federatedIdentityCredential/[0-9a-f-]{36}$`),
  );
  expect(find("password")?.id).toMatch(new RegExp(`^${objectId}/password/[0-9a-f-]{36}$`));
  const { secret } = await deployment.stack.outputs();
  expect(secret).toEqual({ value: SECRET_TEXT, secret: true });
  // The state holds it as a secret, and nowhere else.
  expect(find("password")?.outputs["value"]).toMatchObject({ plaintext: `"${SECRET_TEXT}"` });
  expect(JSON.stringify(resources).split(SECRET_TEXT)).toHaveLength(2);
});

test("changes an application in place with one PATCH of everything", async () => {
  deployment = await newDeployment(plugins.debugProviders, registration());
  await deployment.up();
  deployment.program = registration({
    web: { redirectUris: ["https://a.example/", "https://b.example/", "https://c.example/"] },
  });
  cloud().log.length = 0;
  expect(await deployment.up()).toEqual(["update azuread:index/application:Application"]);
  const patches = cloud().log.filter(({ method }) => method === "PATCH");
  expect(patches.map(({ body }) => body)).toEqual([
    expect.objectContaining({
      displayName: "Bot",
      web: expect.objectContaining({
        redirectUris: ["https://a.example/", "https://b.example/", "https://c.example/"],
      }),
    }),
  ]);
  const inAnotherOrder = ["https://c.example/", "https://a.example/", "https://b.example/"];
  deployment.program = registration({ web: { redirectUris: inAnotherOrder } });
  expect(await deployment.preview()).toEqual([]);
});

test("keeps the client secret over a refresh, and makes another when its name changes", async () => {
  deployment = await newDeployment(plugins.debugProviders, registration());
  await deployment.up();
  await deployment.stack.refresh();
  expect((await deployment.stack.outputs())["secret"]).toEqual({
    value: SECRET_TEXT,
    secret: true,
  });
  deployment.program = registration({}, "renamed");
  expect(await deployment.preview()).toEqual([
    "create-replacement azuread:index/applicationPassword:ApplicationPassword",
    "delete-replaced azuread:index/applicationPassword:ApplicationPassword",
    "replace azuread:index/applicationPassword:ApplicationPassword",
  ]);
});

test("shows what was changed elsewhere after a refresh, and mends it", async () => {
  deployment = await newDeployment(plugins.debugProviders, registration());
  await deployment.up();
  const [path = ""] = [...graph.entities.keys()].filter((key) =>
    /^\/applications\/[^/]+$/.test(key),
  );
  graph.entities.set(path, {
    ...graph.entities.get(path),
    id: path.slice(14),
    displayName: "Renamed",
  });
  await deployment.stack.refresh();
  expect(await deployment.up()).toEqual(["update azuread:index/application:Application"]);
  expect(graph.entities.get(path)?.["displayName"]).toBe("Bot");
});

test("destroys everything, and looks until it is gone", async () => {
  deployment = await newDeployment(plugins.debugProviders, registration());
  await deployment.up();
  cloud().log.length = 0;
  await deployment.stack.destroy();
  expect([...graph.entities.keys()]).toEqual([`/servicePrincipals/${GRAPH_SERVICE_PRINCIPAL}`]);
  const calls = callsOf(cloud());
  expect(calls.filter((call) => call.startsWith("DELETE"))).toHaveLength(4);
  expect(calls.at(-2)).toMatch(/^DELETE \/v1\.0\/applications\/[^/]+$/);
  expect(calls.at(-1)).toMatch(/^GET \/v1\.0\/applications\/[^/]+$/);
});

test("asks again while Graph has not replicated what was made", async () => {
  const late = new Map([
    ["PATCH applications", 2],
    ["POST servicePrincipals", 2],
    ["PATCH servicePrincipals", 1],
    ["POST appRoleAssignedTo", 1],
  ]);
  const answers: Record<string, ReturnType<typeof missing>> = {
    "POST servicePrincipals": {
      status: 403,
      body: {
        error: {
          code: "Authorization_RequestDenied",
          message:
            "When using this permission, the backing application of the service principal being created must in the local tenant",
        },
      },
    },
    "POST appRoleAssignedTo": {
      status: 400,
      body: { error: { code: "Request_BadRequest", message: "Not a valid reference update." } },
    },
  };
  graph.before = ({ method, url }) => {
    const names = url.pathname.split("/");
    const key = `${method} ${names[4] ?? names[2]}`;
    const left = late.get(key) ?? 0;
    late.set(key, left - 1);
    return left > 0 ? (answers[key] ?? missing(url.pathname)) : undefined;
  };
  deployment = await newDeployment(plugins.debugProviders, registration());
  await deployment.up();
  expect(await deployment.resources()).toHaveLength(5);
});

test("takes over an existing service principal, and a refused delete of it is no failure", async () => {
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new azuread.ServicePrincipal("graph", { clientId: GRAPH_APP_ID, useExisting: true });
  });
  await deployment.up();
  expect((await deployment.resources())[0]?.id).toBe(
    `/servicePrincipals/${GRAPH_SERVICE_PRINCIPAL}`,
  );
  expect(callsOf(cloud()).some((call) => call.startsWith("POST"))).toBe(false);
  graph.before = ({ method }) =>
    method === "DELETE"
      ? { status: 403, body: { error: { code: "Authorization_RequestDenied", message: "No." } } }
      : undefined;
  await deployment.stack.destroy();
  expect(await deployment.resources()).toEqual([]);
  deployment.program = async () => {
    new azuread.ServicePrincipal("graph", { clientId: GRAPH_APP_ID });
  };
  expect(await deployment.failingUp()).toContain(
    `A resource with the ID "/servicePrincipals/${GRAPH_SERVICE_PRINCIPAL}" already exists`,
  );
});

test("removes whoever deploys from the owners unless it is listed", async () => {
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new azuread.Application("bot", applicationArgs({ owners: [OTHER] }));
  });
  await deployment.up();
  const [owners] = graph.owners.values();
  expect(owners).toEqual([OTHER]);
});

test("keeps an application whose creation was not finished, with the reason", async () => {
  const error = {
    code: "Authorization_RequestDenied",
    message: "Insufficient privileges to complete the operation.",
  };
  graph.before = ({ method }) =>
    method === "PATCH" ? { status: 403, body: { error } } : undefined;
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new azuread.Application("bot", applicationArgs());
  });
  expect(await deployment.failingUp()).toContain(
    "ApplicationsClient.BaseClient.Patch(): unexpected status 403 (403 Forbidden) with error: Authorization_RequestDenied: Insufficient privileges to complete the operation.",
  );
  const [application] = await deployment.resources();
  expect(application?.initErrors).toHaveLength(1);
});

test("says what Graph says when it refuses", async () => {
  const error = {
    code: "Authorization_RequestDenied",
    message: "Insufficient privileges to complete the operation.",
  };
  graph.before = ({ method }) => (method === "POST" ? { status: 403, body: { error } } : undefined);
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new azuread.Application("bot", applicationArgs());
  });
  expect(await deployment.failingUp()).toContain(
    "Could not create application: ApplicationsClient.BaseClient.Post(): unexpected status 403 (403 Forbidden) with error: Authorization_RequestDenied: Insufficient privileges to complete the operation.",
  );
  expect(await deployment.resources()).toEqual([]);
});

test("refuses what the real provider refuses before it asks Graph", async () => {
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new azuread.Application(
      "bot",
      applicationArgs({ displayName: " ", web: { redirectUris: ["https://a.example"] } }),
    );
  });
  const said = await deployment.failingUp();
  expect(said).toContain(
    "URI must have a trailing slash when there is no path segment for \"web.redirectUris[0]\". Examine values at 'bot.web.redirectUris[0]'.",
  );
  expect(said).toContain('"displayName" must not be empty');
  expect(callsOf(cloud())).toEqual([]);
});

test("imports an application, and changes nothing when the program says the same", async () => {
  deployment = await newDeployment(plugins.debugProviders, registration());
  await deployment.up();
  const id = (await deployment.resources()).find(({ urn }) => urn.endsWith("::bot"))?.id ?? "";
  await deployment.close();
  deployment = await newDeployment(plugins.debugProviders, async () => {
    new azuread.Application("adopted", applicationArgs(), { import: id });
  });
  expect(await deployment.up()).toEqual(["import azuread:index/application:Application"]);
});

test("answers who deploys, service principals, applications and well-known app ids", async () => {
  let seen: unknown;
  deployment = await newDeployment(plugins.debugProviders, async () => {
    seen = {
      config: await azuread.getClientConfig(),
      graph: await azuread.getServicePrincipal({ clientId: GRAPH_APP_ID }),
      ids: (await azuread.getApplicationPublishedAppIds()).result["MicrosoftGraph"],
      missing: await azuread
        .getApplication({ displayName: "nobody's" })
        .catch((error: Error) => error.message),
    };
  });
  await deployment.up();
  expect(seen).toMatchObject({
    config: {
      clientId: CLIENT,
      objectId: CALLER,
      tenantId: TENANT,
      id: `${TENANT}-${CLIENT}-${CALLER}`,
    },
    graph: { objectId: GRAPH_SERVICE_PRINCIPAL, appRoleIds: { "Calls.Initiate.All": ROLE } },
    ids: GRAPH_APP_ID,
    missing: expect.stringContaining(
      "No application found matching filter: \"displayName eq 'nobody's'\"",
    ),
  });
});

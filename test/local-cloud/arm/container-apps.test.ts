import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ContainerImages } from "../../../local-cloud/arm/container-registry/container-images.js";
import {
  type ArmUnderTest,
  GROUP,
  IDENTITIES,
  putToEnd,
  startArm,
  withGroup,
} from "./arm-under-test.js";

const APPS = `${GROUP}/providers/Microsoft.App`;
const ENVIRONMENT = `${APPS}/managedEnvironments/bots`;
const APP = `${APPS}/containerApps/contoso-bot`;
const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/contoso`;
const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet`;
const IDENTITY = `${IDENTITIES}/bot`;
const ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
const version = { apiVersion: "2025-02-02-preview" };

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

const get = (id: string) => arm.get(id, version);

const put = (id: string, body: object, options = version) => putToEnd(arm, id, body, options);

const environment = (properties: object = {}, over: object = {}) =>
  put(ENVIRONMENT, { location: "westeurope", properties, ...over });

const PROFILES = [{ name: "Consumption", workloadProfileType: "Consumption" }];
const container = (over: object = {}) => ({
  name: "bot",
  image: "mcr.microsoft.com/bot:1",
  resources: { cpu: 0.5, memory: "1Gi" },
  ...over,
});
const appBody = (
  configuration: object = {},
  template: object = {},
  over: object = {},
  properties: object = {},
) => ({
  location: "westeurope",
  properties: {
    environmentId: ENVIRONMENT,
    configuration: { ingress: { external: true, targetPort: 8080 }, ...configuration },
    template: { containers: [container()], ...template },
    ...properties,
  },
  ...over,
});
const withIdentity = {
  identity: { type: "UserAssigned", userAssignedIdentities: { [IDENTITY]: {} } },
};

async function subnet(range: string | string[], serviceName?: string): Promise<string> {
  const delegations =
    serviceName === undefined ? [] : [{ name: "apps", properties: { serviceName } }];
  const ranges = typeof range === "string" ? { addressPrefix: range } : { addressPrefixes: range };
  await arm.put(
    NETWORK,
    {
      location: "westeurope",
      properties: {
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [{ name: "apps", properties: { ...ranges, delegations } }],
      },
    },
    { apiVersion: "2024-05-01" },
  );
  return `${NETWORK}/subnets/apps`;
}

describe("Container Apps environments", () => {
  it("have a domain, an address and what a domain of one's own must prove", async () => {
    const made = await arm.put(
      ENVIRONMENT,
      { location: "westeurope", properties: { workloadProfiles: PROFILES } },
      version,
    );
    expect([made.status, made.body.properties.provisioningState]).toEqual([201, "Creating"]);
    await arm.get(made.headers.get("Azure-AsyncOperation") ?? "");
    const { body } = await get(ENVIRONMENT);
    expect(body).toMatchObject({
      location: "West Europe",
      properties: {
        provisioningState: "Succeeded",
        defaultDomain: expect.stringMatching(
          /^[a-z]+-[0-9a-f]{8}\.westeurope\.azurecontainerapps\.io$/,
        ),
        staticIp: expect.stringMatching(/^203\.0\.113\.\d+$/),
        customDomainConfiguration: {
          customDomainVerificationId: expect.stringMatching(/^[0-9A-F]{64}$/),
        },
        zoneRedundant: false,
        workloadProfiles: PROFILES,
        publicNetworkAccess: "Enabled",
      },
    });
    await environment({ workloadProfiles: PROFILES });
    expect((await get(ENVIRONMENT)).body.properties.defaultDomain).toBe(
      body.properties.defaultDomain,
    );
    const path = `${GROUP.split("/resourceGroups")[0]}/providers/Microsoft.App/getCustomDomainVerificationId`;
    expect((await arm.post(path, {}, version)).body).toBe(
      body.properties.customDomainConfiguration.customDomainVerificationId,
    );
  });

  it("never answer the key of their workspace, which must be its own", async () => {
    const workspace = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/logs`;
    const logsVersion = { apiVersion: "2023-09-01" };
    await put(workspace, { location: "westeurope", properties: {} }, logsVersion);
    const { customerId } = (await arm.get(workspace, logsVersion)).body.properties;
    const { primarySharedKey } = (await arm.post(`${workspace}/sharedKeys`, {}, logsVersion)).body;
    const log = (logAnalyticsConfiguration: object) =>
      environment({
        appLogsConfiguration: { destination: "log-analytics", logAnalyticsConfiguration },
      });
    const wrong = await log({ customerId, sharedKey: "another" });
    expect(wrong.body.error.message).toContain("no key of the workspace 'logs'");
    const nobody = await log({ customerId: "x", sharedKey: primarySharedKey });
    expect(nobody.body.error.message).toContain("There is no workspace");
    await log({ customerId, sharedKey: primarySharedKey });
    const { body } = await get(ENVIRONMENT);
    expect(JSON.stringify(body)).not.toContain(primarySharedKey);
    expect(body.properties.appLogsConfiguration).toEqual({
      destination: "log-analytics",
      logAnalyticsConfiguration: { customerId, sharedKey: null, dynamicJsonColumns: false },
    });
  });

  it("stand in a subnet that is theirs alone", async () => {
    const infrastructureSubnetId = await subnet("10.0.0.0/27", "Microsoft.App/environments");
    const vnetConfiguration = { infrastructureSubnetId, internal: true };
    const made = await environment({
      workloadProfiles: PROFILES,
      vnetConfiguration,
      zoneRedundant: true,
    });
    expect(made.body.status).toBe("Succeeded");
    expect((await get(ENVIRONMENT)).body.properties).toMatchObject({
      vnetConfiguration,
      zoneRedundant: true,
      infrastructureResourceGroup: "ME_bots_rg-bots_westeurope",
      staticIp: expect.stringMatching(/^10\./),
    });
    const second = await put(`${ENVIRONMENT}-2`, {
      location: "westeurope",
      properties: { workloadProfiles: PROFILES, vnetConfiguration },
    });
    expect(second.body.error.message).toContain(`already used by ${ENVIRONMENT}`);
    const moved = await environment({ workloadProfiles: PROFILES, zoneRedundant: true });
    expect(moved.body.error.message).toContain("The network of an environment cannot be changed");
    const changed = await environment({
      workloadProfiles: PROFILES,
      vnetConfiguration,
      zoneRedundant: false,
    });
    expect(changed.body.error.message).toContain("ZoneRedundant");
  });

  it.each([
    [
      "too small without workload profiles",
      "10.0.0.0/24",
      "Microsoft.App/environments",
      {},
      [
        "ManagedEnvironmentInvalidNetworkConfiguration",
        "The environment network configuration is invalid: Provided subnet must have a size of at least /23",
      ],
    ],
    [
      "too small with them",
      "10.0.0.0/28",
      "Microsoft.App/environments",
      { workloadProfiles: PROFILES },
      [
        "ManagedEnvironmentInvalidNetworkConfiguration",
        "The environment network configuration is invalid: Provided subnet must have a size of at least /27",
      ],
    ],
    [
      "not delegated",
      "10.0.0.0/23",
      undefined,
      { workloadProfiles: PROFILES },
      [
        "ManagedEnvironmentSubnetDelegationError",
        "The subnet of the environment must be delegated to the service 'Microsoft.App/environments'.",
      ],
    ],
  ])("are refused a subnet that is %s", async (_what, prefix, service, properties, expected) => {
    const infrastructureSubnetId = await subnet(prefix, service);
    const answer = await environment({
      ...properties,
      vnetConfiguration: { infrastructureSubnetId },
    });
    expect([answer.body.error.code, answer.body.error.message]).toEqual(expected);
    expect((await get(ENVIRONMENT)).status).toBe(404);
  });

  it("are refused a subnet that is not there, or that has a list of ranges", async () => {
    const wanted = await subnet(["10.0.0.0/23"], "Microsoft.App/environments");
    for (const infrastructureSubnetId of [`${NETWORK}/subnets/x`, wanted]) {
      const answer = await environment({ vnetConfiguration: { infrastructureSubnetId } });
      expect([answer.body.error.code, answer.body.error.message]).toEqual([
        "ManagedEnvironmentInvalidNetworkConfiguration",
        "The environment network configuration is invalid: The subnet and its addressPrefix could not be found.",
      ]);
    }
  });

  it.each([
    ["zones without a network", { zoneRedundant: true }, "needs a subnet"],
    ["to be internal without one", { vnetConfiguration: { internal: true } }, "needs a subnet"],
    [
      "a profile that nobody has",
      { workloadProfiles: [{ name: "a", workloadProfileType: "Z9" }] },
      "got 'Z9'",
    ],
    [
      "two profiles of one name",
      { workloadProfiles: [...PROFILES, ...PROFILES] },
      "a name of its own",
    ],
    [
      "a workspace without its key",
      { appLogsConfiguration: { destination: "log-analytics" } },
      "SharedKey",
    ],
    ["another place for logs", { appLogsConfiguration: { destination: "disk" } }, "got 'disk'"],
  ])("are refused %s", async (_what, properties, words) => {
    const answer = await environment(properties);
    expect([answer.status, answer.body.error.code]).toEqual([
      400,
      "InvalidRequestParameterWithDetails",
    ]);
    expect(answer.body.error.message).toContain(words);
  });

  it("answer 501 for what they have elsewhere", async () => {
    const unknown = await environment({ openTelemetryConfiguration: { a: 1 } });
    expect(unknown.body.error.message).toContain("'properties.openTelemetryConfiguration'");
    expect((await arm.patch(ENVIRONMENT, { tags: {} }, version)).status).toBe(501);
  });

  it("stay while they have apps", async () => {
    await environment();
    await put(APP, appBody());
    const refused = await arm.delete(ENVIRONMENT, version);
    expect([refused.status, refused.body.error]).toEqual([
      400,
      {
        code: "ManagedEnvironmentHasContainerApps",
        message:
          "The specified environment bots cannot be deleted because it still contains 1 ContainerApps.",
      },
    ]);
    const going = await arm.delete(APP, version);
    expect(going.status).toBe(202);
    await arm.get(going.headers.get("Location") ?? "");
    expect((await get(APP)).status).toBe(404);
    expect((await arm.delete(ENVIRONMENT, version)).status).toBe(202);
  });
});

describe("container apps", () => {
  beforeEach(async () => {
    await environment({ workloadProfiles: PROFILES });
    await arm.put(IDENTITY, { location: "westeurope" });
  });

  it("have an address, and a revision for every template", async () => {
    expect((await put(APP, appBody())).body.status).toBe("Succeeded");
    const { defaultDomain } = (await get(ENVIRONMENT)).body.properties;
    const { body } = await get(APP);
    expect(body).toMatchObject({
      location: "West Europe",
      properties: {
        provisioningState: "Succeeded",
        runningStatus: "Running",
        environmentId: ENVIRONMENT,
        managedEnvironmentId: ENVIRONMENT,
        workloadProfileName: "Consumption",
        latestRevisionName: "contoso-bot--0000001",
        latestReadyRevisionName: "contoso-bot--0000001",
        latestRevisionFqdn: `contoso-bot--0000001.${defaultDomain}`,
        configuration: {
          activeRevisionsMode: "Single",
          secrets: null,
          ingress: {
            fqdn: `contoso-bot.${defaultDomain}`,
            external: true,
            targetPort: 8080,
            transport: "Auto",
            allowInsecure: false,
            traffic: [{ weight: 100, latestRevision: true }],
          },
        },
        template: { scale: { minReplicas: null, maxReplicas: 10 } },
      },
    });
    const revision = async (body: object) => {
      await put(APP, body);
      return (await get(APP)).body.properties.latestRevisionName;
    };
    expect(await revision(appBody())).toBe("contoso-bot--0000001");
    expect(await revision(appBody({ maxInactiveRevisions: 5 }))).toBe("contoso-bot--0000001");
    expect(await revision(appBody({}, { scale: { minReplicas: 1 } }))).toBe("contoso-bot--0000002");
    expect(await revision(appBody({}, { revisionSuffix: "blue" }))).toBe("contoso-bot--blue");
    const inside = await get(APP);
    await put(APP, appBody({ ingress: { external: false, targetPort: 80 } }));
    expect((await get(APP)).body.properties.configuration.ingress.fqdn).toBe(
      `contoso-bot.internal.${defaultDomain}`,
    );
    expect(inside.body.properties.outboundIpAddresses.length).toBeGreaterThan(0);
  });

  it("tell the values of secrets only to who posts for them", async () => {
    const secrets = [
      { name: "one", value: "secret-1" },
      { name: "two", value: "secret-2" },
    ];
    const env = [
      { name: "ONE", secretRef: "one" },
      { name: "PLAIN", value: "1" },
    ];
    const template = { containers: [container({ env })] };
    await put(APP, appBody({ secrets }, template, withIdentity));
    const { body } = await get(APP);
    expect(JSON.stringify(body)).not.toContain("secret-");
    expect(body.properties.configuration.secrets).toEqual([{ name: "one" }, { name: "two" }]);
    expect(body.properties.template.containers[0].env).toEqual(env);
    expect((await arm.post(`${APP}/listSecrets`, {}, version)).body.value).toEqual(secrets);
  });

  it.each<[what: string, body: object, code: string, words: string]>([
    [
      "a total that its profile has not",
      appBody({}, { containers: [container({ resources: { cpu: 1, memory: "1Gi" } })] }),
      "ContainerAppInvalidResourceTotal",
      "(CPU: 1, memory: 1) is invalid. Total CPU and memory for all containers defined in a Container App must add up to one of the following CPU - Memory combinations: [cpu: 0.25, memory: 0.5Gi]; [cpu: 0.5, memory: 1.0Gi];",
    ],
    [
      "a secret that is not there",
      appBody({}, { containers: [container({ env: [{ name: "A", secretRef: "x" }] })] }),
      "ContainerAppSecretRefNotFound",
      "SecretRef 'x' defined for container 'bot' not found.",
    ],
    [
      "a secret without a value",
      appBody({ secrets: [{ name: "a" }] }),
      "ContainerAppSecretInvalid",
      "Container app secret(s) with name(s) 'a' are invalid: value or keyVaultUrl and identity should be provided.",
    ],
    [
      "a secret in capitals",
      appBody({ secrets: [{ name: "A", value: "1" }] }),
      "ContainerAppSecretInvalid",
      "lower case",
    ],
    [
      "a vault read by an identity that it has not",
      appBody({
        secrets: [
          { name: "a", keyVaultUrl: "https://v.vault.azure.net/secrets/a", identity: IDENTITY },
        ],
      }),
      "InvalidRequestParameterWithDetails",
      `Managed identity with resource Id ${IDENTITY} was not assigned to container app 'contoso-bot'`,
    ],
    [
      "a vault's address that is none",
      appBody({
        secrets: [{ name: "a", keyVaultUrl: "https://v.vault.azure.net", identity: "x" }],
      }),
      "ContainerAppSecretKeyVaultUrlInvalid",
      "got 'https://v.vault.azure.net'",
    ],
    [
      "a registry of an identity that it has not",
      appBody({ registries: [{ server: "contoso.azurecr.io", identity: IDENTITY }] }),
      "InvalidRequestParameterWithDetails",
      "was not assigned to container app",
    ],
    [
      "a registry without a password",
      appBody({ registries: [{ server: "contoso.azurecr.io", username: "a" }] }),
      "InvalidRequestParameterWithDetails",
      "needs an identity",
    ],
    [
      "no container",
      appBody({}, { containers: [] }),
      "InvalidRequestParameterWithDetails",
      "at least one",
    ],
    [
      "two containers of one name",
      appBody({}, { containers: [container(), container()] }),
      "InvalidRequestParameterWithDetails",
      "a name of its own",
    ],
    [
      "no image",
      appBody({}, { containers: [container({ image: "Bot" })] }),
      "InvalidRequestParameterWithDetails",
      "got 'Bot'",
    ],
    [
      "more replicas at least than at most",
      appBody({}, { scale: { minReplicas: 3, maxReplicas: 2 } }),
      "InvalidRequestParameterWithDetails",
      "got 3 and 2",
    ],
    [
      "too many replicas",
      appBody({}, { scale: { maxReplicas: 1001 } }),
      "InvalidRequestParameterWithDetails",
      "from 1 to 1000",
    ],
    [
      "a longer grace than there is",
      appBody({}, { terminationGracePeriodSeconds: 601 }),
      "InvalidRequestParameterWithDetails",
      "from 0 to 600",
    ],
    [
      "a revision of a wrong name",
      appBody({}, { revisionSuffix: "1st" }),
      "ContainerAppInvalidRevisionName",
      "Revision name has an invalid value '1st'.",
    ],
    [
      "a probe of no type",
      appBody({}, { containers: [container({ probes: [{ httpGet: { port: 80 } }] })] }),
      "InvalidRequestParameterWithDetails",
      "Liveness, Readiness, Startup",
    ],
    [
      "two probes of one type",
      appBody(
        {},
        {
          containers: [
            container({
              probes: [1, 2].map((port) => ({ type: "Liveness", tcpSocket: { port } })),
            }),
          ],
        },
      ),
      "InvalidRequestParameterWithDetails",
      "two of Liveness",
    ],
    [
      "a probe that asks nothing",
      appBody({}, { containers: [container({ probes: [{ type: "Startup" }] })] }),
      "InvalidRequestParameterWithDetails",
      "either httpGet or tcpSocket",
    ],
    [
      "a liveness probe that must succeed twice",
      appBody(
        {},
        {
          containers: [
            container({
              probes: [{ type: "Liveness", tcpSocket: { port: 1 }, successThreshold: 2 }],
            }),
          ],
        },
      ),
      "InvalidRequestParameterWithDetails",
      "A Liveness probe has 1",
    ],
    [
      "a port that nobody has",
      appBody({ ingress: { targetPort: 70000 } }),
      "InvalidRequestParameterWithDetails",
      "from 0 to 65535",
    ],
    [
      "traffic that does not add up",
      appBody({ ingress: { targetPort: 80, traffic: [{ weight: 50, latestRevision: true }] } }),
      "InvalidRequestParameterWithDetails",
      "add up to 100, got 50",
    ],
    [
      "traffic to an old revision with one active",
      appBody({ ingress: { targetPort: 80, traffic: [{ weight: 100, revisionName: "a" }] } }),
      "InvalidRequestParameterWithDetails",
      "goes to the latest",
    ],
    [
      "a port to the outside without tcp",
      appBody({ ingress: { targetPort: 80, exposedPort: 81 } }),
      "InvalidRequestParameterWithDetails",
      "transport tcp",
    ],
    [
      "tcp to the outside without a network",
      appBody({ ingress: { targetPort: 80, transport: "tcp", external: true } }),
      "InvalidRequestParameterWithDetails",
      "network of one's own",
    ],
    [
      "cookies with several revisions",
      appBody({
        activeRevisionsMode: "Multiple",
        ingress: { targetPort: 80, stickySessions: { affinity: "sticky" } },
      }),
      "InvalidRequestParameterWithDetails",
      "single active revision",
    ],
    [
      "another environment than there is",
      appBody({}, {}, {}, { environmentId: `${ENVIRONMENT}x` }),
      "ManagedEnvironmentNotFound",
      `'${ENVIRONMENT}x' was not found`,
    ],
    [
      "another region than its environment's",
      appBody({}, {}, { location: "northeurope" }),
      "InvalidRequestParameterWithDetails",
      "The environment is in West Europe",
    ],
    [
      "a profile that its environment has not",
      appBody({}, {}, {}, { workloadProfileName: "D4" }),
      "InvalidRequestParameterWithDetails",
      "no profile 'D4'",
    ],
  ])("are refused %s", async (_what, body, code, words) => {
    const { body: refused } = await put(APP, body);
    expect([refused.error.code, refused.error.message]).toEqual([
      code,
      expect.stringContaining(words),
    ]);
    expect((await get(APP)).status).toBe(404);
  });

  it.each(["Contoso", "a", "contoso-", "a--b", "1bot", "a".repeat(33)])(
    "are refused the name '%s'",
    async (name) => {
      const answer = await put(`${APPS}/containerApps/${name}`, appBody());
      expect([answer.status, answer.body.error.code]).toEqual([400, "ContainerAppInvalidName"]);
    },
  );

  it("stay in their environment", async () => {
    await put(APP, appBody());
    await put(`${ENVIRONMENT}-2`, { location: "westeurope", properties: {} });
    const moved = await put(APP, appBody({}, {}, {}, { environmentId: `${ENVIRONMENT}-2` }));
    expect(moved.body.error.message).toContain("stays in its environment");
    expect((await arm.patch(APP, {}, version)).status).toBe(501);
  });

  it("are not made while their environment is", async () => {
    const other = `${ENVIRONMENT}-2`;
    await arm.put(other, { location: "westeurope", properties: {} }, version);
    const answer = await put(APP, appBody({}, {}, {}, { environmentId: other }));
    expect(answer.body.error.code).toBe("ManagedEnvironmentNotReadyForAppCreation");
  });
});

describe("the image of a container app", () => {
  const image = "contoso.azurecr.io/bot:1.4.2";
  const registries = [{ server: "contoso.azurecr.io", identity: IDENTITY }];
  const deploy = (configuration: object = { registries }, text = image) =>
    put(APP, appBody(configuration, { containers: [container({ image: text })] }, withIdentity));
  const reason = (words: string) => ({
    status: "Failed",
    error: {
      code: "ContainerAppOperationError",
      message: `Failed to provision revision for container app 'contoso-bot'. Error details: The following field(s) are either invalid or missing. Field 'template.containers.bot.image' is invalid with details: 'Invalid value: "${image}": ${words}';.`,
    },
  });
  const push = () => new ContainerImages(arm.context.store).declare(image, true);

  beforeEach(async () => {
    await environment();
    await arm.put(IDENTITY, { location: "westeurope" });
    await put(
      REGISTRY,
      { location: "westeurope", sku: { name: "Basic" }, properties: {} },
      { apiVersion: "2023-01-01-preview" },
    );
  });

  async function mayPull() {
    const { principalId } = (await arm.get(IDENTITY)).body.properties;
    const role = `${GROUP.split("/resourceGroups")[0]}/providers/Microsoft.Authorization/roleDefinitions/${ACR_PULL}`;
    const id = `${REGISTRY}/providers/Microsoft.Authorization/roleAssignments/10000000-0000-4000-8000-000000000000`;
    const properties = { roleDefinitionId: role, principalId, principalType: "ServicePrincipal" };
    return arm.put(id, { properties }, { apiVersion: "2022-04-01" });
  }

  it("is pulled by an identity that may, from a registry that holds it; otherwise the app fails and can be mended", async () => {
    const forbidden = await deploy();
    expect(forbidden.body).toMatchObject(
      reason(
        `unable to pull image using Managed identity ${IDENTITY} for registry contoso.azurecr.io`,
      ),
    );
    expect((await mayPull()).status).toBe(201);
    const missing = await deploy();
    expect(missing.body).toMatchObject(
      reason(
        'GET https:: MANIFEST_UNKNOWN: manifest tagged by "1.4.2" is not found; map[Tag:1.4.2]',
      ),
    );
    const failed = (await get(APP)).body.properties;
    expect([failed.provisioningState, failed.latestRevisionName]).toEqual(["Failed", ""]);
    push();
    expect((await deploy()).body.status).toBe("Succeeded");
    expect((await get(APP)).body.properties).toMatchObject({
      provisioningState: "Succeeded",
      latestRevisionName: "contoso-bot--0000001",
    });
  });

  it("is not pulled by nobody, and by a name and password only where there is an admin", async () => {
    push();
    const anybody = await deploy({});
    expect(anybody.body).toMatchObject(
      reason(
        "GET https://contoso.azurecr.io/oauth2/token?scope=repository%3Abot%3Apull&service=contoso.azurecr.io: UNAUTHORIZED: authentication required, visit https://aka.ms/acr/authorization for more information.",
      ),
    );
    const registry = { apiVersion: "2023-01-01-preview" };
    const admin = {
      location: "westeurope",
      sku: { name: "Basic" },
      properties: { adminUserEnabled: true },
    };
    await put(REGISTRY, admin, registry);
    const { passwords } = (await arm.post(`${REGISTRY}/listCredentials`, {}, registry)).body;
    const byPassword = (value: string) =>
      deploy({
        secrets: [{ name: "password", value }],
        registries: [
          { server: "contoso.azurecr.io", username: "contoso", passwordSecretRef: "password" },
        ],
      });
    expect((await byPassword("wrong")).body.status).toBe("Failed");
    expect((await byPassword(passwords[1].value)).body.status).toBe("Succeeded");
  });

  it("is taken to be anywhere else, unless it is said not to be", async () => {
    expect((await deploy({}, "ghcr.io/contoso/bot:1")).body.status).toBe("Succeeded");
    new ContainerImages(arm.context.store).declare("ghcr.io/contoso/bot:2", false);
    expect((await deploy({}, "ghcr.io/contoso/bot:2")).body.error.message).toContain(
      "MANIFEST_UNKNOWN",
    );
    expect((await get(APP)).body.properties.latestRevisionName).toBe("contoso-bot--0000001");
    expect((await deploy({}, "nobody.azurecr.io/bot:1")).body.error.message).toContain(
      "lookup nobody.azurecr.io: no such host",
    );
  });
});

import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import { Provider as AzureNative } from "@pulumi/azure-native/provider.js";
import * as azuread from "@pulumi/azuread";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { StartedPlugins } from "../../../../local-cloud/plugins/index.js";
import { type Deployment, newDeployment, startAgainst } from "../deploy.js";
import { fakeArm } from "../fake-arm.js";
import { CLIENT, type FakeCloud, useFakeCloud } from "../fake-cloud.js";
import { fakeGraph } from "../fake-graph.js";

const cloud = useFakeCloud();
let plugins: StartedPlugins;
const deployments: Deployment[] = [];

beforeAll(async () => {
  plugins = await startAgainst(cloud());
});
beforeEach(() => {
  cloud().handlers.arm = fakeArm().handler;
  cloud().handlers.graph = fakeGraph().handler;
});
afterEach(async () => {
  await Promise.all(deployments.splice(0).map((deployment) => deployment.close()));
});
afterAll(async () => {
  await plugins.close();
});

async function deploy(...args: Parameters<typeof newDeployment>): Promise<Deployment> {
  const deployment = await newDeployment(...args);
  deployments.push(deployment);
  return deployment;
}

const OTHER_CLIENT = "77777777-7777-4777-8777-777777777777";
const OTHER_SUBSCRIPTION = "88888888-8888-4888-8888-888888888888";

/** Who wrote each resource of Azure, by the last part of its id. */
function writers({ log }: FakeCloud): Record<string, string> {
  const puts = log.filter(({ method }) => method === "PUT");
  return Object.fromEntries(
    puts.map(({ url, clientId }) => [url.pathname.split("/").at(-1), clientId]),
  );
}

test("serves an explicit provider with credentials of its own beside the default one", async () => {
  const identity = (name: string, provider?: AzureNative) =>
    new managedidentity.UserAssignedIdentity(
      name,
      { resourceGroupName: "rg", resourceName: name, location: "westeurope" },
      provider === undefined ? {} : { provider },
    );
  const seen: Record<string, string> = {};
  const deployment = await deploy(plugins.debugProviders, async () => {
    const other = new AzureNative("other", {
      clientId: OTHER_CLIENT,
      clientSecret: "another-secret",
      subscriptionId: OTHER_SUBSCRIPTION,
    });
    const otherDirectory = new azuread.Provider("other", {
      clientId: OTHER_CLIENT,
      clientSecret: "another-secret",
    });
    for (const number of [1, 2, 3]) {
      identity(`default${number}`);
      identity(`other${number}`, other);
    }
    seen["default"] = (await authorization.getClientConfig()).clientId;
    seen["other"] = (await authorization.getClientConfig({ provider: other })).clientId;
    seen["directory"] = (await azuread.getClientConfig()).clientId;
    seen["otherDirectory"] = (await azuread.getClientConfig({ provider: otherDirectory })).clientId;
  });
  await deployment.up();
  expect(writers(cloud())).toEqual({
    default1: CLIENT,
    default2: CLIENT,
    default3: CLIENT,
    other1: OTHER_CLIENT,
    other2: OTHER_CLIENT,
    other3: OTHER_CLIENT,
  });
  expect(seen).toEqual({
    default: CLIENT,
    other: OTHER_CLIENT,
    directory: CLIENT,
    otherDirectory: OTHER_CLIENT,
  });
  const others = cloud().log.filter(({ path }) => path.includes("other1"));
  expect(others.every(({ path }) => path.includes(OTHER_SUBSCRIPTION))).toBe(true);
  expect(await deployment.up()).toEqual([]);
});

test("serves two stacks with different configuration at the same time", async () => {
  const program = (name: string) => async () => {
    new managedidentity.UserAssignedIdentity(name, {
      resourceGroupName: "rg",
      resourceName: name,
      location: "westeurope",
    });
  };
  const one = await deploy(plugins.debugProviders, program("one"));
  const two = await deploy(plugins.debugProviders, program("two"), {
    "azure-native:clientId": OTHER_CLIENT,
    "azure-native:clientSecret": "another-secret",
  });
  await Promise.all([one.up(), two.up()]);
  expect(writers(cloud())).toEqual({ one: CLIENT, two: OTHER_CLIENT });
});

test("refuses a way to sign in that the local cloud has not", async () => {
  const deployment = await deploy(
    plugins.debugProviders,
    async () => {
      await azuread.getClientConfig();
    },
    { "azuread:useOidc": "true" },
  );
  expect(await deployment.failingUp()).toContain("azuread:useOidc is not known to the local cloud");
  expect(cloud().tokens).toEqual([]);
});

test("says what the token endpoint says when it refuses, without the secret", async () => {
  const body = {
    error: "invalid_client",
    error_description: "AADSTS7000215: Invalid client secret provided.",
  };
  cloud().handlers.login = () => ({ status: 401, body });
  const deployment = await deploy(plugins.debugProviders, async () => {
    await azuread.getClientConfig();
  });
  const said = await deployment.failingUp().finally(() => {
    cloud().handlers.login = () => undefined;
  });
  expect(said).toContain("AADSTS7000215: Invalid client secret provided.");
  expect(said).not.toContain("fake-secret");
});

test("gives up its waits as soon as the engine is told to stop", async () => {
  let asked = () => {};
  const waiting = new Promise<void>((resolve) => {
    asked = resolve;
  });
  cloud().handlers.arm = ({ method }) => {
    if (method !== "PUT") return { status: 404 };
    asked();
    return { status: 503, headers: { "retry-after": "600" } };
  };
  const deployment = await deploy(plugins.debugProviders, async () => {
    new managedidentity.UserAssignedIdentity("one", {
      resourceGroupName: "rg",
      location: "westeurope",
    });
  });
  const stopped = new AbortController();
  const running = deployment.stack
    .up({ signal: stopped.signal })
    .catch((error: Error) => error.message);
  await waiting;
  const since = Date.now();
  stopped.abort();
  expect(await running).toContain("operation cancelled");
  expect(Date.now() - since).toBeLessThan(20_000);
});

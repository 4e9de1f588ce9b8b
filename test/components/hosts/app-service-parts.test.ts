// The two parts of an App Service host by themselves, with an image of a registry that the same program makes: on the real engine.
import * as containerregistry from "@pulumi/azure-native/containerregistry/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import { expect, it } from "vitest";
import { AppServiceAddress, AppServiceHost, HostFoundation } from "../../../components/index.js";
import { SUBSCRIPTION_ID, TENANT_ID } from "../../../local-cloud/well-known.js";
import { asDeployer } from "../../support/as-deployer.js";
import { cloudOfFile } from "../../support/cloud-of-file.js";
import { resourceOf } from "../../support/stack-state.js";
import { failureOf, newTestStack, run } from "../../support/test-stack.js";

const { cloud, made } = await cloudOfFile();

const SITE = "contoso-parts";
const IMAGE = "contoso.azurecr.io/bot:1.0.0";

async function program() {
  const group = new resources.ResourceGroup("group", { resourceGroupName: "parts" });
  const resourceGroupName = group.name;
  const foundation = new HostFoundation("bot", {
    resourceGroupName,
    resourceName: SITE,
    vaultName: SITE,
    tenantId: TENANT_ID,
    subnetDelegation: "Microsoft.Web/serverFarms",
  });
  const registry = new containerregistry.Registry("registry", {
    resourceGroupName,
    registryName: "contoso",
    sku: { name: containerregistry.SkuName.Basic },
  });
  const { identity, workspaceId, subnetId } = foundation;
  const address = new AppServiceAddress("bot", {
    resourceGroupName,
    identity,
    workspaceId,
    subnetId,
    siteName: SITE,
    image: IMAGE,
    registryId: registry.id,
  });
  const { siteName, siteId, hostName, planId, domainVerificationId } = address;
  const host = new AppServiceHost("bot", {
    resourceGroupName,
    identity,
    workspaceId,
    siteName,
    siteId,
    hostName,
    planId,
    domainVerificationId,
    tenantId: TENANT_ID,
    appId: "20ca1000-0000-4000-8000-000000000001",
    applicationInsightsConnectionString: foundation.applicationInsightsConnectionString,
    vaultUri: foundation.vaultUri,
  });
  return { callingWebhook: host.callingWebhook, identity: host.identity };
}

it("a site and its plan that are refused first are made by the next run, with an image pulled by the identity", async () => {
  const testStack = await newTestStack({ cloud, stackName: "parts", program });
  made.push(testStack);
  const { stack, stateText } = testStack;
  const { arm } = asDeployer(cloud);
  const other = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/other`;
  const web = `${other}/providers/Microsoft.Web`;
  const location = "westeurope";
  await arm("PUT", other, "2024-03-01", { location });
  await arm("PUT", `${web}/serverfarms/other`, "2024-11-01", { location, sku: { name: "B1" } });
  await arm("PUT", `${web}/sites/${SITE}`, "2024-11-01", {
    location,
    properties: { serverFarmId: `${web}/serverfarms/other` },
  });

  // microsoft/AzureTRE#1333.
  const quota = "This region has quota of 0 PremiumV3 instances for your subscription.";
  const plans = { method: "PUT", path: "/serverfarms/", skip: 0 };
  cloud.faults.add({ kind: "fail", status: 401, code: "Unauthorized", message: quota, ...plans });
  expect(await failureOf(stack, "up")).toContain(quota);
  cloud.faults.clear();
  expect(await failureOf(stack, "up")).toContain(`Website with given name ${SITE} already exists.`);
  await arm("DELETE", `${web}/sites/${SITE}`, "2024-11-01");

  const { steps, outputs } = await run(stack, "up");
  expect(outputs["callingWebhook"]).toBe(`https://${SITE}.azurewebsites.net/api/calling`);
  expect(steps).toContain("create WebApp bot-site");
  expect(steps.join()).not.toMatch(/AppServicePlan|UserAssignedIdentity|Registry /);
  const { inputs } = await resourceOf(stack, "WebApp", "bot-site");
  const identity = await resourceOf(stack, "UserAssignedIdentity", "bot-identity");
  expect(outputs["identity"]).toMatchObject({ clientId: identity.outputs["clientId"] });
  expect(inputs["siteConfig"]).toMatchObject({
    linuxFxVersion: `DOCKER|${IMAGE}`,
    acrUseManagedIdentityCreds: true,
    acrUserManagedIdentityID: identity.outputs["clientId"],
  });
  const reader = await resourceOf(stack, "RoleAssignment", "bot-registry-reader");
  const registry = await resourceOf(stack, "Registry", "registry");
  expect(reader.inputs["scope"]).toMatch(
    new RegExp(`/registries/${registry.outputs["name"]}$`, "i"),
  );
  expect(stateText()).not.toMatch(/DOCKER_REGISTRY_SERVER|adminUserEnabled": true/);
  expect((await run(stack, "up")).steps).toEqual([]);
  await run(stack, "destroy");
  expect((await run(stack, "destroy")).steps).toEqual([]);
});

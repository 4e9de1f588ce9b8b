// What a program says about App Service, Container Apps and registries, as the plugin checks, compares and sends it.
import { describe, expect, it } from "vitest";
import {
  inputsOf,
  outputsOf,
  requestBody,
} from "../../../../local-cloud/plugins/azure-native/body.js";
import { checkInputs } from "../../../../local-cloud/plugins/azure-native/check.js";
import { diffInputs } from "../../../../local-cloud/plugins/azure-native/diff.js";
import { rowOf } from "../../../../local-cloud/plugins/azure-native/resource-table.js";
import type { Properties } from "../../../../local-cloud/plugins/wire/property-values.js";

const IDENTITY = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/a";
const ENVIRONMENT = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.App/env";

const INPUTS: Readonly<Record<string, Properties>> = {
  "web:AppServicePlan": {
    resourceGroupName: "rg",
    name: "plan",
    location: "westeurope",
    reserved: true,
    sku: { name: "B1", capacity: 1 },
    zoneRedundant: false,
  },
  "web:WebApp": {
    resourceGroupName: "rg",
    name: "site",
    location: "westeurope",
    kind: "app,linux",
    serverFarmId: "/plan",
    reserved: true,
    httpsOnly: true,
    hyperV: false,
    isXenon: false,
    siteConfig: { alwaysOn: true, linuxFxVersion: "NODE|22-lts", numberOfWorkers: 1 },
    identity: { type: "UserAssigned", userAssignedIdentities: [IDENTITY] },
  },
  "web:WebAppApplicationSettings": {
    resourceGroupName: "rg",
    name: "site",
    properties: { A: "1" },
  },
  "web:WebAppHostNameBinding": {
    resourceGroupName: "rg",
    name: "site",
    hostName: "bot.contoso.com",
    sslState: "Disabled",
  },
  "web:Certificate": {
    resourceGroupName: "rg",
    name: "certificate",
    location: "westeurope",
    serverFarmId: "/plan",
    canonicalName: "bot.contoso.com",
  },
  "containerregistry:Registry": {
    resourceGroupName: "rg",
    registryName: "contoso",
    location: "westeurope",
    sku: { name: "Basic" },
    adminUserEnabled: false,
    zoneRedundancy: "Disabled",
  },
  "app:ManagedEnvironment": {
    resourceGroupName: "rg",
    environmentName: "env",
    location: "westeurope",
    zoneRedundant: false,
    vnetConfiguration: { infrastructureSubnetId: "/subnet", internal: false },
  },
  "app:ContainerApp": {
    resourceGroupName: "rg",
    containerAppName: "bot",
    location: "westeurope",
    environmentId: ENVIRONMENT,
    identity: { type: "UserAssigned", userAssignedIdentities: [IDENTITY] },
    configuration: { activeRevisionsMode: "Single", ingress: { external: true, targetPort: 80 } },
    template: {
      containers: [{ name: "bot", image: "contoso.azurecr.io/bot:1", resources: { cpu: 0.5 } }],
      scale: { minReplicas: 1, maxReplicas: 10 },
    },
  },
  "app:ManagedCertificate": {
    resourceGroupName: "rg",
    environmentName: "env",
    managedCertificateName: "certificate",
    location: "westeurope",
    properties: { subjectName: "bot.contoso.com", domainControlValidation: "CNAME" },
  },
};

const rowFor = (type: string) => rowOf(`azure-native:${type}`);
const inputsFor = (type: string) => INPUTS[type] ?? {};

describe.each(Object.keys(INPUTS))("%s", (type) => {
  it("takes what the tests below change", () => {
    expect(checkInputs(rowFor(type), inputsFor(type))).toEqual([]);
    expect(diffInputs(rowFor(type), inputsFor(type), {}, inputsFor(type)).detailed.size).toBe(0);
  });
});

it.each<[type: string, change: Properties, path: string, replaces: boolean]>([
  ["web:AppServicePlan", { sku: { name: "S1", capacity: 1 } }, "sku.name", false],
  ["web:AppServicePlan", { sku: { name: "B1", capacity: 2 } }, "sku.capacity", false],
  ["web:AppServicePlan", { zoneRedundant: true }, "zoneRedundant", false],
  ["web:AppServicePlan", { location: "northeurope" }, "location", false],
  ["web:AppServicePlan", { reserved: false }, "reserved", true],
  ["web:AppServicePlan", { name: "other" }, "name", true],
  ["web:WebApp", { httpsOnly: false }, "httpsOnly", false],
  ["web:WebApp", { serverFarmId: "/other" }, "serverFarmId", false],
  ["web:WebApp", { kind: "app,linux,container" }, "kind", true],
  ["web:WebApp", { location: "northeurope" }, "location", true],
  ["web:WebApp", { reserved: false }, "reserved", true],
  ["web:WebApp", { name: "other" }, "name", true],
  ["web:WebAppApplicationSettings", { properties: { A: "2" } }, "properties.A", false],
  ["web:WebAppApplicationSettings", { name: "other" }, "name", true],
  ["web:WebAppHostNameBinding", { sslState: "SniEnabled" }, "sslState", false],
  ["web:WebAppHostNameBinding", { hostName: "a.contoso.com" }, "hostName", true],
  ["web:Certificate", { canonicalName: "a.contoso.com" }, "canonicalName", false],
  ["containerregistry:Registry", { sku: { name: "Premium" } }, "sku.name", false],
  ["containerregistry:Registry", { location: "northeurope" }, "location", true],
  ["app:ManagedEnvironment", { zoneRedundant: true }, "zoneRedundant", true],
  [
    "app:ManagedEnvironment",
    { vnetConfiguration: { infrastructureSubnetId: "/subnet", internal: true } },
    "vnetConfiguration.internal",
    false,
  ],
  ["app:ContainerApp", { environmentId: "/other" }, "environmentId", true],
  ["app:ContainerApp", { location: "northeurope" }, "location", true],
  [
    "app:ContainerApp",
    { template: { containers: [], scale: { minReplicas: 1, maxReplicas: 10 } } },
    "template.containers[0]",
    false,
  ],
  [
    "app:ManagedCertificate",
    { properties: { subjectName: "a.contoso.com", domainControlValidation: "CNAME" } },
    "properties.subjectName",
    false,
  ],
])("%s with %j plans one change", (type, change, path, replaces) => {
  const { detailed } = diffInputs(
    rowFor(type),
    inputsFor(type),
    {},
    {
      ...inputsFor(type),
      ...change,
    },
  );
  expect([...detailed].map(([at, difference]) => [at, difference.replaces])).toEqual([
    [path, replaces],
  ]);
});

it("sends user-assigned identities as names of an object, and reads them back as a list", () => {
  const row = rowFor("web:WebApp");
  const body = requestBody(row, inputsFor("web:WebApp"));
  expect(body["identity"]).toEqual({
    type: "UserAssigned",
    userAssignedIdentities: { [IDENTITY]: {} },
  });
  const answered = {
    type: "UserAssigned",
    userAssignedIdentities: { [IDENTITY]: { principalId: "p", clientId: "c" } },
  };
  const outputs = outputsOf(row, { identity: answered });
  expect(outputs["identity"]).toEqual(answered);
  expect(inputsOf(row, outputs)["identity"]).toEqual({
    type: "UserAssigned",
    userAssignedIdentities: [IDENTITY],
  });
});

it("puts the settings of a site into its properties, and never shows app settings", () => {
  const row = rowFor("web:WebApp");
  const siteConfig = { alwaysOn: true, appSettings: [{ name: "A", value: "secret" }] };
  const body = requestBody(row, { ...inputsFor("web:WebApp"), siteConfig, unheardOf: 1 });
  expect(body).toMatchObject({ kind: "app,linux", properties: { siteConfig, reserved: true } });
  expect(body).not.toHaveProperty("properties.unheardOf");
  expect(outputsOf(row, { properties: { siteConfig } })["siteConfig"]).toEqual({ alwaysOn: true });
});

it("names what is missing or of the wrong type", () => {
  const reasons = (type: string, over: Properties) =>
    checkInputs(rowFor(type), { ...inputsFor(type), ...over }).map(({ reason }) => reason);
  expect(reasons("containerregistry:Registry", { sku: {} })).toEqual([
    "missing required property 'sku.name'",
  ]);
  expect(
    reasons("app:ContainerApp", {
      identity: { userAssignedIdentities: IDENTITY },
      template: { containers: [{ probes: [{ httpGet: { path: "/" } }], resources: { cpu: "1" } }] },
    }),
  ).toEqual([
    "missing required property 'identity.type'",
    "'identity.userAssignedIdentities' should be of type 'set' but got a string",
    "'template.containers[0].resources.cpu' should be of type 'number' but got a string",
    "missing required property 'template.containers[0].probes[0].httpGet.port'",
  ]);
});

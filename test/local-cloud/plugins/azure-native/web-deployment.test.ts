// The real engine deploys what a bot's web process needs, with the rows of Microsoft.Web, Microsoft.App and
// Microsoft.ContainerRegistry, to the local cloud.
import * as app from "@pulumi/azure-native/app/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as containerregistry from "@pulumi/azure-native/containerregistry/index.js";
import * as dns from "@pulumi/azure-native/dns/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as web from "@pulumi/azure-native/web/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { TestCloud } from "../../../support/test-cloud.js";
import {
  newTestStack,
  run,
  startDeployableCloud,
  type TestStack,
} from "../../../support/test-stack.js";

const ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
const DOMAIN = "bot.contoso.com";
const IMAGE = "contosobots.azurecr.io/bot:1";

let cloud: TestCloud;
let stack: TestStack;
beforeAll(async () => {
  cloud = await startDeployableCloud();
});
afterEach(async () => {
  await stack.stack.destroy();
  stack.remove();
});
afterAll(() => cloud.remove());

async function newStack(program: PulumiFn) {
  const held = { program };
  stack = await newTestStack({ cloud, program: () => held.program() });
  return held;
}

const place = () => {
  const group = new resources.ResourceGroup("rg", { resourceGroupName: "rg-web" });
  return { resourceGroupName: group.name };
};

/** A zone in which a host name leads to a target and is shown to be ours. */
function records(
  at: { resourceGroupName: pulumi.Input<string> },
  target: pulumi.Input<string>,
  proof: pulumi.Input<string>,
) {
  const zone = new dns.Zone("zone", { ...at, zoneName: "contoso.com", location: "global" });
  const record = { ...at, zoneName: zone.name, ttl: 300 };
  return [
    new dns.RecordSet("alias", {
      ...record,
      relativeRecordSetName: "bot",
      recordType: "CNAME",
      cnameRecord: { cname: target },
    }),
    new dns.RecordSet("proof", {
      ...record,
      relativeRecordSetName: "asuid.bot",
      recordType: "TXT",
      txtRecords: [{ value: [proof] }],
    }),
  ];
}

const siteProgram =
  (
    over: Partial<web.WebAppArgs> = {},
    settings: Record<string, string> = { A: "1" },
    sku = "B1",
  ): PulumiFn =>
  async () => {
    const at = place();
    const identity = new managedidentity.UserAssignedIdentity("identity", at);
    const plan = new web.AppServicePlan("plan", {
      ...at,
      name: "plan",
      kind: "linux",
      reserved: true,
      sku: { name: sku, capacity: 1 },
    });
    const site = new web.WebApp(
      "site",
      {
        ...at,
        name: "contoso-web-bot",
        kind: "app,linux",
        serverFarmId: plan.id,
        reserved: true,
        httpsOnly: true,
        identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
        keyVaultReferenceIdentity: identity.id,
        siteConfig: { alwaysOn: true, linuxFxVersion: "NODE|22-lts", ftpsState: "Disabled" },
        ...over,
      },
      // A binding changes them: after a refresh they would be taken for the program's own.
      { ignoreChanges: ["hostNameSslStates"] },
    );
    new web.WebAppApplicationSettings("settings", { ...at, name: site.name, properties: settings });
    const proof = site.customDomainVerificationId.apply((id) => id ?? "");
    const binding = new web.WebAppHostNameBinding(
      "binding",
      { ...at, name: site.name, hostName: DOMAIN, siteName: site.name },
      { dependsOn: records(at, site.defaultHostName, proof) },
    );
    const certificate = new web.Certificate(
      "certificate",
      { ...at, name: "bot", serverFarmId: plan.id, canonicalName: DOMAIN },
      { dependsOn: binding },
    );
    return {
      hostName: site.defaultHostName,
      ftpsState: site.siteConfig.apply((config) => config?.ftpsState),
      thumbprint: certificate.thumbprint,
    };
  };

it("makes a site with its domain and certificate, changes it in place, and replaces what must be", async () => {
  const held = await newStack(siteProgram());
  const made = await run(stack.stack, "up");
  expect(made.steps).toContain("create WebApp site");
  expect(made.outputs).toEqual({
    hostName: "contoso-web-bot.azurewebsites.net",
    ftpsState: "Disabled",
    thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/),
  });
  expect((await run(stack.stack, "up")).steps).toEqual([]);
  await run(stack.stack, "refresh");
  expect((await run(stack.stack, "up")).steps).toEqual([]);

  held.program = siteProgram({ httpsOnly: false }, { B: "2" }, "S1");
  expect((await run(stack.stack, "up")).steps.sort()).toEqual([
    "update AppServicePlan plan",
    "update WebApp site",
    "update WebAppApplicationSettings settings",
  ]);
  held.program = siteProgram({ kind: "app,linux,container" }, { B: "2" }, "S1");
  expect((await run(stack.stack, "preview")).steps).toContain("replace WebApp site");
}, 120_000);

const appProgram =
  (image: string, over: Partial<app.ContainerAppArgs> = {}): PulumiFn =>
  async () => {
    const at = place();
    const identity = new managedidentity.UserAssignedIdentity("identity", at);
    const registry = new containerregistry.Registry("registry", {
      ...at,
      registryName: "contosobots",
      sku: { name: "Basic" },
    });
    const { subscriptionId } = await authorization.getClientConfig();
    const grant = new authorization.RoleAssignment("grant", {
      scope: registry.id,
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${ACR_PULL}`,
    });
    const environment = new app.ManagedEnvironment("environment", {
      ...at,
      environmentName: "bots",
      workloadProfiles: [{ name: "Consumption", workloadProfileType: "Consumption" }],
    });
    const proof = environment.customDomainConfiguration.apply(
      (configuration) => configuration?.customDomainVerificationId ?? "",
    );
    const target = pulumi.interpolate`contoso-bot.${environment.defaultDomain}`;
    const containerApp = new app.ContainerApp(
      "app",
      {
        ...at,
        containerAppName: "contoso-bot",
        environmentId: environment.id,
        identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
        configuration: {
          ingress: {
            external: true,
            targetPort: 8080,
            customDomains: [{ name: DOMAIN, bindingType: "Auto" }],
          },
          registries: [{ server: registry.loginServer, identity: identity.id }],
        },
        template: {
          containers: [{ name: "bot", image, resources: { cpu: 0.5, memory: "1Gi" } }],
          scale: { minReplicas: 1 },
        },
        ...over,
      },
      { dependsOn: [grant, ...records(at, target, proof)] },
    );
    new app.ManagedCertificate(
      "certificate",
      {
        ...at,
        environmentName: environment.name,
        managedCertificateName: "bot",
        properties: { subjectName: DOMAIN, domainControlValidation: "CNAME" },
      },
      { dependsOn: containerApp, deletedWith: containerApp },
    );
    return {
      fqdn: containerApp.configuration.apply((configuration) => configuration?.ingress?.fqdn),
      revision: containerApp.latestRevisionName,
    };
  };

it("keeps a container app whose image is not there, and finishes it when it is", async () => {
  const held = await newStack(appProgram(IMAGE));
  await expect(run(stack.stack, "up")).rejects.toThrow(
    /Code=\\?"ContainerAppOperationError\\?".*MANIFEST_UNKNOWN/s,
  );
  cloud.images.declare(IMAGE, true);
  const mended = await run(stack.stack, "up");
  expect(mended.steps.sort()).toEqual([
    "create ManagedCertificate certificate",
    "update ContainerApp app",
  ]);
  expect(mended.outputs).toEqual({
    fqdn: expect.stringMatching(
      /^contoso-bot\.[a-z]+-[0-9a-f]{8}\.westeurope\.azurecontainerapps\.io$/,
    ),
    revision: "contoso-bot--0000001",
  });
  expect((await run(stack.stack, "up")).steps).toEqual([]);
  // What the app took by itself shows after a refresh: one update says it, and then there is peace.
  await run(stack.stack, "refresh");
  expect((await run(stack.stack, "up")).steps).toEqual(["update ContainerApp app"]);
  expect((await run(stack.stack, "preview")).steps).toEqual([]);

  held.program = appProgram("mcr.microsoft.com/bot:2");
  const updated = await run(stack.stack, "up");
  expect(updated.steps).toEqual(["update ContainerApp app"]);
  expect(updated.outputs["revision"]).toBe("contoso-bot--0000002");
  held.program = appProgram("mcr.microsoft.com/bot:2", { containerAppName: "contoso-other" });
  expect((await run(stack.stack, "preview")).steps).toContain("replace ContainerApp app");
}, 120_000);

// What people do to a host that a stack has made: site, container app, machines, and the vault, network and identity beside them.
import {
  type CallingBotArgs,
  Capability,
  ConsentMode,
  type HostArgs,
  HostKind,
  ScaleIn,
} from "../../../components/index.js";
import type { Drift, DriftStack } from "./drift.js";
import type { Body, Person } from "./person.js";

function hosted(host: HostArgs): CallingBotArgs {
  return { host, capabilities: [Capability.AnswerCalls], consent: { mode: ConsentMode.Url } };
}

/** Changes the properties of a resource of Azure. */
function set(resource: string, change: (properties: Body, body: Body) => unknown) {
  return ({ edit }: Person) => edit(resource, (body) => change(body.properties, body));
}

function deleted(resource: string, more: Partial<Drift> = {}): Drift {
  return {
    what: "deleted",
    resource,
    by: ({ remove }) => remove(resource),
    seen: "gone",
    ...more,
  };
}

const vault = "Vault bot-vault";
const site = "WebApp bot-site";

/** What every host that is made has. */
const FOUNDATION: readonly Drift[] = [
  {
    what: "opened to the Internet",
    resource: vault,
    by: set(vault, (properties) => {
      properties.networkAcls.defaultAction = "Allow";
    }),
    seen: ["properties.networkAcls.defaultAction"],
  },
  {
    what: "an address let in",
    resource: vault,
    by: set(vault, (properties) => {
      properties.networkAcls.ipRules = [{ value: "20.30.40.50" }];
    }),
    seen: ["properties.networkAcls.ipRules"],
  },
  {
    what: "access policies in place of roles",
    resource: vault,
    by: set(vault, (properties) => {
      properties.enableRbacAuthorization = false;
      properties.accessPolicies = [];
    }),
    seen: ["properties.enableRbacAuthorization"],
  },
  deleted("RoleAssignment bot-vault-reader"),
  deleted("DiagnosticSetting bot-vault-logs"),
  {
    what: "logs kept for longer",
    resource: "Workspace bot-logs",
    by: set("Workspace bot-logs", (properties) => {
      properties.retentionInDays = 90;
    }),
    seen: ["retentionInDays"],
  },
  {
    what: "tags changed",
    resource: "Component bot-insights",
    by: set("Component bot-insights", (_, body) => {
      body.tags = { team: "ours" };
    }),
    seen: ["tags"],
  },
  {
    what: "tags changed",
    resource: "UserAssignedIdentity bot-identity",
    by: set("UserAssignedIdentity bot-identity", (_, body) => {
      body.tags = { team: "ours" };
    }),
    seen: ["tags"],
  },
];

const APP_SERVICE: DriftStack = {
  title: "a bot on App Service",
  stackName: "site",
  bots: () => ({ bot: hosted({ kind: HostKind.AppService, runtime: "NODE|22-lts" }) }),
  rounds: [
    {
      title: "changed in the portal",
      drifts: [
        ...FOUNDATION,
        {
          what: "plain http allowed",
          resource: site,
          by: set(site, (properties) => {
            properties.httpsOnly = false;
          }),
          seen: ["httpsOnly"],
        },
        {
          what: "TLS 1.0 allowed, FTP, always on switched off, another health path",
          resource: site,
          by: set(site, (properties) => {
            properties.siteConfig = {
              ...properties.siteConfig,
              minTlsVersion: "1.0",
              ftpsState: "AllAllowed",
              alwaysOn: false,
              healthCheckPath: "/",
            };
          }),
          seen: [
            "siteConfig.minTlsVersion",
            "siteConfig.ftpsState",
            "siteConfig.alwaysOn",
            "siteConfig.healthCheckPath",
          ],
        },
        {
          what: "client certificates asked for",
          resource: site,
          by: set(site, (properties) => {
            properties.clientCertEnabled = true;
          }),
          seen: ["clientCertEnabled"],
        },
        {
          what: "stopped",
          resource: site,
          by: set(site, (properties) => {
            properties.enabled = false;
          }),
          seen: ["enabled"],
        },
        {
          what: "addresses kept out",
          resource: site,
          by: set(site, (properties) => {
            properties.siteConfig = {
              ...properties.siteConfig,
              ipSecurityRestrictions: [
                { ipAddress: "20.30.40.0/24", action: "Allow", priority: 100, name: "ours" },
              ],
              ipSecurityRestrictionsDefaultAction: "Deny",
            };
          }),
          seen: ["siteConfig.ipSecurityRestrictions"],
        },
        {
          what: "closed to the Internet",
          resource: site,
          by: set(site, (properties) => {
            properties.publicNetworkAccess = "Disabled";
          }),
          seen: ["publicNetworkAccess"],
        },
        {
          what: "taken off its network",
          resource: site,
          by: set(site, (properties) => {
            properties.virtualNetworkSubnetId = "";
          }),
          seen: ["virtualNetworkSubnetId"],
        },
        {
          what: "an identity of its own in place of the bot's",
          resource: site,
          by: set(site, (properties, body) => {
            body.identity = { type: "SystemAssigned" };
            properties.keyVaultReferenceIdentity = "SystemAssigned";
          }),
          seen: ["identity"],
        },
        {
          what: "a setting changed, added, removed",
          resource: "WebAppApplicationSettings bot-settings",
          by: async ({ arm, id }) => {
            const settings = id("WebAppApplicationSettings bot-settings");
            const { properties } = await arm("POST", `${settings}/list`, "2025-05-01");
            const { MicrosoftAppType: _, ...left } = properties;
            const changed = { ...left, MicrosoftAppId: "somebody's", LOG_LEVEL: "debug" };
            await arm("PUT", settings, "2025-05-01", { properties: changed });
          },
          seen: ["properties"],
        },
        {
          what: "more machines",
          resource: "AppServicePlan bot-plan",
          by: set("AppServicePlan bot-plan", (_, body) => {
            body.sku = { ...body.sku, capacity: 3 };
          }),
          seen: ["sku.capacity"],
        },
        deleted("DiagnosticSetting bot-site-logs"),
      ],
    },
    {
      title: "deleted",
      drifts: [
        deleted(site, { note: "as the portal deletes it, with its plan when that is then empty" }),
        deleted(vault, {
          note: "recovered with the secrets and the firewall it had; the `up` after that sets the firewall",
          twice: true,
        }),
      ],
      follows: [
        "create AppServicePlan bot-plan",
        "create DiagnosticSetting bot-vault-logs",
        "create RoleAssignment bot-vault-reader",
        "create WebAppApplicationSettings bot-settings",
        "create DiagnosticSetting bot-site-logs",
      ],
    },
  ],
};

const app = "ContainerApp bot-app";
const CONTAINER_APP: DriftStack = {
  title: "a bot on Container Apps",
  stackName: "container",
  bots: () => ({
    bot: hosted({ kind: HostKind.ContainerApp, image: "ghcr.io/contoso/bot:1.4.2" }),
  }),
  rounds: [
    {
      title: "changed in the portal",
      drifts: [
        {
          what: "plain http allowed",
          resource: app,
          by: set(app, ({ configuration }) => {
            configuration.ingress.allowInsecure = true;
          }),
          seen: ["configuration.ingress.allowInsecure"],
        },
        {
          what: "closed to the Internet",
          resource: app,
          by: set(app, ({ configuration }) => {
            configuration.ingress.external = false;
          }),
          seen: ["configuration.ingress.external"],
        },
        {
          what: "another port",
          resource: app,
          by: set(app, ({ configuration }) => {
            configuration.ingress.targetPort = 9999;
          }),
          seen: ["configuration.ingress.targetPort"],
        },
        {
          what: "more copies",
          resource: app,
          by: set(app, ({ template }) => {
            template.scale = { ...template.scale, minReplicas: 2, maxReplicas: 3 };
          }),
          seen: ["template.scale"],
        },
        {
          what: "another image, a setting changed",
          resource: app,
          by: set(app, ({ template }) => {
            template.containers[0].image = "ghcr.io/contoso/bot:latest";
            template.containers[0].env[0].value = "somebody's";
          }),
          seen: ["template.containers"],
        },
        {
          what: "less time for calls to end",
          resource: app,
          by: set(app, ({ template }) => {
            template.terminationGracePeriodSeconds = 30;
          }),
          seen: ["template.terminationGracePeriodSeconds"],
        },
        {
          what: "its identity taken away",
          resource: app,
          by: set(app, (_, body) => {
            body.identity = { type: "None" };
          }),
          seen: ["identity"],
        },
        {
          what: "tags changed",
          resource: "ManagedEnvironment bot-environment",
          by: set("ManagedEnvironment bot-environment", (_, body) => {
            body.tags = { team: "ours" };
          }),
          seen: ["tags"],
        },
      ],
    },
    {
      title: "deleted",
      drifts: [
        deleted(app),
        deleted("UserAssignedIdentity bot-identity", {
          note: "another principal: its roles are given again, and the application trusts the new one",
        }),
      ],
      follows: [
        "create DiagnosticSetting bot-app-metrics",
        "replace RoleAssignment bot-vault-reader",
        "update ApplicationFederatedIdentityCredential bot-federated-managed-identity",
      ],
    },
  ],
};

const scaleSet = "VirtualMachineScaleSet bot-scale-set";
const securityGroup = "NetworkSecurityGroup bot-security-group";
const balancer = "LoadBalancer bot-load-balancer";
const address = "PublicIPAddress bot-public-ip";
const autoscale = "AutoscaleSetting bot-autoscale";

const SCALE_SET: DriftStack = {
  title: "a bot on Windows machines",
  stackName: "machines",
  bots: ({ vaultId, dnsZoneId }) => ({
    bot: hosted({
      kind: HostKind.ScaleSet,
      domain: "media.contoso.com",
      dnsZoneId,
      certificate: { vaultId, secretName: "bot" },
      instances: 2,
      maxInstances: 4,
      scaleIn: ScaleIn.Protected,
      package: {
        url: "https://contoso.blob.core.windows.net/builds/bot-1.4.2.zip",
        sha256: "0123456789abcdef".repeat(4),
        command: "EchoBot.exe",
      },
    }),
  }),
  rounds: [
    {
      title: "changed in the portal",
      drifts: [
        {
          what: "RDP opened",
          resource: securityGroup,
          by: set(securityGroup, (properties) => {
            properties.securityRules.push({
              name: "rdp",
              properties: {
                protocol: "Tcp",
                access: "Allow",
                direction: "Inbound",
                priority: 200,
                sourceAddressPrefix: "*",
                sourcePortRange: "*",
                destinationAddressPrefix: "*",
                destinationPortRange: "3389",
              },
            });
          }),
          seen: ["securityRules"],
        },
        {
          what: "a rule removed",
          resource: securityGroup,
          by: set(securityGroup, (properties) => {
            properties.securityRules.shift();
          }),
          seen: ["securityRules"],
        },
        {
          what: "another health path",
          resource: balancer,
          by: set(balancer, (properties) => {
            properties.probes[0].properties.requestPath = "/";
          }),
          seen: ["probes"],
        },
        {
          what: "another name",
          resource: address,
          by: set(address, (properties) => {
            properties.dnsSettings = { domainNameLabel: "somebodys-label" };
          }),
          seen: ["dnsSettings.domainNameLabel"],
        },
        {
          what: "scaled by hand",
          resource: scaleSet,
          by: set(scaleSet, (_, body) => {
            body.sku.capacity = 4;
          }),
          seen: ["sku.capacity"],
          putRight: "nothing",
          note: "left on purpose while the set may grow that far: no update takes machines with their calls away",
        },
        {
          what: "scaling switched off, other bounds",
          resource: autoscale,
          by: set(autoscale, (properties) => {
            properties.enabled = false;
            properties.profiles[0].capacity.maximum = "9";
          }),
          seen: ["enabled", "profiles"],
        },
        deleted("RoleAssignment bot-certificate-reader"),
        deleted("RoleAssignment bot-protection"),
        deleted("RoleAssignment bot-port-reader"),
        deleted("DiagnosticSetting bot-load-balancer-logs"),
        {
          what: "another name's record",
          resource: "RecordSet bot-domain",
          by: set("RecordSet bot-domain", (properties) => {
            properties.CNAMERecord = { cname: "elsewhere.contoso.com" };
          }),
          seen: ["cnameRecord"],
        },
      ],
    },
  ],
};

export const HOSTS: readonly DriftStack[] = [APP_SERVICE, CONTAINER_APP, SCALE_SET];

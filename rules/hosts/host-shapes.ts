// What may stand under `host`, one shape for each kind of host. Each setting is judged by itself here; what several of them say
// together is for the checks of the kind.
import { z } from "zod";
import { checkArmId } from "../arm-ids.js";
import { CallState, HostKind, HostSlot } from "../bot-choices.js";
import { checkGuid } from "../guid.js";
import { checkBotName, checkManagedIdentityId } from "../names.js";
import { checkCallingWebhook, checkMessagingEndpoint, type UrlOptions } from "../urls.js";
import { checked } from "../zod-issues.js";
import { checkAllowedAddresses } from "./allowed-addresses.js";
import { SiteOs } from "./app-service.js";
import { RevisionMode } from "./container-app.js";
import { checkSiteName } from "./host-names.js";
import { ScaleIn } from "./scale-set.js";
import { HostMedia } from "./sizing.js";

const armId = (type: string) => checked(z.string(), (path, id) => checkArmId(path, id, type));
const guid = (what: string) => checked(z.string(), (path, value) => checkGuid(path, value, what));

/** An identity that exists. */
export const identitySettings = z.strictObject({
  resourceId: checked(z.string(), checkManagedIdentityId).describe("its Azure resource id"),
  clientId: guid("the identity's client id").describe("its client id"),
  principalId: guid("the identity's principal (object) id").describe("its principal id"),
});

/** Of every host that is made here. */
const madeHost = {
  slot: z.enum(HostSlot).exactOptional(),
  messagingPath: z.string().exactOptional(),
  callingPath: z.string().exactOptional(),
  healthPath: z.string().exactOptional(),
  domain: z.string().exactOptional(),
  dnsZoneId: z.string().exactOptional(),
  settings: z.record(z.string(), z.string()).exactOptional(),
  secretSettings: z.record(z.string(), z.string()).exactOptional(),
  identity: identitySettings.exactOptional(),
  grantRoles: z.boolean().exactOptional(),
  vaultId: armId("Microsoft.KeyVault/vaults").exactOptional(),
  workspaceId: armId("Microsoft.OperationalInsights/workspaces").exactOptional(),
  applicationInsightsId: armId("Microsoft.Insights/components").exactOptional(),
  subnetId: armId("Microsoft.Network/virtualNetworks/subnets").exactOptional(),
  allowedAddresses: checked(z.array(z.string()), checkAllowedAddresses).exactOptional(),
};

const vaultCertificate = {
  vaultId: z.string().describe("the id of the Key Vault that holds it"),
  secretName: z.string().describe("its name there"),
};

/** A bot that runs elsewhere. */
export function existingHost(urls: UrlOptions) {
  const messagingEndpoint = checked(z.string(), (path, url) =>
    checkMessagingEndpoint(path, url, urls),
  );
  const callingWebhook = checked(z.string(), (path, url) => checkCallingWebhook(path, url, urls));
  return z.strictObject({
    kind: z.literal(HostKind.Existing).default(HostKind.Existing),
    slot: z.enum(HostSlot).exactOptional(),
    messagingEndpoint: messagingEndpoint.describe("the https URL at which it takes messages"),
    callingWebhook: callingWebhook.describe("the https URL at which it takes incoming calls"),
    domain: z.string().exactOptional(),
    dnsZoneId: z.string().exactOptional(),
    dnsTarget: z.string().exactOptional(),
  });
}

export const appServiceHost = z.strictObject({
  kind: z.literal(HostKind.AppService),
  ...madeHost,
  name: checked(z.string(), checkSiteName).exactOptional(),
  os: z.enum(SiteOs).exactOptional(),
  sku: z.string().exactOptional(),
  runtime: z.string().exactOptional(),
  image: z.string().exactOptional(),
  registryId: z.string().exactOptional(),
  startCommand: z.string().exactOptional(),
  certificate: z
    .strictObject({ ...vaultCertificate, grantAccess: z.boolean().exactOptional() })
    .exactOptional(),
  instances: z.number().exactOptional(),
  callState: z.enum(CallState).exactOptional(),
});

export const containerAppHost = z.strictObject({
  kind: z.literal(HostKind.ContainerApp),
  ...madeHost,
  name: z.string().exactOptional(),
  image: z.string().describe("the container image, with its tag or digest"),
  registryId: z.string().exactOptional(),
  port: z.number().exactOptional(),
  cpu: z.number().exactOptional(),
  memory: z.string().exactOptional(),
  instances: z.number().exactOptional(),
  maxInstances: z.number().exactOptional(),
  callState: z.enum(CallState).exactOptional(),
  zoneRedundant: z.boolean().exactOptional(),
  revisionMode: z.enum(RevisionMode).exactOptional(),
  terminationGraceSeconds: z.number().exactOptional(),
});

export const scaleSetHost = z.strictObject({
  kind: z.literal(HostKind.ScaleSet),
  ...madeHost,
  name: checked(z.string(), checkBotName).exactOptional(),
  dnsLabel: z.string().exactOptional(),
  certificate: z.strictObject(vaultCertificate).exactOptional(),
  package: z
    .strictObject({
      url: z.string().exactOptional(),
      sha256: z.string().exactOptional(),
      command: z.string().describe("the program"),
    })
    .exactOptional(),
  image: z.string().exactOptional(),
  size: z.string().exactOptional(),
  instances: z.number().exactOptional(),
  maxInstances: z.number().exactOptional(),
  concurrentCalls: z.number().exactOptional(),
  callsPerInstance: z.number().exactOptional(),
  media: z.enum(HostMedia).exactOptional(),
  headroom: z.number().exactOptional(),
  scaleIn: z.enum(ScaleIn).exactOptional(),
  zones: z.array(z.string()).exactOptional(),
  priority: z.string().exactOptional(),
});

// The setting `host`: what can be said of each kind of host.
import { z } from "zod";
import { checkArmId } from "../arm-ids.js";
import { CallState, HostKind } from "../bot-choices.js";
import { checkGuid } from "../guid.js";
import type { Issue } from "../issue.js";
import { checkManagedIdentityId } from "../names.js";
import { checkCallingWebhook, checkMessagingEndpoint, type UrlOptions } from "../urls.js";
import { checked } from "../zod-issues.js";
import { checkAllowedAddresses } from "./allowed-addresses.js";
import { checkSite, SiteOs, type SiteWish } from "./app-service.js";
import { checkSiteName } from "./host-names.js";
import { checkWorkload, type WorkloadWish } from "./workload.js";

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
  messagingPath: z.string().exactOptional(),
  callingPath: z.string().exactOptional(),
  healthPath: z.string().exactOptional(),
  settings: z.record(z.string(), z.string()).exactOptional(),
  secretSettings: z.record(z.string(), z.string()).exactOptional(),
  identity: identitySettings.exactOptional(),
  vaultId: armId("Microsoft.KeyVault/vaults").exactOptional(),
  workspaceId: armId("Microsoft.OperationalInsights/workspaces").exactOptional(),
  applicationInsightsId: armId("Microsoft.Insights/components").exactOptional(),
  subnetId: armId("Microsoft.Network/virtualNetworks/subnets").exactOptional(),
  allowedAddresses: checked(z.array(z.string()), checkAllowedAddresses).exactOptional(),
};

function existingHost(urls: UrlOptions) {
  const messagingEndpoint = checked(z.string(), (path, url) =>
    checkMessagingEndpoint(path, url, urls),
  );
  const callingWebhook = checked(z.string(), (path, url) => checkCallingWebhook(path, url, urls));
  return z.strictObject({
    kind: z.literal(HostKind.Existing).default(HostKind.Existing),
    messagingEndpoint: messagingEndpoint.describe("the https URL at which it takes messages"),
    callingWebhook: callingWebhook.describe("the https URL at which it takes incoming calls"),
  });
}

const appServiceHost = z.strictObject({
  kind: z.literal(HostKind.AppService),
  ...madeHost,
  name: checked(z.string(), checkSiteName).exactOptional(),
  os: z.enum(SiteOs).exactOptional(),
  sku: z.string().exactOptional(),
  runtime: z.string().exactOptional(),
  image: z.string().exactOptional(),
  registryId: z.string().exactOptional(),
  startCommand: z.string().exactOptional(),
  instances: z.int().exactOptional(),
  callState: z.enum(CallState).exactOptional(),
});

/** What the schema makes of `host`. */
export type HostSettings =
  | z.output<ReturnType<typeof existingHost>>
  | z.output<typeof appServiceHost>;

/** The schema of what is written under `host`: its `kind` decides what else there may be. */
export function hostSettings(written: unknown, urls: UrlOptions): z.ZodType<HostSettings> {
  const kind = kindOf(written);
  if (kind === HostKind.Existing) return existingHost(urls);
  if (kind === HostKind.AppService) return checked(appServiceHost, checkAppServiceHost);
  // Of a host without a kind that is one, nothing else can be said.
  return z.looseObject({ kind: z.enum(HostKind) }).pipe(z.never());
}

/** Issues of settings that a host of this kind does not have, and of an existing one's missing addresses. */
export function checkHostFields(path: string, host: Readonly<Record<string, unknown>>): Issue[] {
  const kind = kindOf(host);
  const known = Object.keys(kind === HostKind.AppService ? appServiceHost.shape : EXISTING.shape);
  const given = Object.keys(host).filter((key) => host[key] !== undefined);
  const strange = given.filter((key) => !known.includes(key));
  const missing = kind === HostKind.Existing ? ADDRESSES.filter((key) => !given.includes(key)) : [];
  const whose = "this package";
  return [
    ...missing.map((key) => ({
      path: `${path}.${key}`,
      rule: "must be given for a bot that runs elsewhere",
      whose,
      fix: "Give its https URL, or choose another host.kind.",
    })),
    ...strange.map((key) => ({
      path: `${path}.${key}`,
      rule: `is no setting of a host of kind ${String(kind)}`,
      whose,
      fix: `Remove it. The settings here are ${known.join(", ")}.`,
    })),
  ];
}

const EXISTING = existingHost({});
const ADDRESSES = ["messagingEndpoint", "callingWebhook"];

/** Issues of an App Service host that no single setting has. */
export function checkAppServiceHost(path: string, host: SiteWish & WorkloadWish): Issue[] {
  return [...checkSite(path, host), ...checkWorkload(path, host)];
}

/** `existing` where nothing is said. */
function kindOf(written: unknown): unknown {
  const isObject = typeof written === "object" && written !== null && !Array.isArray(written);
  return (isObject ? Reflect.get(written, "kind") : undefined) ?? HostKind.Existing;
}

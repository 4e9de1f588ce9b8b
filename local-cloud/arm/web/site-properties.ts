// What a caller chooses of a site, besides its settings. What a request leaves out stays as it was.
import { assignedIds } from "../managed-identity/resource-identity.js";
import { notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { invalidParameter } from "./web-error.js";

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  clientCertMode: ["Required", "Optional", "OptionalInteractiveUser"],
  ipMode: ["IPv4", "IPv6", "IPv4AndIPv6"],
  publicNetworkAccess: ["Enabled", "Disabled"],
  redundancyMode: ["None", "Manual", "Failover", "ActiveActive", "GeoRedundant"],
};

const DEFAULTS = {
  enabled: true,
  clientAffinityEnabled: true,
  clientAffinityPartitioningEnabled: false,
  clientAffinityProxyEnabled: false,
  clientCertEnabled: false,
  endToEndEncryptionEnabled: false,
  hostNamesDisabled: false,
  httpsOnly: false,
  scmSiteAlsoStopped: false,
  storageAccountRequired: false,
} as const;

const ELSEWHERE = [
  "cloningInfo",
  "daprConfig",
  "functionAppConfig",
  "hostingEnvironmentProfile",
  "managedEnvironmentId",
];

/** The properties of a site that are the caller's. Throws WebError. */
export function chosenProperties(
  fields: BodyFields,
  existing: ResourceRecord | undefined,
): JsonObject {
  for (const name of ELSEWHERE) {
    if (fields.has(name)) throw notHere(`'${name}' of a site`);
  }
  const before = existing?.properties ?? {};
  const flags = Object.entries(DEFAULTS).map(([name, unset]) => [
    name,
    fields.boolean(name) ?? before[name] ?? unset,
  ]);
  return {
    ...Object.fromEntries(flags),
    clientCertMode: choice(fields, "clientCertMode") ?? before["clientCertMode"] ?? "Required",
    clientCertExclusionPaths:
      fields.string("clientCertExclusionPaths") ?? before["clientCertExclusionPaths"] ?? null,
    ipMode: choice(fields, "ipMode") ?? before["ipMode"] ?? "IPv4",
    publicNetworkAccess:
      choice(fields, "publicNetworkAccess") ?? before["publicNetworkAccess"] ?? null,
    redundancyMode: choice(fields, "redundancyMode") ?? before["redundancyMode"] ?? "None",
    outboundVnetRouting: fields.raw("outboundVnetRouting") ?? before["outboundVnetRouting"] ?? null,
  };
}

/**
 * The identity that reads Key Vault references: the site's own, or one that is assigned to it ("Use Key Vault references as app
 * settings"). That the service refuses another was not seen; references would then never resolve.
 */
export function referenceIdentity(
  fields: BodyFields,
  existing: ResourceRecord | undefined,
  identity: JsonObject | undefined,
): string {
  const name = "keyVaultReferenceIdentity";
  const wanted =
    fields.string(name) ??
    fields.object("siteConfig").string(name) ??
    String(existing?.properties[name] ?? "SystemAssigned");
  const own = wanted.toLowerCase() === "systemassigned";
  if (own || assignedIds(identity).includes(wanted.toLowerCase())) return wanted;
  throw invalidParameter(
    "KeyVaultReferenceIdentity",
    `It is SystemAssigned or the id of an identity that is assigned to the site, got '${wanted}'.`,
  );
}

function choice(fields: BodyFields, name: string): string | undefined {
  const value = fields.string(name);
  if (value === undefined || value === "") return undefined;
  const choices = CHOICES[name] ?? [];
  const chosen = choices.find((known) => known.toLowerCase() === value.toLowerCase());
  if (chosen !== undefined) return chosen;
  throw invalidParameter(name, `It must be one of ${choices.join(", ")}, got '${value}'.`);
}

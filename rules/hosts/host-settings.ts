// The setting `host`: its kind decides what else there may be. A new kind is a shape, a check, and a line in each table here.
import { z } from "zod";
import { HostKind } from "../bot-choices.js";
import type { Issue } from "../issue.js";
import type { UrlOptions } from "../urls.js";
import { checked, checkedTogether } from "../zod-issues.js";
import { checkSite, type SiteWish } from "./app-service.js";
import { type AppServiceDomainWish, checkAppServiceDomain } from "./app-service-domain.js";
import { type ContainerAppWish, checkContainerApp } from "./container-app.js";
import { checkEndpointRecord } from "./endpoint-record.js";
import { checkDomainZone } from "./host-domain.js";
import { appServiceHost, containerAppHost, existingHost, scaleSetHost } from "./host-shapes.js";
import { checkScaleSet, type ScaleSetWish } from "./scale-set.js";
import { checkWorkload, type WorkloadWish } from "./workload.js";

/** What the schema makes of `host`. */
export type HostSettings =
  | z.output<ReturnType<typeof existingHost>>
  | z.output<typeof appServiceHost>
  | z.output<typeof containerAppHost>
  | z.output<typeof scaleSetHost>;

/** Without these, what is said of the others would be wrong. */
const DEPENDED_ON = ["callState", "domain", "image", "os", "size"];

/** The schema of what is written under `host`. */
export function hostSettings(written: unknown, urls: UrlOptions): z.ZodType<HostSettings> {
  switch (kindOf(written)) {
    case HostKind.Existing:
      return checked(existingHost(urls), checkEndpointRecord);
    case HostKind.AppService:
      return checkedTogether(appServiceHost, checkAppServiceHost, DEPENDED_ON);
    case HostKind.ContainerApp:
      return checkedTogether(containerAppHost, checkContainerAppHost, DEPENDED_ON);
    case HostKind.ScaleSet:
      return checkedTogether(scaleSetHost, checkScaleSetHost, DEPENDED_ON);
    default:
      // Of a host without a kind that is one, nothing else can be said.
      return z.looseObject({ kind: z.enum(HostKind) }).pipe(z.never());
  }
}

/** Issues of an App Service host that no single setting has. */
export function checkAppServiceHost(
  path: string,
  host: SiteWish & WorkloadWish & AppServiceDomainWish,
): Issue[] {
  return [
    ...checkSite(path, host),
    ...checkAppServiceDomain(path, host),
    ...checkWorkload(path, host),
  ];
}

/** Issues of a Container Apps host that no single setting has. */
export function checkContainerAppHost(
  path: string,
  host: ContainerAppWish & WorkloadWish,
): Issue[] {
  return [...checkContainerApp(path, host), ...checkWorkload(path, host)];
}

/** Issues of a host of Windows machines that no single setting has. */
export function checkScaleSetHost(
  path: string,
  host: ScaleSetWish & WorkloadWish & { readonly dnsZoneId?: string | undefined },
): Issue[] {
  return [
    ...checkScaleSet(path, host),
    ...checkDomainZone(path, host),
    ...checkWorkload(path, host),
  ];
}

const FIELDS: Readonly<Record<HostKind, readonly string[]>> = {
  [HostKind.Existing]: Object.keys(existingHost({}).shape),
  [HostKind.AppService]: Object.keys(appServiceHost.shape),
  [HostKind.ContainerApp]: Object.keys(containerAppHost.shape),
  [HostKind.ScaleSet]: Object.keys(scaleSetHost.shape),
};

/** Names of everything that a host of this kind may have. */
export function hostFields(kind: HostKind): readonly string[] {
  return FIELDS[kind];
}

const REQUIRED: Readonly<Record<HostKind, readonly string[]>> = {
  [HostKind.Existing]: ["messagingEndpoint", "callingWebhook"],
  [HostKind.AppService]: [],
  [HostKind.ContainerApp]: ["image"],
  [HostKind.ScaleSet]: [],
};

/** Issues of a program's `host`: what its kind does not have, and what it must have. */
export function checkHostFields(
  path: string,
  {
    kind = HostKind.Existing,
    ...host
  }: { readonly kind?: HostKind; readonly [key: string]: unknown },
): Issue[] {
  const given = Object.keys(host).filter((key) => host[key] !== undefined);
  const missing = REQUIRED[kind].filter((key) => !given.includes(key));
  const strange = given.filter((key) => !FIELDS[kind].includes(key));
  const whose = "this package";
  return [
    ...missing.map((key) => ({
      path: `${path}.${key}`,
      rule: `must be given for a host of kind ${kind}`,
      whose,
      fix: "Add it, or choose another kind.",
    })),
    ...strange.map((key) => ({
      path: `${path}.${key}`,
      rule: `is no setting of a host of kind ${kind}`,
      whose,
      fix: `Remove it. The settings here are ${FIELDS[kind].join(", ")}.`,
    })),
  ];
}

/** `existing` where nothing is said. */
function kindOf(written: unknown): unknown {
  const isObject = typeof written === "object" && written !== null && !Array.isArray(written);
  return (isObject ? Reflect.get(written, "kind") : undefined) ?? HostKind.Existing;
}

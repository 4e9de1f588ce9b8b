// What a stack can say of a bot on Azure Container Apps, and what is wrong with it.
import { CallState } from "../bot-choices.js";
import { type Issue, shown } from "../issue.js";
import { checkContainerAppName } from "./container-app-names.js";
import { checkSize } from "./container-app-size.js";
import { checkDomain, checkDomainZone } from "./host-domain.js";
import { checkImage, checkImageRegistry } from "./host-image.js";
import { checkInstances, defaultInstances } from "./instances.js";

/** What happens to the version that an update replaces. @default RevisionMode.Single */
export enum RevisionMode {
  /** It is stopped once the new one answers: its calls have the grace period to end. */
  Single = "single",
  /** It runs on, without new calls, until somebody deactivates it. */
  Multiple = "multiple",
}

const WHOSE = "Azure Container Apps";

/** Port of ASP.NET Core's images since .NET 8, and of many others. */
export const DEFAULT_PORT = 8080;
/**
 * Longest time between the signal to end and the end, in seconds (hashicorp/terraform-provider-azurerm#28307 speaks of it; the
 * number itself is unverified). It is also the default: a process that has no call left ends at once, and one that has some
 * needs every second.
 */
export const LONGEST_GRACE_SECONDS = 600;
/** More is for the quota of the subscription to say ("Set scaling rules in Azure Container Apps"). */
const MOST_REPLICAS = 1000;
/** Longest name that a managed certificate may have: the limit of a common name (RFC 5280, appendix A). */
const LONGEST_CERTIFICATE_NAME = 64;

/** What the checks read. */
export interface ContainerWish {
  readonly name?: string | undefined;
  readonly image: string;
  readonly port?: number | undefined;
  readonly cpu?: number | undefined;
  readonly memory?: string | undefined;
  readonly instances?: number | undefined;
  readonly maxInstances?: number | undefined;
  readonly callState?: CallState | undefined;
  readonly revisionMode?: RevisionMode | undefined;
  readonly terminationGraceSeconds?: number | undefined;
  readonly domain?: string | undefined;
}

/** The same with the ids of resources that exist. */
export interface ContainerAppWish extends ContainerWish {
  readonly registryId?: string | undefined;
  readonly dnsZoneId?: string | undefined;
}

/** Issues of all that a stack says of a container app; `path` is where it says it. */
export function checkContainerApp(path: string, wish: ContainerAppWish): Issue[] {
  return [
    ...checkContainer(path, wish),
    ...checkImageRegistry(path, wish.image, wish.registryId),
    ...checkDomainZone(path, wish),
  ];
}

/** Those in which no resource has a part that may be made by the same program. */
export function checkContainer(path: string, wish: ContainerWish): Issue[] {
  const { name, domain, terminationGraceSeconds: grace = LONGEST_GRACE_SECONDS } = wish;
  return [
    ...(name === undefined ? [] : checkContainerAppName(`${path}.name`, name)),
    ...checkImage(`${path}.image`, wish.image),
    ...checkPort(`${path}.port`, wish.port ?? DEFAULT_PORT),
    ...checkSize(path, wish),
    ...checkReplicas(path, wish),
    ...checkRevisionMode(path, wish),
    ...checkGrace(`${path}.terminationGraceSeconds`, grace),
    ...(domain === undefined ? [] : checkCertifiedDomain(`${path}.domain`, domain)),
  ];
}

/** The fewest and the most replicas, with what was left out. */
export function replicas({ callState = CallState.Memory, ...wish }: ContainerWish) {
  const least = wish.instances ?? defaultInstances(callState);
  return { least, most: wish.maxInstances ?? least };
}

function checkReplicas(path: string, wish: ContainerWish): Issue[] {
  const { callState = CallState.Memory, instances, maxInstances } = wish;
  const rules = { callState, most: MOST_REPLICAS, whose: WHOSE };
  const issues = [
    ...checkInstances(`${path}.instances`, instances, rules),
    ...checkInstances(`${path}.maxInstances`, maxInstances, rules),
  ];
  const { least, most } = replicas(wish);
  if (issues.length > 0 || most >= least) return issues;
  return [
    {
      path: `${path}.maxInstances`,
      rule: `must not be less than ${path}.instances, which is ${least}`,
      whose: WHOSE,
      got: shown(most),
      fix: "Raise it, or leave it out.",
    },
  ];
}

function checkPort(path: string, port: number): Issue[] {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return [];
  return [
    {
      path,
      rule: "must be a port from 1 to 65535",
      whose: WHOSE,
      got: shown(port),
      fix: "Give the port that the bot's process listens on, in plain http: TLS ends before it.",
    },
  ];
}

function checkRevisionMode(path: string, { revisionMode, callState }: ContainerWish): Issue[] {
  if (revisionMode !== RevisionMode.Multiple || callState === CallState.Shared) return [];
  return [
    {
      path: `${path}.revisionMode`,
      rule: `must be ${RevisionMode.Single} unless ${path}.callState is ${CallState.Shared}, because notifications of the calls of an old revision reach the new one`,
      whose: "this package",
      got: shown(revisionMode),
      fix: "Leave it out, or keep calls in a store that all revisions share and say so.",
    },
  ];
}

function checkGrace(path: string, seconds: number): Issue[] {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= LONGEST_GRACE_SECONDS) return [];
  return [
    {
      path,
      rule: `must be a whole number of seconds from 0 to ${LONGEST_GRACE_SECONDS}`,
      whose: WHOSE,
      got: shown(seconds),
      fix: `Leave it out to get ${LONGEST_GRACE_SECONDS}; longer calls need revisionMode ${RevisionMode.Multiple}.`,
    },
  ];
}

function checkCertifiedDomain(path: string, domain: string): Issue[] {
  const issues = checkDomain(path, domain);
  if (issues.length > 0 || domain.length <= LONGEST_CERTIFICATE_NAME) return issues;
  return [
    {
      path,
      rule: `must be at most ${LONGEST_CERTIFICATE_NAME} characters long, because a certificate is issued for it`,
      whose: WHOSE,
      got: shown(domain),
      fix: "Choose a shorter name.",
    },
  ];
}

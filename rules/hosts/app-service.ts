// What an App Service host may be: plans that can keep a bot awake, and what runs in them.
import { CallState } from "../bot-choices.js";
import { type Issue, shown } from "../issue.js";
import { checkImage, checkImageRegistry } from "./host-image.js";
import { checkInstances } from "./instances.js";

/** Operating system of the plan. It cannot change later. @default SiteOs.Linux */
export enum SiteOs {
  Linux = "linux",
  Windows = "windows",
}

/** What a site runs: the part of its settings on which rules depend. */
export interface SiteWish {
  readonly os?: SiteOs | undefined;
  readonly sku?: string | undefined;
  readonly runtime?: string | undefined;
  readonly image?: string | undefined;
  readonly instances?: number | undefined;
  readonly callState?: CallState | undefined;
}

/** The image and where it is. */
export interface SiteRegistry {
  readonly image?: string | undefined;
  readonly registryId?: string | undefined;
}

/** Two cores' worth of memory, Always On, and the cheapest of the current generation ("App Service pricing"). */
export const DEFAULT_PLAN = "P0v3";

const WINDOWS_CONTAINER_PLAN = "P1v3";
const WINDOWS_CONTAINER_PLANS = /^(?:P[1-3]v3|P[1-5]mv3|I[1-6]m?v2)$/i;

/**
 * Tiers with Always On and virtual network integration: Basic and above. Free and Shared let a site sleep, and a caller does
 * not wait for it to wake ("Configure an App Service app", "Integrate your app with an Azure virtual network").
 */
const PLANS = /^(?:B[1-3]|S[1-3]|P[0-3]v3|P[1-5]mv3|P[0-3]v4|P[1-5]mv4|P[1-3]v2|I[1-6]m?v2)$/i;

/** How large plans scale by hand ("Azure subscription and service limits", App Service). */
const MOST_INSTANCES: readonly (readonly [RegExp, number])[] = [
  [/^B/i, 3],
  [/^S/i, 10],
  [/^P/i, 30],
  [/^I/i, 100],
];

/** The plan of a site whose stack names none. */
export function defaultPlan({ os, image }: SiteWish): string {
  return runsWindowsContainer({ os, image }) ? WINDOWS_CONTAINER_PLAN : DEFAULT_PLAN;
}

/** Windows containers run under Hyper-V, which only larger premium plans have ("Run a custom Windows container in Azure"). */
export function runsWindowsContainer({ os, image }: SiteWish): boolean {
  return os === SiteOs.Windows && image !== undefined;
}

/** At most 60 characters: plans of both operating systems can stand side by side while a site moves from one to the other. */
export function planName(siteName: string, os: SiteOs): string {
  return os === SiteOs.Linux ? siteName : `${siteName.slice(0, 56)}-win`;
}

/** Issues of the settings of one site. `path` is where they stand. */
export function checkSite(path: string, site: SiteWish & SiteRegistry): Issue[] {
  return [...checkSiteItself(path, site), ...checkSiteRegistry(path, site)];
}

/** Issues of the registry, which may be made by the same program and is then judged when it is known. */
export function checkSiteRegistry(path: string, { image, registryId }: SiteRegistry): Issue[] {
  if (image !== undefined) return checkImageRegistry(path, image, registryId);
  if (registryId === undefined) return [];
  return [
    {
      path: `${path}.registryId`,
      rule: "must be left out unless image is given",
      whose: "this package",
      fix: "Remove it, or say which image the registry holds.",
    },
  ];
}

/** Issues of everything but the registry. */
export function checkSiteItself(path: string, site: SiteWish): Issue[] {
  const { sku = defaultPlan(site), callState = CallState.Memory } = site;
  return [
    ...checkPlan(`${path}.sku`, sku, site),
    ...checkWhatRuns(path, site),
    ...checkInstances(`${path}.instances`, site.instances, {
      callState,
      most: MOST_INSTANCES.find(([tier]) => tier.test(sku))?.[1] ?? 30,
      whose: "Azure App Service",
    }),
  ];
}

function checkPlan(path: string, sku: string, site: SiteWish): Issue[] {
  if (runsWindowsContainer(site) && PLANS.test(sku) && !WINDOWS_CONTAINER_PLANS.test(sku)) {
    return [
      {
        path,
        rule: "must be a plan of the Premium V3 tier from P1v3 on for a Windows container",
        whose: "Azure App Service",
        got: shown(sku),
        fix: `Use ${WINDOWS_CONTAINER_PLAN}, or a Linux image.`,
      },
    ];
  }
  if (PLANS.test(sku)) return [];
  const sleeps = /^(?:F1|D1|FREE|SHARED)$/i.test(sku);
  const serverless = /^(?:Y1|FC1|EP\d|WS\d)$/i.test(sku);
  const why = sleeps ? ", because a site that sleeps cannot answer a call in time" : "";
  return [
    {
      path,
      rule: serverless
        ? "must be a plan for web apps, not one for functions or workflows"
        : `must be a plan of the Basic tier or above${why}`,
      whose: "Azure App Service",
      got: shown(sku),
      fix: `Use ${DEFAULT_PLAN}, or the plan that fits the load.`,
    },
  ];
}

function checkWhatRuns(path: string, site: SiteWish): Issue[] {
  const { os = SiteOs.Linux, runtime, image } = site;
  const whose = "Azure App Service";
  if (image !== undefined && runtime !== undefined) {
    return [
      {
        path: `${path}.runtime`,
        rule: "must be left out with an image, which brings its own",
        whose,
        got: shown(runtime),
        fix: "Remove one of the two.",
      },
    ];
  }
  if (image !== undefined) return checkImage(`${path}.image`, image);
  if (runtime === undefined) {
    const fix =
      "Write what the code runs on, such as NODE|22-lts or DOTNETCORE|8.0, or give image.";
    return [{ path: `${path}.runtime`, rule: "must be given unless an image is", whose, fix }];
  }
  if (os === SiteOs.Windows ? !windowsRuntime(runtime) : !LINUX_RUNTIME.test(runtime)) {
    return [{ path: `${path}.runtime`, ...RUNTIME_RULES[os], whose, got: shown(runtime) }];
  }
  return [];
}

const LINUX_RUNTIME = /^(?:NODE|DOTNETCORE|PYTHON|JAVA|TOMCAT|PHP|GO)\|[0-9A-Za-z][\w.-]*$/;

const RUNTIME_RULES = {
  [SiteOs.Linux]: {
    rule: "must name a stack of Linux plans and its version",
    fix: "Write it as in NODE|22-lts, DOTNETCORE|8.0 or PYTHON|3.12: `az webapp list-runtimes --os linux` lists them.",
  },
  [SiteOs.Windows]: {
    rule: "must name a stack of Windows plans and its version",
    fix: "Write it as in DOTNET|v8.0 or NODE|~22: `az webapp list-runtimes --os windows` lists them.",
  },
};

/** How a runtime is said to a site on Windows: .NET by a property, Node by a setting. */
export function windowsRuntime(
  runtime: string,
): { readonly netFrameworkVersion: string } | { readonly nodeVersion: string } | undefined {
  const dotnet = /^DOTNET\|(v\d+\.\d+)$/.exec(runtime)?.[1];
  if (dotnet !== undefined) return { netFrameworkVersion: dotnet };
  const node = /^NODE\|(~\d+)$/.exec(runtime)?.[1];
  return node === undefined ? undefined : { nodeVersion: node };
}

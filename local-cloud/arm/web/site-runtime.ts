// What a site runs: a language and version, or a container image.
import type { JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { runsLinux } from "./app-service-plan.js";
import { WebError } from "./web-error.js";

/**
 * Versions that could be chosen in 2026 ("Language support policy in App Service"); undefined where they are not checked,
 * because they are too many.
 */
const STACKS: Readonly<Record<string, RegExp | undefined>> = {
  COMPOSE: undefined,
  DOCKER: /^\S+$/,
  DOTNETCORE: /^(8|9|10)\.0$/,
  JAVA: undefined,
  JBOSSEAP: undefined,
  NODE: /^(20|22|24)-lts$/,
  PHP: /^8\.[2-5]$/,
  PYTHON: /^3\.(9|1[0-4])$/,
  SITECONTAINERS: /^$/,
  STATICSITE: undefined,
  TOMCAT: undefined,
};

/** Throws when a version is none, or belongs to the other operating system. */
export function checkRuntime(wanted: JsonObject, plan: ResourceRecord): void {
  const linux = textIn(wanted, "linuxFxVersion");
  if (linux !== "" && !(runsLinux(plan) && isStack(linux))) throw invalid("LinuxFxVersion");
  const windows = textIn(wanted, "windowsFxVersion");
  const containers = plan.properties["hyperV"] === true;
  if (windows !== "" && !(containers && /^DOCKER\|\S+$/i.test(windows))) {
    throw invalid("WindowsFxVersion");
  }
  const net = textIn(wanted, "netFrameworkVersion");
  if (net !== "" && !/^v\d+\.\d+$/.test(net)) throw invalid("NetFrameworkVersion");
}

/** The image that a site's containers are of; undefined for code. */
export function imageOf(settings: JsonObject): string | undefined {
  const version = textIn(settings, "linuxFxVersion") || textIn(settings, "windowsFxVersion");
  return /^DOCKER\|(\S+)$/i.exec(version)?.[1];
}

function isStack(version: string): boolean {
  const [stack = "", ...rest] = version.split("|");
  const name = stack.toUpperCase();
  if (!(name in STACKS) || rest.length === 0) return false;
  return (STACKS[name] ?? /^\S+$/).test(rest.join("|").toLowerCase());
}

function textIn(settings: JsonObject, name: string): string {
  const value = settings[name];
  return typeof value === "string" ? value : "";
}

// hashicorp/terraform-provider-azurerm#16930 and others: that it is invalid is all that is said.
function invalid(name: string): WebError {
  return new WebError(400, "01007", "The parameter {0} has an invalid value.", [name]);
}

// What can be asked of a site besides reading and writing it whole.
import type { ArmAnswer, ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { resourceNotFound } from "../mechanics/resource-place.js";
import { removeResource } from "../mechanics/resource-removal.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceAction } from "../mechanics/resource-type.js";
import { WEB_API_VERSIONS } from "./api-versions.js";
import {
  configView,
  hiddenObject,
  listAppSettings,
  listConnectionStrings,
  putAppSettings,
} from "./app-settings.js";
import { listReferences } from "./setting-references.js";
import { listInstances } from "./site-instances.js";
import { planOf } from "./site-plan.js";
import { fewSettings, settingsFor } from "./site-settings.js";

const SITE =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}";
const common = { apiVersions: WEB_API_VERSIONS, typeName: "sites" };

const CONFIG_RIGHTS = { GET: "read", PUT: "write", PATCH: "write", POST: "list/action" } as const;

export const SITE_ACTIONS: readonly ResourceAction[] = [
  { name: "start", handle: (call, site) => setState(call, site, "Running") },
  { name: "stop", handle: (call, site) => setState(call, site, "Stopped") },
  { name: "restart", handle: () => ({ status: 200 }) },
];

export const siteRoutes: readonly ArmRoute[] = [
  {
    ...common,
    method: "DELETE",
    pattern: SITE,
    action: "Microsoft.Web/sites/delete",
    handle: deleteSite,
  },
  {
    ...common,
    method: "GET",
    pattern: `${SITE}/instances`,
    action: "Microsoft.Web/sites/instances/read",
    handle: (call) => listInstances(call, existingSite(call)),
  },
  config("GET", "web", (_call, site) => ({ status: 200, body: webView(site) })),
  config("PUT", "web", putSettings),
  config("PATCH", "web", putSettings),
  config("PUT", "appsettings", putAppSettings),
  config("POST", "appsettings/list", listAppSettings),
  config("POST", "connectionstrings/list", listConnectionStrings),
  config("GET", "configreferences/appsettings", listReferences),
];

type SiteHandler = (call: ArmCall, site: ResourceRecord) => ArmAnswer;

function config(
  method: "GET" | "PUT" | "PATCH" | "POST",
  name: string,
  handle: SiteHandler,
): ArmRoute {
  return {
    ...common,
    method,
    pattern: `${SITE}/config/${name}`,
    action: `Microsoft.Web/sites/config/${CONFIG_RIGHTS[method]}`,
    handle: (call) => handle(call, existingSite(call)),
  };
}

function putSettings(call: ArmCall, site: ResourceRecord): ArmAnswer {
  const { cloud } = call;
  const plan = planOf(cloud, site);
  const fields = new BodyFields(call.body).object("properties");
  const settings = settingsFor(fields, hiddenObject(site, "settings"), plan);
  const properties = { ...site.properties, siteConfig: fewSettings(settings) };
  const changed = { ...site, properties, hidden: { ...site.hidden, settings } };
  cloud.resources.put(changed);
  return { status: 200, body: webView(changed) };
}

function webView(site: ResourceRecord) {
  return configView(site, "web", hiddenObject(site, "settings"));
}

/** The last site of a plan takes the plan with it, unless the request says otherwise (Azure/azure-cli#4497). */
function deleteSite(call: ArmCall): ArmAnswer {
  const { cloud } = call;
  const id = siteId(call);
  cloud.groups.open(id.subscriptionId, id.resourceGroup);
  const site = cloud.resources.get(id);
  if (site === undefined) return { status: 204 };
  removeResource(cloud, site);
  const keep = call.query.get("deleteEmptyServerFarm")?.toLowerCase() === "false";
  const plan = cloud.resources.byId(String(site.properties["serverFarmId"]));
  if (!keep && plan !== undefined && cloud.resources.usersOf(plan.id).length === 0) {
    removeResource(cloud, plan);
  }
  return { status: 200 };
}

function setState(call: ArmCall, site: ResourceRecord, state: string): ArmAnswer {
  call.cloud.resources.put({ ...site, properties: { ...site.properties, state } });
  return { status: 200 };
}

function existingSite(call: ArmCall): ResourceRecord {
  const id = siteId(call);
  call.cloud.groups.existing(id.subscriptionId, id.resourceGroup);
  const site = call.cloud.resources.get(id);
  if (site === undefined) throw resourceNotFound(id);
  return site;
}

function siteId(call: ArmCall) {
  const { subscriptionId = "", resourceGroupName = "", name = "" } = call.params;
  return {
    subscriptionId,
    resourceGroup: resourceGroupName,
    type: "Microsoft.Web/sites",
    names: [name],
  };
}

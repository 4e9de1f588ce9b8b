// App settings and connection strings: they go in with the site or by themselves, and only a POST shows them.
import type { ArmAnswer, ArmCall } from "../mechanics/arm-call.js";
import { BodyFields, isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { WebError } from "./web-error.js";

/** Those of a site after a request: a list takes the place of all there were, none leaves them. */
export function appSettingsFor(config: BodyFields, before: JsonObject, linux: boolean): JsonObject {
  const pairs = config
    .objects("appSettings")
    ?.map((pair) => [pair.string("name") ?? "", pair.string("value") ?? ""] as const);
  return pairs === undefined ? before : checked(Object.fromEntries(pairs), linux);
}

export function connectionStringsFor(config: BodyFields, before: JsonObject): JsonObject {
  const entries = config
    .objects("connectionStrings")
    ?.map((entry) => [
      entry.string("name") ?? "",
      { value: entry.string("connectionString") ?? "", type: entry.string("type") ?? "Custom" },
    ]);
  return entries === undefined ? before : Object.fromEntries(entries);
}

/** `PUT .../config/appsettings`. */
export function putAppSettings(call: ArmCall, site: ResourceRecord): ArmAnswer {
  const given = new BodyFields(call.body).raw("properties");
  const values = Object.entries(isJsonObject(given) ? given : {}).map(([name, value]) => [
    name,
    typeof value === "string" ? value : String(value ?? ""),
  ]);
  const appSettings = checked(Object.fromEntries(values), site.properties["reserved"] === true);
  const changed = { ...site, hidden: { ...site.hidden, appSettings } };
  call.cloud.resources.put(changed);
  return listAppSettings(call, changed);
}

/** `POST .../config/appsettings/list`. */
export function listAppSettings(_call: ArmCall, site: ResourceRecord): ArmAnswer {
  return { status: 200, body: configView(site, "appsettings", hiddenObject(site, "appSettings")) };
}

/** `POST .../config/connectionstrings/list`. */
export function listConnectionStrings(_call: ArmCall, site: ResourceRecord): ArmAnswer {
  const properties = hiddenObject(site, "connectionStrings");
  return { status: 200, body: configView(site, "connectionstrings", properties) };
}

/** One of the `config` children of a site. */
export function configView(site: ResourceRecord, name: string, properties: JsonObject): JsonObject {
  const { id, location } = site;
  return {
    id: `${id}/config/${name}`,
    name,
    type: "Microsoft.Web/sites/config",
    location,
    properties,
  };
}

export function hiddenObject(site: ResourceRecord, name: string): JsonObject {
  const value = site.hidden?.[name];
  return isJsonObject(value) ? value : {};
}

// "Configure an App Service app": a setting becomes an environment variable, and on Linux no name of one has a colon. In which
// words the service refuses it was not seen for this reason.
function checked(settings: JsonObject, linux: boolean): JsonObject {
  const wrong = Object.keys(settings).filter(
    (name) => name === "" || !(linux ? /^[\w.-]+$/ : /^[\w.:-]+$/).test(name),
  );
  if (wrong.length === 0) return settings;
  throw new WebError(400, undefined, "AppSetting with name(s) '{0}' not allowed.", [
    wrong.join(", "),
  ]);
}

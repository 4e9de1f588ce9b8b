// The host names of a site: those that Azure gave it, and those that are bound to it.
import type { ArmCloud } from "../mechanics/arm-call.js";
import type { JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";

export const BINDING_TYPE = "Microsoft.Web/sites/hostNameBindings";

/** What is bound to a site. */
export function bindingsOf(cloud: ArmCloud, site: ResourceRecord): readonly ResourceRecord[] {
  return cloud.resources.children(site, BINDING_TYPE);
}

/** Writes down at the site what is bound to it now. */
export function updateHostNames(cloud: ArmCloud, siteId: string): void {
  const site = cloud.resources.byId(siteId);
  if (site === undefined) return;
  const bindings = bindingsOf(cloud, site);
  const properties = { ...site.properties, ...hostNamesOf(site, bindings) };
  cloud.resources.put({ ...site, properties });
}

function hostNamesOf(site: ResourceRecord, bindings: readonly ResourceRecord[]): JsonObject {
  const given = String(site.properties["defaultHostName"]);
  const repository = String(site.hidden?.["repositoryHostName"]);
  const bound = bindings.map(
    (binding) => [binding.names.at(-1) ?? "", binding.properties] as const,
  );
  const names = [...bound.map(([name]) => name), given];
  const state = (name: string, hostType: string, { sslState, thumbprint }: JsonObject = {}) => ({
    name,
    sslState: sslState ?? "Disabled",
    virtualIP: null,
    thumbprint: thumbprint ?? null,
    toUpdate: null,
    hostType,
  });
  return {
    hostNames: names,
    enabledHostNames: [...names, repository],
    hostNameSslStates: [
      ...bound.map(([name, properties]) => state(name, "Standard", properties)),
      state(given, "Standard"),
      state(repository, "Repository"),
    ],
  };
}

// The host names of a site: those that Azure gave it, and those that are bound to it.
import type { ArmCloud } from "../mechanics/arm-call.js";
import type { JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";

const BINDING_TYPE = "Microsoft.Web/sites/hostNameBindings";

/** The site of a plan to which a host is bound. */
export function siteBoundTo(
  cloud: ArmCloud,
  plan: ResourceRecord,
  host: string,
): ResourceRecord | undefined {
  return cloud.resources
    .usersOf(plan.id)
    .flatMap((id) => cloud.resources.byId(id) ?? [])
    .find((site) => bindingOf(cloud, site, host) !== undefined);
}

/** @param host in lower case */
export function bindingOf(
  cloud: ArmCloud,
  site: ResourceRecord,
  host: string,
): ResourceRecord | undefined {
  return bindingsOf(cloud, site).find(({ names }) => names.at(-1) === host);
}

function bindingsOf(cloud: ArmCloud, site: ResourceRecord): readonly ResourceRecord[] {
  return cloud.resources.children(site, BINDING_TYPE);
}

/** What answers show of a site's names. */
export function hostNamesOf(site: ResourceRecord, cloud: ArmCloud): JsonObject {
  const bindings = bindingsOf(cloud, site);
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

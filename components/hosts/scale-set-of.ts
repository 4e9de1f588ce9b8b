// A calling bot on Windows machines, from what the stack says of it.
import { defaultDnsLabel, defaultHostResourceName } from "../../rules/hosts/host-names.js";
import { checkScaleSetHost } from "../../rules/hosts/host-settings.js";
import { defined } from "../defined.js";
import { refuse } from "../refusal.js";
import type { HostAddress, HostPlace } from "./calling-host.js";
import type { HostArgs } from "./host-args.js";
import { madeFoundation } from "./made-foundation.js";
import { ScaleSetAddress } from "./scale-set-address.js";
import { ScaleSetHost } from "./scale-set-host.js";

export function scaleSetOf(host: HostArgs, place: HostPlace): HostAddress {
  const { name, parent, cloud } = place;
  refuse(parent, checkScaleSetHost(place.path, host));
  const { certificate = { vaultId: "", secretName: "" }, zones, domain, dnsZoneId } = host;
  const { package: program = { command: "" }, concurrentCalls, media, headroom } = host;
  const { callsPerInstance, size, instances, maxInstances, scaleIn, image } = host;
  const foundation = madeFoundation(host, place);
  const { identity, address: surroundings, workload } = foundation;
  const resourceName = host.name ?? place.facts.apply(defaultHostResourceName);
  const address = new ScaleSetAddress(
    name,
    {
      ...surroundings,
      ...defined({ zones, domain, dnsZoneId, cloud }),
      resourceName,
      dnsLabel: host.dnsLabel ?? place.facts.apply(defaultDnsLabel),
      certificate,
      // The foundation lets it read a vault that is both; Azure takes no second assignment of the same role there.
      grantRoles:
        surroundings.grantRoles !== false && !isSameVault(host.vaultId, certificate.vaultId),
    },
    { parent },
  );
  const { location, tags, subnetId } = surroundings;
  return {
    identity,
    run: ({ appId }) =>
      new ScaleSetHost(
        name,
        {
          ...workload,
          ...defined({ location, tags, zones, concurrentCalls, media, headroom }),
          ...defined({ callsPerInstance, size, instances, maxInstances, scaleIn, image }),
          appId,
          resourceName,
          subnetId,
          package: program,
          hostName: address.hostName,
          publicIpAddressId: address.publicIpAddressId,
          certificateUrl: address.certificateUrl,
        },
        { parent },
      ),
  };
}

function isSameVault(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

// A calling bot on Azure Container Apps, from what the stack says of it.
import { defaultContainerAppName } from "../../rules/hosts/container-app-names.js";
import { checkContainerAppHost } from "../../rules/hosts/host-settings.js";
import { defined } from "../defined.js";
import { refuse } from "../refusal.js";
import type { HostAddress, HostPlace } from "./calling-host.js";
import { ContainerAppAddress } from "./container-app-address.js";
import { ContainerAppHost } from "./container-app-host.js";
import type { HostArgs } from "./host-args.js";
import { madeFoundation } from "./made-foundation.js";

export function containerAppOf(host: HostArgs, place: HostPlace): HostAddress {
  const { name, parent } = place;
  const { image = "", zoneRedundant } = host;
  refuse(parent, checkContainerAppHost(place.path, { ...host, image }));
  const foundation = madeFoundation(host, place, "Microsoft.App/environments");
  const appName = place.facts.apply(defaultContainerAppName);
  const address = new ContainerAppAddress(
    name,
    {
      ...foundation.address,
      ...defined({ zoneRedundant }),
      containerAppName: host.name ?? appName,
      environmentName: appName,
    },
    { parent },
  );
  const { location, tags } = foundation.address;
  const { registryId, port, cpu, memory, instances, maxInstances, callState } = host;
  const { revisionMode, terminationGraceSeconds, domain, dnsZoneId } = host;
  return {
    identity: foundation.identity,
    run: ({ appId }) =>
      new ContainerAppHost(
        name,
        {
          ...foundation.workload,
          ...defined({ grantRoles: foundation.address.grantRoles }),
          ...defined({ location, tags, registryId, port, cpu, memory, instances, maxInstances }),
          ...defined({ callState, revisionMode, terminationGraceSeconds, domain, dnsZoneId }),
          appId,
          image,
          containerAppName: address.containerAppName,
          environmentId: address.environmentId,
          hostName: address.hostName,
          ipAddress: address.ipAddress,
          verificationId: address.verificationId,
        },
        { parent },
      ),
  };
}

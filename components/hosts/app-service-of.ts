// A calling bot on Azure App Service, from what the stack says of it.
import { defaultSiteName } from "../../rules/hosts/host-names.js";
import { checkAppServiceHost } from "../../rules/hosts/host-settings.js";
import { defined } from "../defined.js";
import { refuse } from "../refusal.js";
import { AppServiceAddress } from "./app-service-address.js";
import { AppServiceHost } from "./app-service-host.js";
import type { HostAddress, HostPlace } from "./calling-host.js";
import type { HostArgs } from "./host-args.js";
import { madeFoundation } from "./made-foundation.js";

export function appServiceOf(host: HostArgs, place: HostPlace): HostAddress {
  const { name, parent } = place;
  refuse(parent, checkAppServiceHost("host", host));
  const foundation = madeFoundation(host, place, "Microsoft.Web/serverFarms");
  const { os, sku, runtime, image, registryId, startCommand } = host;
  const { instances, callState, healthPath, domain, dnsZoneId, certificate } = host;
  const { location, tags } = foundation.address;
  const address = new AppServiceAddress(
    name,
    {
      ...foundation.address,
      ...defined({ os, sku, runtime, image, registryId, startCommand }),
      ...defined({ instances, callState, healthPath }),
      siteName: host.name ?? place.facts.apply(defaultSiteName),
    },
    { parent },
  );
  return {
    identity: foundation.identity,
    run: ({ appId }) =>
      new AppServiceHost(
        name,
        {
          ...foundation.workload,
          ...defined({ location, tags, os, runtime, domain, dnsZoneId, certificate }),
          appId,
          siteName: address.siteName,
          siteId: address.siteId,
          hostName: address.hostName,
          planId: address.planId,
          domainVerificationId: address.domainVerificationId,
        },
        { parent },
      ),
  };
}

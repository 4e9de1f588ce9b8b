// A calling bot on Azure App Service, from what the stack says of it.
import * as pulumi from "@pulumi/pulumi";
import { BuiltInRole } from "../../rules/hosts/built-in-roles.js";
import { defaultSiteName } from "../../rules/hosts/host-names.js";
import { checkAppServiceHost } from "../../rules/hosts/host-settings.js";
import { after } from "../after.js";
import { defined } from "../defined.js";
import { refuse } from "../refusal.js";
import { AppServiceAddress } from "./app-service-address.js";
import { appServiceItself } from "./app-service-domain.js";
import { AppServiceHost } from "./app-service-host.js";
import type { HostAddress, HostPlace } from "./calling-host.js";
import { formerGrant } from "./given-identity.js";
import type { HostArgs } from "./host-args.js";
import { madeFoundation } from "./made-foundation.js";

export function appServiceOf(host: HostArgs, place: HostPlace): HostAddress {
  const { name, parent } = place;
  refuse(parent, checkAppServiceHost(place.path, host));
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
          ...defined({ location, tags, os, runtime, domain, dnsZoneId }),
          ...(certificate === undefined
            ? {}
            : { certificate: { ...certificate, grantAccess: false } }),
          appId,
          siteName: address.siteName,
          siteId: address.siteId,
          hostName: address.hostName,
          // What the site serves is on the plan, and so not before App Service may read it.
          planId: after(mayReadCertificate(host, place), address.planId),
          domainVerificationId: address.domainVerificationId,
        },
        { parent },
      ),
  };
}

/** One assignment serves all sites that have certificates in the vault. */
function mayReadCertificate({ certificate }: HostArgs, place: HostPlace): pulumi.Output<unknown> {
  if (certificate === undefined || certificate.grantAccess === false) {
    return pulumi.output(undefined);
  }
  const granted = place.grantOnce({
    role: BuiltInRole.KeyVaultCertificateUser,
    scope: certificate.vaultId,
    holder: appServiceItself(place.cloud, place.parent),
    before: formerGrant(place, "AppServiceHost", "certificate-reader"),
  });
  return granted.id;
}

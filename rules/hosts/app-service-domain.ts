// A domain of one's own on App Service, with a certificate that lies in a Key Vault.
import { Cloud } from "../clouds.js";
import { type Issue, shown } from "../issue.js";
import { zoneNameOf } from "./dns-zone.js";
import { checkDomain, checkDomainZone, isZoneTop } from "./host-domain.js";
import { checkVaultCertificate, type VaultCertificate } from "./vault-certificate.js";

/** What the checks read. */
export interface AppServiceDomainWish {
  readonly domain?: string | undefined;
  readonly dnsZoneId?: string | undefined;
  readonly certificate?: VaultCertificate | undefined;
}

/**
 * App id of the service that reads certificates for App Service: "Microsoft Azure App Service" ("Add and manage TLS/SSL
 * certificates in Azure App Service").
 */
export function appServiceAppId(cloud: Cloud): string {
  return cloud === Cloud.GccHigh || cloud === Cloud.Dod
    ? "6a02c803-dafd-4136-b4c3-5a6f318b4714"
    : "abfa0a7c-a6b6-4736-8310-5855508787cd";
}

/** Issues of the domain and its certificate, each of which needs the other. */
export function checkAppServiceDomain(path: string, wish: AppServiceDomainWish): Issue[] {
  const { certificate, domain, dnsZoneId } = wish;
  const at = (setting: string) => `${path}.${setting}`;
  return [
    ...checkTogether(at, wish),
    ...(domain === undefined ? [] : checkDomain(at("domain"), domain)),
    ...checkDomainZone(path, wish),
    ...(domain === undefined ? [] : checkBelowTop(at("domain"), domain, dnsZoneId)),
    ...(certificate === undefined ? [] : checkVaultCertificate(at("certificate"), certificate)),
  ];
}

function checkTogether(
  at: (setting: string) => string,
  { domain, certificate }: AppServiceDomainWish,
): Issue[] {
  if ((domain === undefined) === (certificate === undefined)) return [];
  const [missing, given] =
    domain === undefined ? ["domain", "certificate"] : ["certificate", "domain"];
  return [
    {
      path: at(missing),
      rule: `must be given with ${at(given)}`,
      whose: "this package",
      fix: "Give the host name and the certificate for it, or neither: the name that Azure gives has one.",
    },
  ];
}

// The address of a site is no output of the resource, and the top of a zone can only lead to an address.
function checkBelowTop(path: string, domain: string, dnsZoneId: string | undefined): Issue[] {
  const zoneName = dnsZoneId === undefined ? undefined : zoneNameOf(dnsZoneId);
  if (!isZoneTop(domain, zoneName)) return [];
  return [
    {
      path,
      rule: "must be a name below the top of its zone, because the top cannot be an alias of a site",
      whose: "Azure DNS",
      got: shown(domain),
      fix: `Write a name such as bot.${domain}.`,
    },
  ];
}

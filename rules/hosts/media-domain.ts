// The host name of a bot that hosts media. TLS has to end on the machine itself, so a name that leads to a proxy is refused.
import { type Issue, shown } from "../issue.js";
import { checkDomain } from "./host-domain.js";

/** Services that end TLS, by the end of the names they give ([end, service]). */
const PROXIES: readonly (readonly [string, string])[] = [
  ["azurefd.net", "Azure Front Door"],
  ["azureedge.net", "Azure CDN"],
  ["azurewebsites.net", "Azure App Service"],
  ["azurecontainerapps.io", "Azure Container Apps"],
  ["azurestaticapps.net", "Azure Static Web Apps"],
  ["azure-api.net", "Azure API Management"],
  ["web.core.windows.net", "Azure Storage"],
  ["cloudfront.net", "Amazon CloudFront"],
];

/**
 * An issue for a name that a layer-7 service gives. An Application Gateway has no name of its own that would show it: that one
 * in front of the media port fails as well is said in the fix (microsoft-graph-comms-samples#642).
 */
export function checkMediaDomain(path: string, domain: string): Issue[] {
  const host = domain.toLowerCase().replace(/\.$/, "");
  const [, service] = PROXIES.find(([end]) => host === end || host.endsWith(`.${end}`)) ?? [];
  if (service !== undefined) {
    return [
      {
        path,
        rule: `must not be a name of ${service}, because media needs TLS that ends on the machine itself`,
        whose: "Microsoft's media platform",
        got: shown(domain),
        fix: "Give a name of your own that leads to the load balancer, with no Front Door, Application Gateway or other proxy in front.",
      },
    ];
  }
  return checkDomain(path, domain);
}

/** 3 to 63 lower-case letters, digits and hyphens ("Public IP addresses", DNS name label); unique in its region. */
export function checkDnsLabel(path: string, label: string): Issue[] {
  if (/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(label)) return [];
  return [
    {
      path,
      rule: "must be 3 to 63 lower-case letters, digits or hyphens, a letter first and no hyphen last",
      whose: "Azure Network",
      got: shown(label),
      fix: "Respell it, or leave it out to get a stable one.",
    },
  ];
}

// Domains that the app's pages may come from and sign in with ("App manifest schema", validDomains).
import { type Issue, shown } from "../issue.js";

// Under these anybody can have a name: a wildcard over one of them trusts everybody.
const SHARED = [
  "azurecontainerapps.io",
  "azureedge.net",
  "azurefd.net",
  "azurestaticapps.net",
  "azurewebsites.net",
  "azurewebsites.us",
  "blob.core.windows.net",
  "cloudapp.azure.com",
  "cloudapp.net",
  "devtunnels.ms",
  "github.io",
  "herokuapp.com",
  "loca.lt",
  "netlify.app",
  "ngrok.app",
  "ngrok-free.app",
  "ngrok.io",
  "onmicrosoft.com",
  "pages.dev",
  "sharepoint.com",
  "trafficmanager.net",
  "vercel.app",
  "web.core.windows.net",
  "windows.net",
  "workers.dev",
];

/** Issues of one entry: a host name with an optional port, its first part may be `*`, and a domain that can be owned. */
export function checkValidDomain(path: string, domain: string): Issue[] {
  const refuse = (rule: string, fix: string): Issue[] => [
    { path, rule, whose: "Microsoft Teams", got: shown(domain), fix },
  ];
  if (/[:/]{2}|\//.test(domain)) {
    return refuse(
      "must be a domain without https:// and without a path",
      "Write the host name alone, such as bot.contoso.com.",
    );
  }
  const [, wildcard, host = ""] = /^(\*\.)?([^:]+)(:\d{1,5})?$/.exec(domain) ?? [];
  const isHost = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(host);
  if (!isHost || host.length > 253) {
    return refuse(
      "must be a host name, whose first part may be *",
      "Write it as in bot.contoso.com or *.contoso.com.",
    );
  }
  const isShared = !host.includes(".") || SHARED.includes(host.toLowerCase());
  if (wildcard !== undefined && isShared) {
    return refuse(
      "must not trust every name under a domain that others use too",
      "Write the host name of the app in full.",
    );
  }
  return [];
}

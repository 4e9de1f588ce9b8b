// Names of a container app and its environment. The app's name is the first label of the host name that Azure gives.
import { type Issue, shown } from "../issue.js";
import type { BotNameFacts } from "../names.js";
import { stableName, stableUuid } from "../stable-name.js";

/** At most 32 lower-case letters, digits and hyphens; a change replaces the app and gives it another address. */
export function defaultContainerAppName(facts: BotNameFacts): string {
  return stableName(facts, { kind: "container app", longest: 32 });
}

/**
 * 2 to 32 lower-case letters, digits and hyphens, the first a letter, the last none, no two hyphens in a row ("Naming rules and
 * restrictions for Azure resources", Microsoft.App; PSRule for Azure, Azure.ContainerApp.Name).
 */
export function checkContainerAppName(path: string, name: string): Issue[] {
  if (/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/.test(name) && !name.includes("--")) return [];
  return [
    {
      path,
      rule: "must be 2 to 32 lower-case letters, digits and single hyphens, the first a letter, the last no hyphen",
      whose: "Azure Container Apps",
      got: shown(name),
      fix: "Respell it, or leave it out to get one that fits.",
    },
  ];
}

/** Name of a domain's certificate: another domain has another, because the domain of a certificate cannot be changed. */
export function managedCertificateName(domain: string): string {
  return `${domain.replaceAll(".", "-").slice(0, 40)}-${stableUuid(domain).slice(0, 8)}`;
}

/** What the app calls a secret of the vault: names there differ by more than case, and here they are in lower case. */
export function secretNameInApp(vaultSecret: string): string {
  return vaultSecret.toLowerCase();
}

// Names of what hosts are made of: what Azure accepts, and the stable ones that are given when a stack gives none.
import { type Issue, shown } from "../issue.js";
import { type BotNameFacts, defaultBotName } from "../names.js";
import { stableName } from "../stable-name.js";

/** The bot's default name with hyphens alone: of what a host is made, not everything takes an underscore. */
export function defaultHostResourceName(facts: BotNameFacts): string {
  return defaultBotName(facts).replaceAll("_", "-");
}

/**
 * 4 to 63 letters, digits and hyphens. A deleted workspace keeps its name in its group for 14 days, and comes back only in its own
 * region ("Delete and recover an Azure Log Analytics workspace"): another region has another name.
 */
export function defaultWorkspaceName(facts: BotNameFacts, region: string): string {
  return stableName(facts, { kind: "workspace", longest: 63, follows: [plainRegion(region)] });
}

/** 2 to 60 letters, digits and hyphens, as a site has them; part of its address, so unique over all of Azure. */
export function defaultSiteName(facts: BotNameFacts): string {
  return stableName(facts, { kind: "site", longest: 60 });
}

/** 3 to 63 lower-case letters, digits and hyphens: the first part of a public address's host name in its region. */
export function defaultDnsLabel(facts: BotNameFacts): string {
  return stableName(facts, { kind: "dns label", longest: 63 });
}

function plainRegion(region: string): string {
  return region.toLowerCase().replaceAll(" ", "");
}

/** Where a vault is: a deleted one comes back nowhere else. */
export interface VaultPlace {
  readonly resourceGroup: string;
  readonly region: string;
}

/**
 * 3 to 24 letters, digits and single hyphens; unique over all of Azure, and kept for months after a vault is deleted. Another
 * group or region has another name, or a bot that moves would find its own deleted vault in the way.
 */
export function defaultVaultName(
  facts: BotNameFacts,
  { resourceGroup, region }: VaultPlace,
): string {
  const follows = [resourceGroup.toLowerCase(), plainRegion(region)];
  return stableName(facts, { kind: "vault", longest: 24, digits: 8, follows });
}

/** 2 to 60 letters, digits and hyphens, not first or last ("Naming rules and restrictions for Azure resources", Microsoft.Web). */
export function checkSiteName(path: string, name: string): Issue[] {
  if (/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,58}[a-zA-Z0-9])$/.test(name)) return [];
  return [
    {
      path,
      rule: "must be 2 to 60 letters, digits or hyphens, with a letter or digit first and last",
      whose: "Azure App Service",
      got: shown(name),
      fix: "Shorten or respell it, or leave it out to get a name that is unique over all of Azure.",
    },
  ];
}

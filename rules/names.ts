// Names and tags: what Azure and Entra accept, and the names this package gives when a stack gives none.
import { createHash } from "node:crypto";
import { type Issue, shown, throwIfAny } from "./issue.js";

/** What the default name of a bot is made from. */
export interface BotNameFacts {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly project: string;
  readonly stack: string;
  /** The bot's logical name: a program may register several in one stack. @default none */
  readonly bot?: string;
}

const BOT_NAME_MAX = 42;
const HASH_LENGTH = 6;

/**
 * `<project>-<stack>-<6 hexadecimal digits>`, at most 42 characters and always a valid bot name.
 * A bot's name is unique over all of Azure and cannot change, so it is neither plain nor random: the same facts give the
 * same name on every run, others give another. Too long a project and stack are cut, the digits never are.
 */
export function defaultBotName(facts: BotNameFacts): string {
  const { tenantId, subscriptionId, project, stack, bot } = facts;
  const registration = bot === undefined ? [project, stack] : [project, stack, bot];
  const identity = [tenantId.toLowerCase(), subscriptionId.toLowerCase(), ...registration];
  const hash = createHash("sha256").update(JSON.stringify(identity)).digest("hex");
  const stem = `${project}-${stack}`
    .replace(/[^a-zA-Z0-9_-]+/g, "-")
    .replace(/^[^a-zA-Z0-9]+/, "")
    .slice(0, BOT_NAME_MAX - HASH_LENGTH - 1)
    .replace(/[_-]+$/, "");
  return `${stem || "bot"}-${hash.slice(0, HASH_LENGTH)}`;
}

/** `<project>-<stack>`, within what Azure accepts for a resource group. */
export function defaultResourceGroupName(facts: { project: string; stack: string }): string {
  const name = `${facts.project}-${facts.stack}`
    .replace(/[^a-zA-Z0-9_.()-]+/g, "-")
    .slice(0, 90)
    .replace(/\.+$/, "");
  return name || "bot";
}

/**
 * 4 to 42 letters, digits, `-` and `_`, the first a letter or digit: what the azurerm provider and the Azure CLI state.
 * Resource Manager documents 2 to 64 with dots as well; the narrower rule is safe with both.
 */
export function checkBotName(path: string, name: string): Issue[] {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_-]{3,41}$/.test(name)) return [];
  return [
    {
      path,
      rule: "must be 4 to 42 letters, digits, hyphens or underscores, the first a letter or digit",
      whose: "Azure Bot Service",
      got: shown(name),
      fix: "Shorten or respell it, or leave it out to get a name that is unique over all of Azure.",
    },
  ];
}

/**
 * For what Azure answers when asked whether a bot's name is free: returns the name, or throws a RulesError.
 * The name is unique over all of Azure (microsoft-teams-apps-company-communicator#448).
 */
export function checkedAvailability(path: string, name: string): (available: boolean) => string {
  return (available) => {
    const taken: Issue = {
      path,
      rule: "must be unique over all of Azure, and another bot has this name",
      whose: "Azure Bot Service",
      got: shown(name),
      fix: "Choose another name, or leave it out to get one that is unique.",
    };
    throwIfAny(available ? [] : [taken]);
    return name;
  };
}

/** 1 to 90 letters, digits and `-_().`, not ending in a dot ("Naming rules and restrictions for Azure resources"). */
export function checkResourceGroupName(path: string, name: string): Issue[] {
  if (/^[\p{L}\p{Nd}_.()-]{1,90}$/u.test(name) && !name.endsWith(".")) return [];
  return [
    {
      path,
      rule: "must be 1 to 90 letters, digits, hyphens, underscores, dots or round brackets, not ending in a dot",
      whose: "Azure Resource Manager",
      got: shown(name),
      fix: "Shorten or respell it.",
    },
  ];
}

/** A region's name, short or displayed. Whether it exists is for the subscription to say. */
export function checkLocation(path: string, location: string): Issue[] {
  if (/^[a-z][a-z0-9 ]*$/i.test(location)) return [];
  return [
    {
      path,
      rule: "must be the name of an Azure region",
      whose: "Azure Resource Manager",
      got: shown(location),
      fix: "Write it as in westeurope.",
    },
  ];
}

/** 3 to 120 letters, digits, `-` and `_`, the first a letter or digit ("Important considerations ... federated identity credentials"). */
export function checkFederatedName(path: string, name: string): Issue[] {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_-]{2,119}$/.test(name)) return [];
  return [
    {
      path,
      rule: "must be 3 to 120 letters, digits, hyphens or underscores, the first a letter or digit",
      whose: "Microsoft Entra ID",
      got: shown(name),
      fix: "Shorten or respell it; it cannot be changed later.",
    },
  ];
}

/**
 * 1 to 256 characters on one line. It becomes the name of the Entra application and of the bot.
 * 256 is the limit of the application; that of the bot is unverified and may be shorter.
 */
export function checkDisplayName(path: string, name: string): Issue[] {
  if (name.trim() !== "" && name.length <= 256 && !/\p{Cc}/u.test(name)) return [];
  return [
    {
      path,
      rule: "must be 1 to 256 characters on one line",
      whose: "Microsoft Entra ID",
      got: shown(name),
      fix: "Give the name that people see.",
    },
  ];
}

/** An https address that ends in `.png` (the azurerm provider's rule for a bot's icon). */
export function checkIconUrl(path: string, url: string): Issue[] {
  if (URL.canParse(url) && /^https:\/\/[^\s]+\.png$/i.test(url)) return [];
  return [
    {
      path,
      rule: "must be an https URL that ends in .png",
      whose: "Azure Bot Service",
      got: shown(url),
      fix: "Publish the icon as a PNG file and give its address.",
    },
  ];
}

/** The Azure resource id of a user-assigned managed identity. */
export function checkManagedIdentityId(path: string, id: string): Issue[] {
  const form =
    /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i;
  if (form.test(id)) return [];
  return [
    {
      path,
      rule: "must be the resource id of a user-assigned managed identity",
      whose: "Azure Resource Manager",
      got: shown(id),
      fix: "Copy it from the identity's properties: /subscriptions/.../providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME.",
    },
  ];
}

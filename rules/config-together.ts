// Rules about settings that only make sense together. They read what was written, not what the schema made of it, so that
// they still speak when another part of the configuration is wrong: a person sees all problems at once.

import { type Adoption, checkAdoptionPlace } from "./adoption.js";
import { BotType, Tenancy } from "./bot-choices.js";
import { CAPABILITIES, type Capability, requestedPermissions } from "./capabilities.js";
import { ConsentMode } from "./consent.js";
import { checkConsentTogether } from "./consent-together.js";
import { CredentialKind } from "./credential.js";
import { checkServedCapabilities } from "./hosts/served-capabilities.js";
import { checkTwoHosts } from "./hosts/two-hosts.js";
import { checkIgnoredIsForeign } from "./ignored.js";
import type { Issue } from "./issue.js";
import { checkLifetime } from "./lifetime.js";
import { checkRecordingStatement } from "./recording.js";
import { checkReplyUrlList, normaliseReplyUrl } from "./urls.js";

/** Settings as written; a part that has the wrong shape counts as absent. */
export type Written = Readonly<Record<string, unknown>>;

/** Issues of settings that contradict or need each other. */
export function checkTogether(settings: Written): Issue[] {
  return [
    ...checkWishes(settings),
    ...checkManagedIdentityBot(settings),
    ...checkResourceGroup(settings),
    ...checkAllReplyUrls(settings),
    ...checkAdopted(settings),
    ...checkTwoHosts(part(settings["host"]), settings["otherHost"], {
      sharesIdentity: part(settings["bot"])["type"] === BotType.UserAssignedMSI,
    }),
    ...checkForeign(settings),
    ...checkLifetime(settings["protect"], settings["ephemeral"]),
  ];
}

/** Every reply URL the application gets: those stated, and the one that consent comes back to. */
export function allReplyUrls(
  replyUrls: readonly string[],
  redirectUrl: string | undefined,
): string[] {
  const urls = replyUrls.map(normaliseReplyUrl);
  const back = redirectUrl === undefined ? [] : [normaliseReplyUrl(redirectUrl)];
  return [...urls, ...back.filter((url) => !urls.includes(url))];
}

function checkWishes(settings: Written): Issue[] {
  const wished = list(settings["capabilities"]);
  const capabilities = wished.filter(isCapability);
  const permissions = list(settings["permissions"]).filter((name) => typeof name === "string");
  const { requested, issues } = requestedPermissions({ capabilities, permissions });
  const misspelt = isSaid(settings["capabilities"]) || isSaid(settings["permissions"]);
  const statement = settings["mediaRecording"];
  const consent = part(settings["consent"]);
  const asked = requested.map(({ value }) => value);
  return [
    ...issues.filter((issue) => !(issue.path === "capabilities" && misspelt)),
    ...checkRecordingStatement(requested, statement === undefined ? undefined : String(statement)),
    ...checkConsentTogether({
      consent,
      tenancy: settings["tenancy"],
      botType: part(settings["bot"])["type"],
      asked,
    }),
    ...checkServedCapabilities(part(settings["host"])["kind"], capabilities),
    ...checkServedCapabilities(part(settings["otherHost"])["kind"], capabilities, "otherHost"),
  ];
}

/** Whether something stands there, right or wrong: what is wrong with it the schema says. */
function isSaid(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function checkManagedIdentityBot(settings: Written): Issue[] {
  const isManaged = part(settings["bot"])["type"] === BotType.UserAssignedMSI;
  if (!isManaged) {
    if (settings["managedIdentity"] === undefined) return [];
    return [
      {
        path: "managedIdentity",
        rule: `must be left out unless bot.type is ${BotType.UserAssignedMSI}`,
        whose: "this package",
        fix: "To sign in as the application by a managed identity use credential.managedIdentityPrincipalId.",
      },
    ];
  }
  const noApplication = "because a managed identity has no Entra application of its own";
  const kind = part(settings["credential"])["kind"] ?? CredentialKind.None;
  const mode = part(settings["consent"])["mode"] ?? ConsentMode.Url;
  const broken: [boolean, string, string, string][] = [
    [
      list(settings["replyUrls"]).length > 0,
      "replyUrls",
      `must be empty for ${BotType.UserAssignedMSI}, ${noApplication}`,
      "Remove it",
    ],
    [
      list(settings["owners"]).length > 0,
      "owners",
      `must be empty for ${BotType.UserAssignedMSI}, ${noApplication}`,
      "Remove it",
    ],
    [
      list(part(settings["ignore"])["replyUrls"]).length > 0,
      "ignore.replyUrls",
      `must be empty for ${BotType.UserAssignedMSI}, ${noApplication}`,
      "Remove it",
    ],
    [
      mode !== ConsentMode.Grant && mode !== ConsentMode.External,
      "consent.mode",
      `must be ${ConsentMode.Grant} or ${ConsentMode.External} for ${BotType.UserAssignedMSI}, ${noApplication} that a person could consent to`,
      `Set it to "${ConsentMode.Grant}" and deploy with an identity that may grant app roles`,
    ],
    [
      part(settings["consent"])["redirectUrl"] !== undefined,
      "consent.redirectUrl",
      `must be left out for ${BotType.UserAssignedMSI}, ${noApplication}`,
      "Remove it",
    ],
    [
      part(settings["host"])["identity"] !== undefined,
      "host.identity",
      `must be left out for ${BotType.UserAssignedMSI}, because the bot's own managed identity runs the host`,
      "Name it under managedIdentity",
    ],
    [
      part(settings["otherHost"])["identity"] !== undefined,
      "otherHost.identity",
      `must be left out for ${BotType.UserAssignedMSI}, because the bot's own managed identity runs the host`,
      "Name it under managedIdentity",
    ],
    [
      settings["tenancy"] === Tenancy.MultiTenant,
      "tenancy",
      `must be ${Tenancy.SingleTenant} for ${BotType.UserAssignedMSI}, because a managed identity lives in one tenant`,
      "Remove it",
    ],
    [
      kind !== CredentialKind.None,
      "credential.kind",
      `must be ${CredentialKind.None} for ${BotType.UserAssignedMSI}, because Azure keeps the managed identity's credential`,
      "Remove it",
    ],
  ];
  return broken
    .filter(([isBroken]) => isBroken)
    .map(([, path, rule, fix]) => ({
      path,
      rule,
      whose: "Azure Bot Service",
      fix: `${fix}, or use bot.type ${BotType.SingleTenant}.`,
    }));
}

function checkAdopted(settings: Written): Issue[] {
  if (settings["adopt"] === undefined) return [];
  const adopt = part(settings["adopt"]);
  const group = part(settings["resourceGroup"]);
  const bot = part(settings["bot"]);
  const ids: Adoption = {
    ...(typeof adopt["bot"] === "string" ? { bot: adopt["bot"] } : {}),
    ...(typeof adopt["application"] === "string" ? { application: adopt["application"] } : {}),
  };
  return checkAdoptionPlace("adopt", ids, {
    resourceGroup: group["name"],
    groupExists: group["existing"],
    botName: bot["name"],
    isManagedIdentity: bot["type"] === BotType.UserAssignedMSI,
    saysOwners: list(settings["owners"]).length > 0,
  });
}

function checkForeign(settings: Written): Issue[] {
  const { replyUrls, tags } = part(settings["ignore"]);
  const redirectUrl = part(settings["consent"])["redirectUrl"];
  const said = {
    replyUrls: list(settings["replyUrls"]),
    "consent.redirectUrl": [redirectUrl],
    "adopt.found.replyUrls": list(part(part(settings["adopt"])["found"])["replyUrls"]),
  };
  return checkIgnoredIsForeign(
    "ignore",
    { replyUrls: texts(replyUrls), tags: texts(tags) },
    {
      replyUrls: Object.entries(said).flatMap(([setting, urls]) =>
        texts(urls).map((url) => ({ setting, url })),
      ),
      tags: Object.keys(part(settings["tags"])),
    },
  );
}

function checkResourceGroup(settings: Written): Issue[] {
  const group = part(settings["resourceGroup"]);
  if (group["existing"] !== true) return [];
  const whose = "this package";
  const issues: Issue[] = [];
  if (group["name"] === undefined) {
    issues.push({
      path: "resourceGroup.name",
      rule: "must be given when resourceGroup.existing is true",
      whose,
      fix: "Name the group to use.",
    });
  }
  if (group["location"] !== undefined) {
    issues.push({
      path: "resourceGroup.location",
      rule: "must be left out when resourceGroup.existing is true, because the group has its place already",
      whose,
      fix: "Remove it.",
    });
  }
  return issues;
}

// The list as stated is the schema's to check; here only what the consent link's URL adds to it.
function checkAllReplyUrls(settings: Written): Issue[] {
  const stated = list(settings["replyUrls"]).filter((url) => typeof url === "string");
  const back = part(settings["consent"])["redirectUrl"];
  if (typeof back !== "string") return [];
  const all = allReplyUrls(stated, back);
  if (all.length === stated.length) return [];
  const before = new Set(checkReplyUrlList("replyUrls", stated).map((issue) => issue.path));
  return checkReplyUrlList("replyUrls", all)
    .filter((issue) => !before.has(issue.path))
    .map((issue) => ({ ...issue, path: "consent.redirectUrl" }));
}

function part(value: unknown): Written {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What of a list is text: a path counts from it only where all of it is, and what is not the schema refuses. */
function texts(value: unknown): string[] {
  return list(value).filter((one) => typeof one === "string");
}

function isCapability(value: unknown): value is Capability {
  return typeof value === "string" && Object.hasOwn(CAPABILITIES, value);
}

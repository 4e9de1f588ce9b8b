// What a stack takes over that exists already: the setting `adopt`, and whether it fits the rest of the stack.
import { armName, armResourceGroup, armSubscription, checkArmId } from "./arm-ids.js";
import { isGuid } from "./guid.js";
import { type Issue, shown } from "./issue.js";

/** Permissions of one API that an application asks for, in the directory's order. */
export interface FoundPermissions {
  /** App id of the API. */
  readonly resource: string;
  /** Each `Role <id>` (an app role) or `Scope <id>` (a delegated permission). */
  readonly access: readonly string[];
}

/** What stood there before the stack came, and stays. */
export interface Found {
  /** @default [] */
  readonly replyUrls?: readonly string[];
  /** @default [] */
  readonly permissions?: readonly FoundPermissions[];
  /** Tags of the application. @default [] */
  readonly tags?: readonly string[];
  /** Whether calling of the Teams channel was on; left out when there was no channel. */
  readonly calling?: boolean;
  /** The calling webhook of the channel. */
  readonly callingWebhook?: string;
}

/** The setting `adopt`: ids of what is imported. */
export interface Adoption {
  /** Resource id of the Azure Bot. */
  readonly bot?: string;
  /** Resource id of its Teams channel; left out where the bot has none yet. */
  readonly channel?: string;
  /** `/applications/{object id}` */
  readonly application?: string;
  /** `/servicePrincipals/{object id}`; left out where the application has none yet. */
  readonly servicePrincipal?: string;
  /** @default nothing */
  readonly found?: Found;
}

const BOT_TYPE = "Microsoft.BotService/botServices";
const OURS = "this package";

/** Issues of the setting `adopt` by itself. */
export function checkAdoption(path: string, adoption: Adoption): Issue[] {
  const { bot, channel, application, servicePrincipal, found = {} } = adoption;
  const issues: Issue[] = [];
  if (bot !== undefined) issues.push(...checkArmId(`${path}.bot`, bot, BOT_TYPE));
  if (channel !== undefined) {
    const right = bot !== undefined && sameId(channel, `${bot}/channels/MsTeamsChannel`);
    if (!right) {
      issues.push({
        path: `${path}.channel`,
        rule: `must be the id of the bot's Teams channel, ${path}.bot with /channels/MsTeamsChannel behind it`,
        whose: OURS,
        got: shown(channel),
        fix: "Correct it, or leave it out for a bot that has no Teams channel.",
      });
    }
  }
  issues.push(...checkObject(`${path}.application`, application, "applications"));
  issues.push(...checkObject(`${path}.servicePrincipal`, servicePrincipal, "servicePrincipals"));
  if (servicePrincipal !== undefined && application === undefined) {
    issues.push({
      path: `${path}.application`,
      rule: `must be given with ${path}.servicePrincipal`,
      whose: OURS,
      fix: "Give both, as teams-calling-bot adopt writes them.",
    });
  }
  return [...issues, ...checkFound(`${path}.found`, found)];
}

function checkObject(path: string, id: string | undefined, kind: string): Issue[] {
  if (id === undefined || isGuid(objectIdOf(id, kind))) return [];
  return [
    {
      path,
      rule: `must be /${kind}/ and an object id`,
      whose: OURS,
      got: shown(id),
      fix: "Take it from what teams-calling-bot adopt writes.",
    },
  ];
}

function objectIdOf(id: string, kind: string): string {
  return id.startsWith(`/${kind}/`) ? id.slice(kind.length + 2) : "";
}

/** The object id in `/applications/{id}`; empty where there is none. */
export function applicationObjectId({ application = "" }: Adoption): string {
  return objectIdOf(application, "applications");
}

function checkFound(path: string, { permissions = [] }: Found): Issue[] {
  return permissions.flatMap(({ resource, access }, i) => {
    const at = `${path}.permissions[${i}]`;
    const wrong = access.flatMap((one, j) => {
      if (/^(Role|Scope) /.test(one) && isGuid(one.replace(/^\w+ /, ""))) return [];
      const rule = "must be Role or Scope, a space, and an id";
      const fix = "Take it from what teams-calling-bot adopt writes.";
      return [{ path: `${at}.access[${j}]`, rule, whose: OURS, got: shown(one), fix }];
    });
    if (isGuid(resource)) return wrong;
    const rule = "must be the app id of an API";
    return [
      ...wrong,
      { path: `${at}.resource`, rule, whose: OURS, got: shown(resource), fix: "Correct it." },
    ];
  });
}

/** The parts of a stack that have to fit what is adopted. */
export interface AdoptionPlace {
  readonly resourceGroup: unknown;
  readonly groupExists: unknown;
  readonly botName: unknown;
  readonly isManagedIdentity: boolean;
  readonly saysOwners: boolean;
}

/** Issues of the setting `adopt` beside the others. */
export function checkAdoptionPlace(
  path: string,
  { bot, application }: Adoption,
  place: AdoptionPlace,
): Issue[] {
  const issues: Issue[] = [];
  const refuse = (at: string, rule: string, fix: string) =>
    issues.push({ path: at, rule, whose: OURS, fix });
  if (bot !== undefined && checkArmId(path, bot, BOT_TYPE).length === 0) {
    const group = armResourceGroup(bot);
    const named = typeof place.resourceGroup === "string" && sameId(place.resourceGroup, group);
    if (!named || place.groupExists !== true) {
      const rule = `must be {name: ${group}, existing: true}, the group of ${path}.bot`;
      refuse("resourceGroup", rule, "Set it so: a bot never leaves its group.");
    }
    if (place.botName !== undefined && place.botName !== armName(bot)) {
      const rule = `must be left out or be the name in ${path}.bot`;
      refuse("bot.name", rule, "Remove it.");
    }
    if (application === undefined && !place.isManagedIdentity) {
      const rule = `must be given with ${path}.bot, because a bot's application never changes`;
      refuse(`${path}.application`, rule, "Run teams-calling-bot adopt, which looks it up.");
    }
  }
  if (application !== undefined && place.saysOwners) {
    const rule = `must be left out with ${path}.application, which keeps its owners`;
    refuse("owners", rule, "Remove it, and add owners in the directory.");
  }
  if (application !== undefined && place.isManagedIdentity) {
    const rule = "must be left out for a bot that signs in as a managed identity";
    refuse(`${path}.application`, rule, "Remove it, and name the identity under managedIdentity.");
  }
  return issues;
}

/** Whether the bot is of another subscription than the one that is deployed to. */
export function checkSubscription(
  path: string,
  { bot }: Adoption,
  subscriptionId: string,
): Issue[] {
  if (bot === undefined || armSubscription(bot) === subscriptionId.toLowerCase()) return [];
  return [
    {
      path: `${path}.bot`,
      rule: `must be in the subscription that is deployed to, ${subscriptionId}`,
      whose: OURS,
      got: shown(bot),
      fix: "Set azure-native:subscriptionId to the bot's subscription.",
    },
  ];
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

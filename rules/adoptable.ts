// Whether what exists may be adopted, told from what the services hold at this moment and before anything is touched.
import { permissionsTogether, together } from "./adopted-together.js";
import type { Adoption } from "./adoption.js";
import { type Issue, shown } from "./issue.js";
import { OWN_TAGS } from "./tags.js";

/** The Azure Bot that is there. */
export interface LiveBot {
  readonly id: string;
  readonly appId: string;
  /** Undefined for a bot of the old kind MultiTenant, which may have none. */
  readonly tenantId?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The Entra application that is there. */
export interface LiveApplication {
  readonly objectId: string;
  readonly appId: string;
  readonly tags: readonly string[];
  readonly replyUrls: readonly string[];
  /** By API, as Graph has them. */
  readonly permissions: readonly {
    readonly resource: string;
    readonly access: readonly string[];
  }[];
}

/** A stack, as the tags of what it owns name it. */
export interface StackName {
  readonly project: string;
  readonly stack: string;
}

/** What is to be adopted, and by whom. Undefined stands for what is not there. */
export interface Adoptee {
  readonly tenantId: string;
  /** How the bot and the application are named in messages. */
  readonly paths: { readonly bot: string; readonly application: string };
  readonly bot?: LiveBot | "missing";
  readonly application?: LiveApplication | "missing";
  /** Undefined where the stack is not known yet. */
  readonly stack?: StackName;
}

/** Issues for which nothing may be touched. */
export function checkAdoptable(adoptee: Adoptee): Issue[] {
  const { bot, application, paths, tenantId, stack } = adoptee;
  const issues: Issue[] = [];
  if (bot === "missing")
    issues.push(notThere(paths.bot, "an Azure Bot that exists", "Bot Service"));
  if (application === "missing") {
    issues.push(notThere(paths.application, "an application that this tenant owns", "Entra ID"));
  }
  const live = bot === "missing" ? undefined : bot;
  const app = application === "missing" ? undefined : application;
  if (live?.tenantId !== undefined && !same(live.tenantId, tenantId)) {
    issues.push({
      path: paths.bot,
      rule: `must be of the tenant that is deployed to, ${tenantId}`,
      whose: "Azure Bot Service",
      got: shown(live.tenantId),
      fix: "Sign in to the bot's own tenant: its application can only be changed there.",
    });
  }
  if (live !== undefined && app !== undefined && !same(live.appId, app.appId)) {
    issues.push({
      path: paths.application,
      rule: `must be the application of the bot, whose app id is ${live.appId}`,
      whose: "Azure Bot Service",
      got: shown(app.appId),
      fix: "Run teams-calling-bot adopt, which looks it up.",
    });
  }
  const owners = [
    ...(live === undefined ? [] : [{ path: paths.bot, owner: ownerInTags(live.tags) }]),
    ...(app === undefined ? [] : [{ path: paths.application, owner: ownerInTexts(app.tags) }]),
  ];
  for (const { path, owner } of owners) {
    const other =
      owner !== undefined && (owner.project !== stack?.project || owner.stack !== stack?.stack);
    if (!other) continue;
    issues.push({
      path,
      rule: `must not belong to another stack, and its tags say that it belongs to ${owner.project}/${owner.stack}`,
      whose: "this package",
      fix: `Change the bot in that stack. Where the stack is gone, remove the tags ${Object.values(OWN_TAGS).join(", ")} first.`,
    });
  }
  return issues;
}

function notThere(path: string, what: string, service: string): Issue {
  return {
    path,
    rule: `must be ${what}, and there is none`,
    whose: service === "Bot Service" ? "Azure Bot Service" : "Microsoft Entra ID",
    fix: "Run teams-calling-bot adopt without --bot: it lists the bots of the subscription.",
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function ownerInTags(tags: Readonly<Record<string, string>>): StackName | undefined {
  const { [OWN_TAGS.project]: project, [OWN_TAGS.stack]: stack } = tags;
  return project === undefined || stack === undefined ? undefined : { project, stack };
}

function ownerInTexts(tags: readonly string[]): StackName | undefined {
  const value = (name: string) =>
    tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1);
  const [project, stack] = [value(OWN_TAGS.project), value(OWN_TAGS.stack)];
  return project === undefined || stack === undefined ? undefined : { project, stack };
}

/** Issues of bots that share an application: a change of it for one would change the other. */
export function checkOneBot(path: string, bot: LiveBot, all: readonly LiveBot[]): Issue[] {
  const others = all.filter((one) => !same(one.id, bot.id) && same(one.appId, bot.appId));
  if (others.length === 0) return [];
  return [
    {
      path,
      rule: `must be the only bot with its application, and ${others.map(({ id }) => id).join(", ")} has the same`,
      whose: "this package",
      fix: "Give the other bot an application of its own, or delete it, and run this again.",
    },
  ];
}

/**
 * Issues of what the application has and would lose, because it came after the stack file was written.
 * @param roleIds of Microsoft Graph, that the stack asks for
 */
export function checkNothingLost(
  path: string,
  { found = {} }: Adoption,
  wanted: { readonly replyUrls: readonly string[]; readonly roleIds: readonly string[] },
  live: LiveApplication,
): Issue[] {
  const urls = together(found.replyUrls, wanted.replyUrls);
  const asked = permissionsTogether(found.permissions ?? [], wanted.roleIds);
  const held = new Set(
    asked.flatMap(({ resource, access }) => access.map((one) => `${resource} ${one}`)),
  );
  const own = Object.values(OWN_TAGS).map((name) => `${name}:`);
  const losses: [string, string[]][] = [
    ["replyUrls", live.replyUrls.filter((url) => !urls.includes(url))],
    [
      "permissions",
      live.permissions.flatMap(({ resource, access }) =>
        access.map((one) => `${resource} ${one}`).filter((one) => !held.has(one)),
      ),
    ],
    [
      "tags",
      live.tags.filter(
        (tag) => !(found.tags ?? []).includes(tag) && !own.some((name) => tag.startsWith(name)),
      ),
    ],
  ];
  return losses.flatMap(([name, lost]) => {
    if (lost.length === 0) return [];
    return [
      {
        path: `${path}.found.${name}`,
        rule: `must hold everything that the application has, or it would be removed; missing: ${lost.join(", ")}`,
        whose: "this package",
        fix: "Run teams-calling-bot adopt again, or add it.",
      },
    ];
  });
}

// What would cut off a bot that is in use. It is refused until the stack names what may go, by what it is now, so that the line
// allows nothing any more once it has gone and may be forgotten in the file.
import { armName, armResourceGroup } from "./arm-ids.js";
import { HostKind, type HostSlot, Tenancy } from "./bot-choices.js";
import { type Issue, shown } from "./issue.js";

/** The setting `allowReplace`. */
export interface AllowedReplacement {
  /** Resource id of the Azure Bot that may be replaced. @default none */
  readonly bot?: string;
  /** App id that may be given up, with consent and the Teams app that hang on it. @default none */
  readonly appId?: string;
  /** Region whose resource group may be deleted with everything in it. @default none */
  readonly location?: string;
  /** `multiTenant`: the customers' tenants may be cut off. @default none */
  readonly tenancy?: string;
  /** Kind of the host that may be replaced while it takes calls. @default none */
  readonly host?: string;
}

/** A host, as far as it counts here. */
export interface HostInUse {
  readonly kind: HostKind;
  readonly slot: HostSlot;
}

/** A bot as the last update left it. */
export interface BotInUse {
  readonly tenantId: string;
  readonly appId: string;
  /** Absent for a bot that signs in as a managed identity. */
  readonly applicationObjectId?: string | undefined;
  readonly botResourceId: string;
  /** Unknown for an application that was adopted, and of versions of this package that did not say it. */
  readonly tenancy?: string | undefined;
  readonly host?: HostInUse | undefined;
  /** The one beside it. */
  readonly otherHost?: HostInUse | undefined;
  /** Where its resource group is, of a group that the stack has made. */
  readonly location?: string | undefined;
}

/** The same bot as the stack wants it now. What is not known yet is left out. */
export interface BotWanted {
  readonly tenantId: string;
  readonly resourceGroup: string;
  readonly botName: string;
  readonly usesManagedIdentity: boolean;
  /** Whether that identity is made in the resource group, under the bot's name: another place or name is another app id. */
  readonly makesManagedIdentity?: boolean;
  /** Client id of a managed identity that is given. */
  readonly appId?: string | undefined;
  /** Object id of an application that is adopted. */
  readonly applicationObjectId?: string | undefined;
  /** Undefined where the application's own stays. */
  readonly tenancy?: string | undefined;
  readonly host: HostInUse;
  readonly otherHost?: HostInUse | undefined;
  readonly location?: string | undefined;
}

const whose = "this package";
const HAND_OVER = "To lose no call hand over to a new one (docs/hand-over.md)";

/** Issues of what would be cut off and is not allowed to be. */
export function checkReplacement(
  before: BotInUse,
  wanted: BotWanted,
  allowed: AllowedReplacement = {},
): Issue[] {
  return [
    ...checkTenant(before, wanted),
    ...checkAppId(before, wanted, allowed),
    ...checkBot(before, wanted, allowed),
    ...checkGroupRegion(before, wanted, allowed),
    ...checkTenancy(before, wanted, allowed),
    ...checkHost(before, wanted, allowed),
  ];
}

function checkTenant(before: BotInUse, wanted: BotWanted): Issue[] {
  if (isSame(before.tenantId, wanted.tenantId)) return [];
  return [
    {
      path: "tenantId",
      rule: `must stay ${before.tenantId}, where this stack's bot is registered: a bot cannot move to another tenant`,
      whose: "Microsoft Entra ID",
      got: shown(wanted.tenantId),
      fix: "Sign in to that tenant, or make another stack for the other one.",
    },
  ];
}

function checkAppId(before: BotInUse, wanted: BotWanted, { appId }: AllowedReplacement): Issue[] {
  const path = givesUpAppId(before, wanted);
  if (path === undefined || isSame(appId, before.appId)) return [];
  return [
    {
      path,
      rule: `must not change, because the bot would get another app id than ${before.appId}: another Teams app, and consent anew in each tenant`,
      whose,
      fix: fixOf("appId", before.appId),
    },
  ];
}

/** The setting that would do it. */
function givesUpAppId(before: BotInUse, wanted: BotWanted): string | undefined {
  const hadApplication = before.applicationObjectId !== undefined;
  if (hadApplication === wanted.usesManagedIdentity) return "bot.type";
  const { appId, applicationObjectId } = wanted;
  if (wanted.makesManagedIdentity === true) {
    const moved = changedParts(before, wanted).at(0)?.path;
    return moved ?? (movesGroup(before, wanted) ? "resourceGroup.location" : undefined);
  }
  if (appId !== undefined && !isSame(appId, before.appId)) return "managedIdentity.clientId";
  const other = applicationObjectId ?? before.applicationObjectId;
  return isSame(other, before.applicationObjectId) ? undefined : "adopt.application";
}

function checkBot(before: BotInUse, wanted: BotWanted, { bot }: AllowedReplacement): Issue[] {
  const { botResourceId } = before;
  if (isSame(bot, botResourceId)) return [];
  const cutOff =
    "because another one replaces the Azure Bot, and until that is up nobody reaches it";
  return changedParts(before, wanted).map(({ path, was, is }) => ({
    path,
    rule: `must stay ${was}, ${cutOff}`,
    whose,
    got: shown(is),
    fix: fixOf("bot", botResourceId),
  }));
}

/** Name and resource group, where they are other ones. */
function changedParts({ botResourceId }: BotInUse, { botName, resourceGroup }: BotWanted) {
  const parts = [
    { path: "bot.name", was: armName(botResourceId), is: botName },
    { path: "resourceGroup.name", was: armResourceGroup(botResourceId), is: resourceGroup },
  ];
  return parts.filter(({ was, is }) => !isSame(was, is));
}

function movesGroup({ location: was }: BotInUse, { location: is }: BotWanted): boolean {
  return was !== undefined && is !== undefined && !isSame(region(was), region(is));
}

function checkGroupRegion(
  before: BotInUse,
  wanted: BotWanted,
  { location }: AllowedReplacement,
): Issue[] {
  const { location: was } = before;
  const isAllowed = isSame(region(location ?? ""), region(was ?? ""));
  if (was === undefined || isAllowed || !movesGroup(before, wanted)) return [];
  return [
    {
      path: "resourceGroup.location",
      rule: `must stay ${was}, because a resource group that moves is deleted with everything in it, and made anew`,
      whose: "Azure Resource Manager",
      got: shown(wanted.location),
      fix: fixOf("location", was),
    },
  ];
}

function checkTenancy(
  before: BotInUse,
  wanted: BotWanted,
  { tenancy }: AllowedReplacement,
): Issue[] {
  const narrows = before.tenancy === Tenancy.MultiTenant && wanted.tenancy === Tenancy.SingleTenant;
  if (!narrows || tenancy === Tenancy.MultiTenant) return [];
  return [
    {
      path: "tenancy",
      rule: `must stay ${Tenancy.MultiTenant}, because the customers' tenants would be cut off`,
      whose,
      got: shown(wanted.tenancy),
      fix: fixOf("tenancy", Tenancy.MultiTenant),
    },
  ];
}

function checkHost(before: BotInUse, wanted: BotWanted, { host }: AllowedReplacement): Issue[] {
  const { host: was, otherHost: stoodBy } = before;
  if (was === undefined || host === was.kind) return [];
  const fix = fixOf("host", was.kind);
  if (wanted.host.slot === was.slot) {
    if (wanted.host.kind === was.kind) return [];
    const rule = `must stay ${was.kind} in the slot ${was.slot}, because the host that takes the calls would be taken away`;
    return [{ path: "host.kind", rule, whose, got: shown(wanted.host.kind), fix }];
  }
  const issues: Issue[] = [];
  if (!isSameHost(wanted.host, stoodBy)) {
    issues.push({
      path: "host.slot",
      rule: `must stay ${was.slot} until a host of kind ${wanted.host.kind} in the slot ${wanted.host.slot} was up beside it, as otherHost, in an update before`,
      whose,
      got: shown(wanted.host.slot),
      fix,
    });
  }
  if (was.kind !== HostKind.Existing && !isSameHost(was, wanted.otherHost)) {
    issues.push({
      path: "otherHost",
      rule: `must be the host of kind ${was.kind} in the slot ${was.slot} in the update that switches to another one, because calls are going on there`,
      whose,
      fix: `Keep it as otherHost, and remove it in a later update. ${fix}`,
    });
  }
  return issues;
}

function isSameHost(a: HostInUse, b: HostInUse | undefined): boolean {
  return a.kind === b?.kind && a.slot === b.slot;
}

function fixOf(name: keyof AllowedReplacement, value: string): string {
  return `${HAND_OVER}; to replace it all the same set allowReplace.${name} to "${value}".`;
}

function region(name: string): string {
  return name.replaceAll(" ", "");
}

function isSame(a: string | undefined, b: string | undefined): boolean {
  return a?.toLowerCase() === b?.toLowerCase();
}

// Whose consent a command is about, and what each administrator opens.
import { type CloudEndpoints, endpointsFromEnvironment } from "../../rules/clouds.js";
import { adminConsentUrl, ConsentMode, checkConsentTenant } from "../../rules/consent.js";
import { checkRedirectUri } from "../../rules/consent-redirect.js";
import type { Issue } from "../../rules/issue.js";
import type { StackOutputs } from "../../rules/outputs.js";
import { returnPageUrl } from "../../sign-up/facts.js";

/** One tenant. */
export interface ConsentTarget {
  readonly tenant: string;
  /** Whether it owns the application. */
  readonly isOwn: boolean;
  /** Undefined for a bot without an application, which nobody can consent to by a link. */
  readonly link?: string;
}

/** Every tenant of the outputs, the bot's own first, or the one that is named. */
export function consentTargets(
  bot: StackOutputs,
  env: Readonly<Record<string, string | undefined>>,
  named: string | undefined,
): { targets: ConsentTarget[]; endpoints: CloudEndpoints; issues: Issue[] } {
  const endpoints = endpointsFromEnvironment(env, bot.cloud);
  const issues = named === undefined ? [] : checkConsentTenant("--tenant", named);
  if (issues.length > 0) return { targets: [], endpoints, issues };
  const known = bot.consent.tenants?.map(({ tenant }) => tenant) ?? [bot.tenantId];
  const tenants = named === undefined ? known : [named];
  const targets = tenants.map((tenant) => {
    const link = linkFor(bot, endpoints, tenant);
    return { tenant, isOwn: same(tenant, bot.tenantId), ...(link === undefined ? {} : { link }) };
  });
  return { targets, endpoints, issues: [] };
}

function linkFor(bot: StackOutputs, endpoints: CloudEndpoints, tenant: string): string | undefined {
  if (bot.applicationObjectId === undefined) return undefined;
  const stated = bot.consent.tenants?.find((one) => same(one.tenant, tenant))?.link;
  if (stated !== undefined) return stated;
  const { mode, link } = bot.consent;
  if (mode === ConsentMode.SignUp && link !== undefined) return link;
  const redirectUri = redirectUriOf(bot) ?? bot.replyUrls[0];
  return adminConsentUrl({
    endpoints,
    tenant,
    appId: bot.appId,
    ...(redirectUri === undefined ? {} : { redirectUri }),
  });
}

/** Where the links of the outputs return to; undefined when they return nowhere. */
export function redirectUriOf(bot: StackOutputs): string | undefined {
  const links = [bot.consent.link, ...(bot.consent.tenants ?? []).map(({ link }) => link)];
  const link = links.find((one) => one !== undefined);
  if (link === undefined) return undefined;
  if (bot.consent.mode === ConsentMode.SignUp) return returnPageUrl(link);
  return URL.canParse(link)
    ? (new URL(link).searchParams.get("redirect_uri") ?? undefined)
    : undefined;
}

/** An issue when the links return to a place that is not among `replyUrls`. */
export function checkReturn(bot: StackOutputs, replyUrls: readonly string[]): Issue[] {
  const redirectUri = redirectUriOf(bot);
  return redirectUri === undefined
    ? []
    : checkRedirectUri("The redirect URI of the consent link", redirectUri, replyUrls);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

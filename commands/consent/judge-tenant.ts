// What one tenant has granted: from its directory where whoever runs the command may read that, and otherwise from the roles
// in a token of the bot itself, which takes no right at all.
import { readWithin } from "../../graph/bounded-reading.js";
import { byAppId, grantedAppRoles } from "../../graph/granted-app-roles.js";
import { graphClient } from "../../graph/graph-client.js";
import { heldToken } from "../../graph/held-token.js";
import { registeredReplyUrls } from "../../graph/registered-reply-urls.js";
import { tenantId } from "../../graph/tenant-id.js";
import { tokenClaims } from "../../graph/token-claims.js";
import type { CloudEndpoints } from "../../rules/clouds.js";
import { ANY_ORGANISATION } from "../../rules/consent.js";
import { consentState, type TenantConsent } from "../../rules/consent-state.js";
import { ReadProblem, whyUnknown } from "../../rules/consent-unknown.js";
import { ReadError } from "../../rules/read-error.js";
import { botToken, operatorToken } from "../sign-in/sign-in.js";
import type { ConsentTarget } from "./consent-targets.js";

/** How it was found out. */
export enum JudgedBy {
  Directory = "directory",
  /** The roles in an app-only token of the bot. */
  Token = "token",
}

/** The bot that is asked about, and who may sign in as it. */
export interface JudgedBot {
  readonly endpoints: CloudEndpoints;
  readonly appId: string;
  /** App roles that its application asks for, by name. */
  readonly asked: readonly string[];
  /** @default it is not signed in as the bot */
  readonly clientSecret?: string;
  /** How long one tenant may take. @default 30000 */
  readonly patienceMs?: number;
}

/** What was found out about one tenant. */
export interface Judgement {
  readonly consent: TenantConsent;
  readonly by?: JudgedBy;
  /** Set when the state is unknown. */
  readonly problem?: ReadProblem;
  /** Reply URLs as the directory holds them now, where it was read in the application's own tenant. */
  readonly replyUrls?: readonly string[];
}

const PATIENCE_MS = 30_000;

/** Never throws: what went wrong is part of the judgement. */
export async function judgeTenant(bot: JudgedBot, target: ConsentTarget): Promise<Judgement> {
  const { tenant, link } = target;
  const facts = { tenant, asked: bot.asked, ...(link === undefined ? {} : { link }) };
  try {
    const found = await readWithin(bot.patienceMs ?? PATIENCE_MS, (signal) =>
      readTenant(bot, target, signal),
    );
    const { roles, ...rest } = found;
    return { consent: consentState({ ...facts, granted: { roles } }), ...rest };
  } catch (error) {
    const problem = error instanceof ReadError ? error.problem : ReadProblem.Unexpected;
    return {
      consent: consentState({ ...facts, granted: { unknown: whyUnknown(problem) } }),
      problem,
    };
  }
}

interface Found extends Pick<Judgement, "by" | "replyUrls"> {
  readonly roles: readonly string[];
}

async function readTenant(
  bot: JudgedBot,
  { tenant, isOwn }: ConsentTarget,
  signal: AbortSignal,
): Promise<Found> {
  if (tenant.toLowerCase() === ANY_ORGANISATION) throw new ReadError(ReadProblem.AnyOrganisation);
  // Asked first, so that a tenant that does not exist is told from a sign-in that fails.
  const id = await tenantId(bot.endpoints.login, tenant, signal);
  const place = { endpoints: bot.endpoints, tenantId: id };
  try {
    return await readDirectory(bot, place, isOwn, signal);
  } catch (error) {
    if (bot.clientSecret === undefined || signal.aborted) throw error;
    return readOwnToken(bot, bot.clientSecret, place, isOwn, signal);
  }
}

interface Place {
  readonly endpoints: CloudEndpoints;
  readonly tenantId: string;
}

async function readDirectory(
  bot: JudgedBot,
  place: Place,
  isOwn: boolean,
  signal: AbortSignal,
): Promise<Found> {
  const token = await operatorToken(place, signal).catch((error: unknown) => {
    throw asOperator(error);
  });
  const claims = tokenClaims(token);
  if (claims.tid?.toLowerCase() !== place.tenantId) throw new ReadError(ReadProblem.OtherTenant);
  const client = graphClient({ credential: heldToken(token), graphOrigin: bot.endpoints.graph });
  try {
    const [granted, replyUrls] = await Promise.all([
      grantedAppRoles(client, byAppId(bot.appId), signal),
      isOwn ? registeredReplyUrls(client, bot.appId, signal) : undefined,
    ]);
    if (isOwn && granted.servicePrincipalObjectId === undefined) {
      throw new ReadError(ReadProblem.NoSuchApplication);
    }
    return {
      roles: granted.assignments.map(({ role }) => role),
      by: JudgedBy.Directory,
      ...(replyUrls === undefined ? {} : { replyUrls }),
    };
  } catch (error) {
    // On the bot's own machine whoever is signed in may be the bot itself.
    const isBot = claims.appid?.toLowerCase() === bot.appId.toLowerCase();
    if (!isBot || !isForbidden(error)) throw error;
    return { roles: claims.roles ?? [], by: JudgedBy.Token };
  }
}

async function readOwnToken(
  bot: JudgedBot,
  clientSecret: string,
  place: Place,
  isOwn: boolean,
  signal: AbortSignal,
): Promise<Found> {
  try {
    const token = await botToken(place, { appId: bot.appId, clientSecret }, signal);
    return { roles: tokenClaims(token).roles ?? [], by: JudgedBy.Token };
  } catch (error) {
    // A tenant of others knows the application from its first consent on.
    const unknownThere =
      error instanceof ReadError && error.problem === ReadProblem.NoSuchApplication;
    if (isOwn || !unknownThere) throw error;
    return { roles: [], by: JudgedBy.Token };
  }
}

/** That the operator's own application is not in a tenant says nothing of the bot. */
function asOperator(error: unknown): unknown {
  const elsewhere = error instanceof ReadError && error.problem === ReadProblem.NoSuchApplication;
  return elsewhere ? new ReadError(ReadProblem.OtherTenant, { cause: error }) : error;
}

function isForbidden(error: unknown): boolean {
  return error instanceof ReadError && error.problem === ReadProblem.Forbidden;
}

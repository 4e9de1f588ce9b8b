// The id of a tenant that was named by its domain. Anybody may ask.
import { z } from "zod";
import { ReadProblem } from "../rules/consent-unknown.js";
import { ReadError } from "../rules/read-error.js";

const Metadata = z.object({ issuer: z.string() });

/**
 * Asks the sign-in service (origin) for the tenant's id, from its OpenID Connect metadata.
 * @throws ReadError, with NoSuchTenant for a name that no tenant has
 */
export async function tenantId(
  login: string,
  tenant: string,
  signal: AbortSignal,
): Promise<string> {
  const url = `${login}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal }).catch((cause: unknown) => {
    const problem = signal.aborted ? ReadProblem.TimedOut : ReadProblem.Offline;
    throw new ReadError(problem, { cause });
  });
  if (answer.status === 400 || answer.status === 404) {
    throw new ReadError(ReadProblem.NoSuchTenant);
  }
  if (answer.status === 429) throw new ReadError(ReadProblem.Throttled);
  if (!answer.ok) throw new ReadError(ReadProblem.Unavailable);
  const metadata = Metadata.safeParse(await answer.json().catch(() => undefined));
  const [id] =
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(metadata.data?.issuer ?? "") ?? [];
  if (id === undefined) throw new ReadError(ReadProblem.Unexpected);
  return id.toLowerCase();
}

// How consent stands, read from the directory while the program runs. It only reads, never longer than its time limit, and
// whatever goes wrong becomes a reason: an update does not fail for it.
import type * as pulumi from "@pulumi/pulumi";
import { pauseFor, readWithin } from "../graph/bounded-reading.js";
import { byAppId, grantedAppRoles } from "../graph/granted-app-roles.js";
import { graphClient } from "../graph/graph-client.js";
import { heldToken } from "../graph/held-token.js";
import { registeredReplyUrls } from "../graph/registered-reply-urls.js";
import { tenantId } from "../graph/tenant-id.js";
import type { CloudEndpoints } from "../rules/clouds.js";
import { ANY_ORGANISATION } from "../rules/consent.js";
import type { GrantedRoles } from "../rules/consent-state.js";
import { ReadProblem, whyUnknown } from "../rules/consent-unknown.js";
import { isGuid } from "../rules/guid.js";
import { ReadError } from "../rules/read-error.js";
import { type DeployerToken, deployerToken } from "./deployer-token.js";

const PATIENCE_MS = 10_000;
const SETTLING_PAUSE_MS = 1_000;

/** Which application is asked about, and with whose eyes. */
export interface ConsentReader {
  /** Its providers sign in. */
  readonly parent: pulumi.Resource;
  readonly endpoints: CloudEndpoints;
  readonly appId: string;
}

/** What is granted in one tenant. */
export interface TenantQuestion {
  readonly tenant: string;
  /**
   * App roles that have just been granted: a directory is many machines, so they are waited for within the time limit.
   * @default none
   */
  readonly expected?: readonly string[];
}

/** What is granted in each tenant, in the same order. */
export async function readGranted(
  reader: ConsentReader,
  questions: readonly TenantQuestion[],
): Promise<GrantedRoles[]> {
  const deployer = await deployerToken(reader.parent, reader.endpoints.graph);
  return Promise.all(questions.map((question) => grantedIn(reader, deployer, question)));
}

async function grantedIn(
  reader: ConsentReader,
  deployer: DeployerToken | undefined,
  { tenant, expected = [] }: TenantQuestion,
): Promise<GrantedRoles> {
  try {
    return await readWithin(PATIENCE_MS, async (signal) => {
      const { token } = await readerOf(tenant, deployer, reader.endpoints.login, signal);
      return { roles: await settledRoles(reader, token, expected, signal) };
    });
  } catch (error) {
    const problem = error instanceof ReadError ? error.problem : ReadProblem.Unexpected;
    return { unknown: whyUnknown(problem) };
  }
}

/** The deployer, when it belongs to that tenant. */
async function readerOf(
  tenant: string,
  deployer: DeployerToken | undefined,
  login: string,
  signal: AbortSignal,
): Promise<DeployerToken> {
  if (tenant.toLowerCase() === ANY_ORGANISATION) throw new ReadError(ReadProblem.AnyOrganisation);
  if (deployer === undefined) throw new ReadError(ReadProblem.SignIn);
  const id = isGuid(tenant) ? tenant.toLowerCase() : await tenantId(login, tenant, signal);
  if (deployer.claims.tid?.toLowerCase() !== id) throw new ReadError(ReadProblem.OtherTenant);
  return deployer;
}

async function settledRoles(
  { endpoints, appId }: ConsentReader,
  token: string,
  expected: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const client = graphClient({ credential: heldToken(token), graphOrigin: endpoints.graph });
  for (;;) {
    const { assignments } = await grantedAppRoles(client, byAppId(appId), signal);
    const roles = assignments.map(({ role }) => role);
    if (expected.every((role) => roles.includes(role))) return roles;
    const waited = await pauseFor(SETTLING_PAUSE_MS, signal).then(
      () => true,
      () => false,
    );
    if (!waited) return roles;
  }
}

/** The application's reply URLs in the directory; undefined when they cannot be read. */
export async function readReplyUrls(reader: ConsentReader): Promise<readonly string[] | undefined> {
  const { parent, endpoints, appId } = reader;
  const deployer = await deployerToken(parent, endpoints.graph);
  if (deployer === undefined) return undefined;
  const credential = heldToken(deployer.token);
  const client = graphClient({ credential, graphOrigin: endpoints.graph });
  return readWithin(PATIENCE_MS, (signal) => registeredReplyUrls(client, appId, signal)).catch(
    () => undefined,
  );
}

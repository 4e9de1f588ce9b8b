// A calling service for one bot alone: what the bot needs of Entra and Microsoft Graph, and nothing of Azure. What it registers is
// forgotten when it ends; addresses, certificates and the bot's secret are kept, so that the bot is configured once.
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import type { CloudContext } from "../cloud-context.js";
import { Directory } from "../directory/directory.js";
import { ORDINARY_USER } from "../directory/people.js";
import { seed } from "../directory/seed.js";
import { AccessTokens } from "../entra/access-tokens.js";
import { entraService } from "../entra/entra-service.js";
import { signingKey } from "../entra/signing-key.js";
import { graphAppRoles } from "../graph/graph-app-roles.js";
import { graphService } from "../graph/graph-service.js";
import { Faults } from "../http/faults.js";
import { Replication } from "../http/replication.js";
import { RequestLog } from "../http/request-log.js";
import { takeFolder } from "../state/folder-owner.js";
import { memoryStore } from "../state/memory-store.js";
import { pathsIn } from "../state/state-folder.js";
import { OWNER_ONLY, writeWhole } from "../state/write-whole.js";
import { extraAuthorities } from "../tls/joined-ca.js";
import { TENANT_ID } from "../well-known.js";
import type { CallKind, CallTiming } from "./call.js";
import { CallerTokens, OPENID_PATH } from "./caller-tokens.js";
import { CallingService } from "./calling-service.js";
import { ELSEWHERE, type RouteTo } from "./deliver-notification.js";
import type { Ringing } from "./incoming-call.js";
import { mayKnowCaller } from "./may-know-caller.js";
import { openIdRoutes } from "./openid-routes.js";
import { isLoopback } from "./post-notification.js";
import { type Addresses, openAddresses } from "./rehearsal-addresses.js";
import { type CallerProof, proofOf } from "./rehearsal-proofs.js";
import { registerBot } from "./rehearsal-registration.js";

export interface RehearsalOptions {
  /** Where addresses, certificates and the bot's secret are kept; made when missing. */
  readonly folder: string;
  readonly appId: string;
  /** Where the bot is called. */
  readonly webhook: string;
  /** App roles of Microsoft Graph that are granted to the bot. @default every Calls.* role */
  readonly appRoles?: readonly string[];
  /** @default as long as in the real service */
  readonly timing?: Partial<CallTiming>;
}

export interface RehearsalCallOptions {
  readonly legacyFirst?: boolean;
  /** @default "right" */
  readonly proof?: CallerProof;
  /** `updateRecordingStatus` fails, as it may in the real service. @default false */
  readonly refuseRecordingStatus?: boolean;
}

export interface Rehearsal {
  /** Address of the OpenID document, in place of https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration. */
  readonly openIdConfiguration: string;
  /** Origin of Microsoft Graph, in place of https://graph.microsoft.com. */
  readonly graph: string;
  /** Origin of the sign-in, in place of https://login.microsoftonline.com. */
  readonly login: string;
  readonly tenantId: string;
  /** PEM file of the authority that signed the servers' certificate. */
  readonly caPath: string;
  /** File with all of this and the bot's secret as environment variables; only its owner can read it. */
  readonly envPath: string;
  readonly timing: CallTiming;
  call(kind: CallKind, options?: RehearsalCallOptions): Ringing;
  close(): Promise<void>;
}

/** App roles of the local Graph, for whoever has to name one. */
export const APP_ROLES: readonly string[] = graphAppRoles.map(({ value }) => value);

/** Starts a rehearsal. Throws LocalCloudError when the folder is taken or cannot be written, or a port is in use. */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const folder = resolve(options.folder);
  const hold = await takeFolder(folder);
  const stop: (() => unknown)[] = [hold.release];
  const close = async () => {
    for (const one of stop.splice(0)) await one();
  };
  try {
    const addresses = await openAddresses(folder);
    stop.unshift(addresses.close);
    const calls = await serve(folder, options, addresses);
    stop.unshift(() => calls.service.close());
    hold.announce({ origins: addresses.origins });
    const { origins, clientSecret } = addresses;
    const face = {
      openIdConfiguration: `${origins.login}${OPENID_PATH}`,
      graph: origins.graph,
      login: origins.login,
      tenantId: TENANT_ID,
      caPath: pathsIn(folder).ca,
      envPath: join(folder, "bot.env"),
    };
    // The folder may stand in somebody's repository, and holds a secret and keys.
    writeWhole(join(folder, ".gitignore"), "*\n");
    writeWhole(face.envPath, environmentOf(face, options.appId, clientSecret), OWNER_ONLY);
    return { ...face, timing: calls.service.timing, call: calls.ring, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function serve(folder: string, options: RehearsalOptions, addresses: Addresses) {
  const { appId, webhook, appRoles = CALLS_ROLES, timing } = options;
  const { origins, clientSecret } = addresses;
  const paths = pathsIn(folder);
  const now = () => new Date();
  const key = await signingKey(paths.signingKey);
  const store = memoryStore();
  const directory = new Directory(store);
  seed(store, directory, {
    version: 1,
    deployerSecret: randomBytes(30).toString("base64url"),
    deployerWithoutDirectoryRightsSecret: randomBytes(30).toString("base64url"),
    controlToken: "",
  });
  registerBot(store, directory, { appId, clientSecret, appRoles });
  const context: CloudContext = {
    store,
    directory,
    tokens: new AccessTokens(key, () => origins.login, now),
    replication: new Replication(),
    origins: () => origins,
    now,
  };
  const callingKey = await signingKey(paths.callingKey);
  const tokens = new CallerTokens(async () => callingKey, now);
  const service = new CallingService({
    proof: (call) => tokens.sign(call),
    routeTo: (address, redirected) => routeTo(address, redirected, new URL(webhook)),
    mayKnowCaller: mayKnowCaller(context),
    ...(timing === undefined ? {} : { timing }),
  });
  const login = entraService(context, key, [
    addresses.ca,
    ...extraAuthorities(process.env["NODE_EXTRA_CA_CERTS"]),
  ]);
  login.app.route(
    "/",
    openIdRoutes(tokens, () => origins.login),
  );
  const webhookOf = (id: string) => (id === appId.toLowerCase() ? webhook : undefined);
  const graph = graphService(context, { calls: service, webhookOf });
  addresses.login.serve(login, new Faults(), new RequestLog());
  addresses.graph.serve(graph, new Faults(), new RequestLog());

  const ring: Rehearsal["call"] = (kind, options = {}) => {
    const { proof = "right", legacyFirst = false, refuseRecordingStatus = false } = options;
    const { id, displayName, tenantId } = ORDINARY_USER;
    return service.ring({
      appId: appId.toLowerCase(),
      tenantId,
      kind,
      webhook,
      caller: { id, displayName },
      legacyFirst,
      refuseRecordingStatus,
      proof: (call) => proofOf(proof, call, { tokens, kid: callingKey.kid }),
    });
  };
  return { service, ring };
}

const CALLS_ROLES = APP_ROLES.filter((value) => value.startsWith("Calls."));

/**
 * A public address of the bot, as it stands in its settings, is here the process that the webhook leads to. Where a redirect leads
 * is nobody's setting: nothing is sent there unless it is on this machine.
 */
function routeTo(address: string, redirected: boolean, webhook: URL): ReturnType<RouteTo> {
  const url = new URL(address);
  if (isLoopback(url) || url.origin === webhook.origin) return { url };
  if (redirected) return { problem: ELSEWHERE };
  return { url: new URL(`${url.pathname}${url.search}`, webhook.origin) };
}

/** The names that @azure/identity reads, the two addresses, and the authority that Node trusts besides its own. */
function environmentOf(
  face: Pick<Rehearsal, "openIdConfiguration" | "graph" | "login" | "tenantId" | "caPath">,
  appId: string,
  clientSecret: string,
): string {
  const variables = {
    CALLING_OPENID_CONFIGURATION: face.openIdConfiguration,
    GRAPH_URL: face.graph,
    AZURE_AUTHORITY_HOST: face.login,
    AZURE_TENANT_ID: face.tenantId,
    AZURE_CLIENT_ID: appId,
    AZURE_CLIENT_SECRET: clientSecret,
    NODE_EXTRA_CA_CERTS: face.caPath,
  };
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

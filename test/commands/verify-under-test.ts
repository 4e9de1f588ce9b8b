// A bot as a stack registers one, made by plain calls so that it can be broken by plain calls; and a webhook that is really served.
import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { generate } from "selfsigned";
import type { Network } from "../../commands/probe/network.js";
import type { Report } from "../../commands/report.js";
import type { Surroundings } from "../../commands/surroundings.js";
import {
  DEPLOYER,
  GRAPH_APP_ID,
  SUBSCRIPTION_ID,
  TENANT_ID,
} from "../../local-cloud/well-known.js";
import type { StackOutputs } from "../../rules/outputs.js";
import { parseOutputs } from "../../rules/outputs.js";
import { ROLE_IDS, type RoleName, startEntra } from "../local-cloud/entra/entra-under-test.js";

export const HOST = "bot.contoso.com";
const REPLY_URL = `https://${HOST}/consented`;
const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-bots`;

/** The part of the path that is last decides. */
const API_VERSIONS: readonly (readonly [RegExp, string])[] = [
  [/microsoft\.authorization/i, "2022-04-01"],
  [/microsoft\.keyvault/i, "2024-11-01"],
  [/dnszones/i, "2018-05-01"],
  [/microsoft\.managedidentity/i, "2023-01-31"],
  [/microsoft\.botservice/i, "2022-09-15"],
];

export type VerifyUnderTest = Awaited<ReturnType<typeof startVerify>>;

export async function startVerify() {
  const entra = await startEntra();
  const { cloud } = entra;
  const tokenFor = (resource: string) =>
    deployerToken(cloud.origins.login, resource, cloud.environment());
  const token = await tokenFor(cloud.origins.arm);
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
  const arm = async (method: string, path: string, body?: unknown): Promise<any> => {
    const version = API_VERSIONS.find(([namespace]) => namespace.test(path))?.[1] ?? "2024-03-01";
    const answer = await fetch(`${cloud.origins.arm}${path}?api-version=${version}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  await arm("PUT", GROUP, { location: "westeurope" });

  /** Grants app roles of Microsoft Graph, as an administrator would. */
  const grant = async (servicePrincipalId: string, roles: readonly RoleName[]) => {
    const graph = await entra.call("GET", `/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=id`);
    for (const role of roles) {
      await entra.call("POST", `/servicePrincipals/${servicePrincipalId}/appRoleAssignments`, {
        principalId: servicePrincipalId,
        resourceId: graph.id,
        appRoleId: ROLE_IDS[role],
      });
    }
  };

  let made = 0;
  const roles: readonly RoleName[] = ["Calls.JoinGroupCall.All", "Calls.Initiate.All"];
  /** A bot with which nothing is wrong. @param stack whose tags it carries. @default one of its own */
  const register = async (stack?: string): Promise<StackOutputs> => {
    made += 1;
    const botName = `verify-bot-${made}`;
    const tags = ["pulumi-project:teams-calling-bot", `pulumi-stack:${stack ?? botName}`];
    const bot = await entra.newBot({
      roles,
      redirectUris: [REPLY_URL],
      more: { tags },
      displayName: botName,
    });
    const principal = await entra.call(
      "GET",
      `/servicePrincipals(appId='${bot.appId}')?$select=id`,
    );
    await grant(principal.id, roles);
    await entra.call("POST", `/applications/${bot.objectId}/owners/$ref`, {
      "@odata.id": `${entra.graph}/v1.0/directoryObjects/${DEPLOYER.servicePrincipalId}`,
    });
    const botResourceId = `${GROUP}/providers/Microsoft.BotService/botServices/${botName}`;
    const outputs = {
      schemaVersion: 1,
      cloud: "public",
      tenantId: TENANT_ID,
      subscriptionId: SUBSCRIPTION_ID,
      resourceGroupName: "rg-bots",
      appId: bot.appId,
      applicationObjectId: bot.objectId,
      servicePrincipalObjectId: principal.id,
      botName,
      botResourceId,
      channelResourceId: `${botResourceId}/channels/MsTeamsChannel`,
      messagingEndpoint: `https://${HOST}/api/messages`,
      callingWebhook: `https://${HOST}/api/calling`,
      replyUrls: [REPLY_URL],
      permissions: roles.map((value) => ({ value, id: ROLE_IDS[value], because: [] })),
      grantedPermissions: [],
      consent: { mode: "url" },
      credential: "secret",
      todo: [],
    };
    const { outputs: parsed, issues } = parseOutputs(outputs);
    if (parsed === undefined) throw new Error(JSON.stringify(issues));
    await putBot(parsed);
    await putChannel(parsed);
    return parsed;
  };

  const putBot = (bot: StackOutputs, properties: Record<string, unknown> = {}) =>
    arm("PUT", bot.botResourceId, {
      location: "global",
      kind: "azurebot",
      sku: { name: "F0" },
      properties: {
        displayName: bot.botName,
        endpoint: bot.messagingEndpoint,
        msaAppId: bot.appId,
        msaAppType: "SingleTenant",
        msaAppTenantId: TENANT_ID,
        ...properties,
      },
    });
  const putChannel = (bot: StackOutputs, settings: Record<string, unknown> = {}) =>
    arm("PUT", bot.channelResourceId, {
      location: "global",
      properties: {
        channelName: "MsTeamsChannel",
        properties: {
          isEnabled: true,
          enableCalling: true,
          callingWebhook: bot.callingWebhook,
          ...settings,
        },
      },
    });

  return { ...entra, arm, tokenFor, grant, register, putBot, putChannel };
}

async function deployerToken(
  login: string,
  resource: string,
  env: Readonly<Record<string, string>>,
) {
  const answer = await fetch(`${login}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: DEPLOYER.appId,
      client_secret: env["AZURE_CLIENT_SECRET"] ?? "",
      scope: `${resource}/.default`,
    }),
  });
  const { access_token }: { access_token: string } = JSON.parse(await answer.text());
  return access_token;
}

/** Surroundings of a command run in this process, and what it finished with. */
export function surroundingsOf(env: Readonly<Record<string, string | undefined>>, cwd: string) {
  const finished: Report[] = [];
  const surroundings: Surroundings = {
    cwd,
    env,
    progress: () => {},
    finish: (report) => void finished.push(report),
  };
  return { surroundings, finished };
}

export interface CertificateOptions {
  /** @default [HOST] */
  readonly names?: readonly string[];
  /** @default 90 */
  readonly days?: number;
  /** @default false */
  readonly selfSigned?: boolean;
  /** @default the first name */
  readonly subject?: string;
  /** @default the authority that test processes trust */
  readonly issuer?: Authority;
}

/** An authority below the one that test processes trust. */
export interface Authority {
  readonly key: string;
  readonly cert: string;
}

function trustedAuthority(): Authority {
  const folder = process.env["TEST_TLS_FOLDER"] ?? "";
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return { key: read("ca.key"), cert: read("ca.pem") };
}

/** @param days until its end */
export async function certificateAuthority({
  days,
}: {
  readonly days: number;
}): Promise<Authority> {
  const made = await generate([{ name: "commonName", value: "Old authority" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(Date.now() - 400 * 86_400_000),
    notAfterDate: new Date(Date.now() + days * 86_400_000),
    ca: trustedAuthority(),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** A certificate of the authority that test processes trust, or of nobody. */
export async function certificate(options: CertificateOptions = {}) {
  const { names = [HOST], days = 90, selfSigned = false, subject = names[0] ?? "" } = options;
  const { issuer } = options;
  const now = Date.now();
  const made = await generate([{ name: "commonName", value: subject }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now - 400 * 86_400_000),
    notAfterDate: new Date(now + days * 86_400_000),
    ...(selfSigned ? {} : { ca: issuer ?? trustedAuthority() }),
    extensions: [
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: names.map((value) => ({ type: 2 as const, value })) },
    ],
  });
  // The chain goes out with it, as far as the trusted authority.
  return { key: made.private, cert: [made.cert, issuer?.cert ?? ""].join("\n") };
}

type Handler = Parameters<typeof createServer>[1];

export interface BotServer {
  readonly port: number;
  /** A network in which every name leads to this server. */
  readonly network: Network;
  close(): void;
}

/** A real HTTPS server in place of a bot. */
export async function serveBot(options: ServerOptions, handler: Handler): Promise<BotServer> {
  const server: Server = createServer(options, handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    network: {
      addresses: async () => [{ address: "20.50.2.3", family: 4 }],
      nameServers: async () => [],
      dial: () => ({ host: "127.0.0.1", port }),
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

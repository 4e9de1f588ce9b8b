// Resource Manager on a store of its own, called without a network.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ArmOptions, armService } from "../../../local-cloud/arm/arm-service.js";
import type { CloudContext } from "../../../local-cloud/cloud-context.js";
import { Directory } from "../../../local-cloud/directory/directory.js";
import { AccessTokens } from "../../../local-cloud/entra/access-tokens.js";
import { type SigningKey, signingKey } from "../../../local-cloud/entra/signing-key.js";
import { Replication } from "../../../local-cloud/http/replication.js";
import { openStore } from "../../../local-cloud/state/store.js";
import { DEPLOYER, SUBSCRIPTION_ID, TENANT_ID } from "../../../local-cloud/well-known.js";

export const ORIGINS = {
  login: "https://localhost:7001",
  arm: "https://localhost:7002",
  graph: "https://localhost:7003",
  storage: "https://localhost:7004",
  vault: "https://localhost:7005",
};
export const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
export const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-bots`;
export const IDENTITIES = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
export const BOTS = `${GROUP}/providers/Microsoft.BotService/botServices`;
export const APP_ID = "aaaaaaaa-0000-4000-8000-000000000001";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
  readonly body: any;
}

export interface CallOptions {
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly text?: string;
  readonly apiVersion?: string;
  /** `null` sends no token. @default the deployer's */
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
}

export interface TokenOptions {
  readonly aud?: string;
  readonly tid?: string;
  readonly oid?: string;
}

export type ArmUnderTest = Awaited<ReturnType<typeof startArm>>;

// Making an RSA key takes longer than most tests.
let shared: Promise<SigningKey> | undefined;
const sharedKey = () => {
  shared ??= newKey();
  return shared;
};

/** A signing key that nobody else has. */
export async function newKey(): Promise<SigningKey> {
  const folder = mkdtempSync(join(tmpdir(), "arm-key-"));
  const key = await signingKey(join(folder, "key.json"));
  rmSync(folder, { recursive: true, force: true });
  return key;
}

/** `clock.now` is what time it is; setting it moves every clock there is. */
export async function startArm(options: ArmOptions = {}, keyOf = sharedKey) {
  const folder = mkdtempSync(join(tmpdir(), "arm-"));
  const clock = { now: new Date("2026-11-23T10:00:00Z") };
  const key = await keyOf();
  const open = () => {
    const store = openStore(join(folder, "store"));
    const context: CloudContext = {
      store,
      directory: new Directory(store),
      tokens: new AccessTokens(
        key,
        () => ORIGINS.login,
        () => clock.now,
      ),
      replication: new Replication(),
      origins: () => ORIGINS,
      now: () => clock.now,
    };
    return { context, service: armService(context, options) };
  };
  let opened = open();
  opened.context.store.put("armRoles", DEPLOYER.servicePrincipalId, "Owner");

  const token = ({ aud, tid, oid }: TokenOptions = {}) =>
    opened.context.tokens.issue({
      aud: aud ?? ORIGINS.arm,
      tid: tid ?? TENANT_ID,
      appid: DEPLOYER.appId,
      oid: oid ?? DEPLOYER.servicePrincipalId,
      idtyp: "app",
    });

  const call = async (method: string, path: string, call: CallOptions = {}): Promise<Answer> => {
    const url = path.startsWith("https://") ? new URL(path) : new URL(path, ORIGINS.arm);
    const version = call.apiVersion ?? versionFor(path);
    if (version !== "" && !url.searchParams.has("api-version")) {
      url.searchParams.set("api-version", version);
    }
    const bearer = call.token === undefined ? await token() : call.token;
    const text = call.text ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    const response = await opened.service.app.request(url.href, {
      method,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(text === undefined ? {} : { "content-type": "application/json" }),
        ...call.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const answered = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: answered === "" ? undefined : JSON.parse(answered),
    };
  };

  return {
    clock,
    token,
    call,
    get: (path: string, options?: CallOptions) => call("GET", path, options),
    put: (path: string, body: unknown, options?: CallOptions) =>
      call("PUT", path, { body, ...options }),
    patch: (path: string, body: unknown, options?: CallOptions) =>
      call("PATCH", path, { body, ...options }),
    post: (path: string, body?: unknown, options?: CallOptions) =>
      call("POST", path, { body, ...options }),
    delete: (path: string, options?: CallOptions) => call("DELETE", path, options),
    get context() {
      return opened.context;
    },
    get service() {
      return opened.service;
    },
    /** Closes the store and opens it again, as a restart does. */
    restart: async () => {
      await opened.context.store.close();
      opened = open();
    },
    stop: async () => {
      await opened.context.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Version by what a path ends in, after its last `/providers/`. */
const VERSIONS: readonly [RegExp, string][] = [
  [/^microsoft\.botservice\//i, "2022-09-15"],
  [/^microsoft\.managedidentity\/userassignedidentities/i, "2023-01-31"],
  [/^microsoft\.keyvault\//i, "2024-11-01"],
  [/^microsoft\.authorization\//i, "2022-04-01"],
  [/^microsoft\.operationalinsights\//i, "2023-09-01"],
  [/^microsoft\.insights\/components/i, "2020-02-02"],
  [/^microsoft\.insights\//i, "2021-05-01-preview"],
  [/^microsoft\.network\/dnszones/i, "2018-05-01"],
  [/^microsoft\.network\//i, "2024-05-01"],
  [/^microsoft\.compute\//i, "2024-11-01"],
];

function versionFor(pathAndQuery: string): string {
  const [path = ""] = pathAndQuery.split("?");
  const below = path.split(/\/providers\//i).at(-1) ?? "";
  return VERSIONS.find(([pattern]) => pattern.test(below))?.[1] ?? "2024-03-01";
}

/** Puts, and looks at the operation until it is over: its last answer; or the refusal. */
export async function putToEnd(
  arm: ArmUnderTest,
  id: string,
  body: unknown,
  options?: CallOptions,
): Promise<Answer> {
  const answer = await arm.put(id, body, options);
  const operation = answer.headers.get("Azure-AsyncOperation");
  return operation === null ? answer : await arm.get(operation);
}

/** A resource group `rg-bots` in West Europe. */
export async function withGroup(arm: ArmUnderTest): Promise<void> {
  await arm.put(GROUP, { location: "westeurope" });
}

/** The body of a single-tenant bot. */
export function botBody(properties: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    location: "global",
    kind: "azurebot",
    sku: { name: "F0" },
    properties: {
      displayName: "Contoso calls",
      endpoint: "https://contoso.com/api/messages",
      msaAppId: APP_ID,
      msaAppType: "SingleTenant",
      msaAppTenantId: TENANT_ID,
      ...properties,
    },
  };
}

/** The body of a vault that goes by roles. */
export function vaultBody(properties: Record<string, unknown> = {}) {
  return {
    location: "westeurope",
    properties: {
      tenantId: TENANT_ID,
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      ...properties,
    },
  };
}

/** The body of a Teams channel with calling. */
export function teamsBody(settings: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    location: "global",
    properties: {
      channelName: "MsTeamsChannel",
      properties: {
        isEnabled: true,
        enableCalling: true,
        callingWebhook: "https://contoso.com/teamsapp/api/calling",
        ...settings,
      },
    },
  };
}

// Microsoft Graph on a seeded store of its own, called without a network.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudContext } from "../../../local-cloud/cloud-context.js";
import { Directory } from "../../../local-cloud/directory/directory.js";
import { seed } from "../../../local-cloud/directory/seed.js";
import { AccessTokens } from "../../../local-cloud/entra/access-tokens.js";
import { type SigningKey, signingKey } from "../../../local-cloud/entra/signing-key.js";
import { graphService } from "../../../local-cloud/graph/graph-service.js";
import { Replication } from "../../../local-cloud/http/replication.js";
import { openStore } from "../../../local-cloud/state/store.js";
import { DEPLOYER, TENANT_ID } from "../../../local-cloud/well-known.js";

export const ORIGINS = {
  login: "https://localhost:7001",
  arm: "https://localhost:7002",
  graph: "https://localhost:7003",
  storage: "https://localhost:7004",
  vault: "https://localhost:7005",
};

/** What a deployer needs. */
const DEPLOYING = [
  "Application.Read.All",
  "Application.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
];

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
  readonly headers?: Record<string, string>;
  /** `null` sends no token. @default one with `roles` */
  readonly token?: string | null;
  /** @default what a deployer needs */
  readonly roles?: readonly string[];
  /** Object id of the calling service principal. @default the deployer's */
  readonly caller?: string;
}

export interface TokenOptions {
  readonly aud?: string;
  readonly oid?: string;
  readonly tid?: string;
  readonly roles?: readonly string[];
  readonly idtyp?: "app" | "user";
}

export type GraphUnderTest = Awaited<ReturnType<typeof startGraph>>;

// Making an RSA key takes longer than most tests.
let shared: Promise<SigningKey> | undefined;

/** A signing key that nobody else has. */
export async function newKey(): Promise<SigningKey> {
  const folder = mkdtempSync(join(tmpdir(), "graph-key-"));
  const key = await signingKey(join(folder, "key.json"));
  rmSync(folder, { recursive: true, force: true });
  return key;
}

/** `clock.now` is what time it is; setting it moves every clock there is. */
export async function startGraph() {
  const folder = mkdtempSync(join(tmpdir(), "graph-"));
  const clock = { now: new Date("2026-11-23T10:00:00Z") };
  shared ??= newKey();
  const store = openStore(join(folder, "store"));
  const directory = new Directory(store);
  seed(store, directory, {
    version: 1,
    deployerSecret: "deployer-secret",
    deployerWithoutDirectoryRightsSecret: "other-secret",
    controlToken: "control",
  });
  const now = () => clock.now;
  const context: CloudContext = {
    store,
    directory,
    tokens: new AccessTokens(await shared, () => ORIGINS.login, now),
    replication: new Replication(),
    origins: () => ORIGINS,
    now,
  };
  const service = graphService(context);

  const token = ({ aud, oid, tid, roles, idtyp }: TokenOptions = {}) =>
    context.tokens.issue({
      aud: aud ?? ORIGINS.graph,
      tid: tid ?? TENANT_ID,
      appid: DEPLOYER.appId,
      oid: oid ?? DEPLOYER.servicePrincipalId,
      idtyp: idtyp ?? "app",
      roles: [...(roles ?? DEPLOYING)],
    });

  const call = async (method: string, path: string, options: CallOptions = {}): Promise<Answer> => {
    const { caller, roles, body, headers } = options;
    const url = path.startsWith("https://") ? path : `${ORIGINS.graph}${versioned(path)}`;
    const bearer =
      options.token === undefined
        ? await token({ ...(roles ? { roles } : {}), ...(caller ? { oid: caller } : {}) })
        : options.token;
    const text = options.text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await service.app.request(url, {
      method,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(text === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    return { status: response.status, headers: response.headers, body: await read(response) };
  };

  return {
    clock,
    context,
    service,
    token,
    call,
    get: (path: string, options?: CallOptions) => call("GET", path, options),
    post: (path: string, body?: unknown, options?: CallOptions) =>
      call("POST", path, { body, ...options }),
    patch: (path: string, body: unknown, options?: CallOptions) =>
      call("PATCH", path, { body, ...options }),
    delete: (path: string, options?: CallOptions) => call("DELETE", path, options),
    /** A new application with this name (and whatever else); fails the test when it is refused. */
    application: async (displayName: string, more: Record<string, unknown> = {}) => {
      const { status, body } = await call("POST", "/applications", {
        body: { displayName, ...more },
      });
      if (status !== 201) throw new Error(`no application: ${JSON.stringify(body)}`);
      return body;
    },
    /** What is wrong with an application of these fields: nothing, or the rule, or the message. */
    problemOf: async (fields: Record<string, unknown>): Promise<string> => {
      const { status, body } = await call("POST", "/applications", {
        body: { displayName: "Calls", ...fields },
      });
      if (status === 201) return "";
      if (status !== 400) throw new Error(`not 400 but ${status}: ${JSON.stringify(body)}`);
      return body.error.details?.[0]?.message ?? body.error.message;
    },
    /** A new application with its service principal. */
    principal: async (displayName: string, more: Record<string, unknown> = {}) => {
      const created = await call("POST", "/applications", { body: { displayName, ...more } });
      const { appId } = created.body;
      const { status, body } = await call("POST", "/servicePrincipals", { body: { appId } });
      if (status !== 201) throw new Error(`no service principal: ${JSON.stringify(body)}`);
      return { application: created.body, principal: body };
    },
    stop: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function versioned(path: string): string {
  return /^\/(v1\.0|beta)\b/.test(path) || path.startsWith("//") ? path : `/v1.0${path}`;
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  return response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
}

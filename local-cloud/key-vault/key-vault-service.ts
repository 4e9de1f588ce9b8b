// Azure Key Vault: what a vault holds, by the vault's own endpoint. Vaults themselves are resources of Resource Manager.
import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { decodeJwt } from "jose";
import type { CloudContext, Service } from "../cloud-context.js";
import type { AccessTokenClaims } from "../entra/access-tokens.js";
import { TENANT_ID } from "../well-known.js";
import { certificateRoutes } from "./certificate-routes.js";
import { deletedSecretRoutes } from "./deleted-secret-routes.js";
import { type VaultPath, vaultPathOf } from "./endpoints.js";
import { KeyVaultError, notHere } from "./key-vault-error.js";
import { secretRoutes } from "./secret-routes.js";
import { checkAccess, checkPlace } from "./vault-access.js";
import { type VaultCall, type VaultRoute, vaultBody } from "./vault-call.js";
import { findVault } from "./vault-store.js";

const RESOURCE = "https://vault.azure.net";
const API_VERSIONS = [
  "2015-06-01",
  "2016-10-01",
  "7.0",
  "7.1",
  "7.2",
  "7.3",
  "7.4",
  "7.5",
  "7.6",
  "2025-07-01",
];
const ROUTES: readonly VaultRoute[] = [
  ...secretRoutes,
  ...deletedSecretRoutes,
  ...certificateRoutes,
];
/** Everybody is on this machine. */
const CALLER_ADDRESS = "127.0.0.1";

export function keyVaultService(context: CloudContext): Service {
  const app = new Hono();
  app.all("*", async ({ req }) => {
    const answer = await answerTo(context, req.raw).catch((error: unknown) => {
      if (error instanceof KeyVaultError) return error.toResponse();
      throw error;
    });
    answer.headers.set("x-ms-request-id", randomUUID());
    answer.headers.set("Cache-Control", "no-cache");
    return answer;
  });
  return {
    name: "vault",
    app,
    refusal: (status, code, message) => new KeyVaultError(status, code, message).toResponse(),
  };
}

async function answerTo(context: CloudContext, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const path = vaultPathOf(url);
  const vault = path === undefined ? undefined : findVault(context.store, path.vault);
  if (path === undefined || vault === undefined) {
    throw new KeyVaultError(404, "VaultNotFound", `There is no vault at '${url.href}'.`);
  }
  const caller = await callerOf(context, request.headers.get("authorization") ?? undefined);
  checkVersion(url);
  const { route, name, version } = routeOf(request.method, path);
  checkPlace(vault, { address: CALLER_ADDRESS });
  checkAccess(context, vault, caller, route.operation, name);
  const call: VaultCall = { context, vault, url, body: await vaultBody(request), name, version };
  const body = (await route.prepare?.(call)) ?? call.body;
  return context.store.transaction(() => route.handle({ ...call, body }));
}

function routeOf(
  method: string,
  { parts }: VaultPath,
): { readonly route: VaultRoute; readonly name: string; readonly version: string } {
  const matching = ROUTES.filter(({ path }) => matches(path, parts));
  const route = matching.find((candidate) => candidate.method === method);
  if (route === undefined) throw notHere(`${method} /${parts.join("/")} of a vault`);
  const [, name = "", third = ""] = parts;
  return { route, name, version: route.path.endsWith("{version}") ? third : "" };
}

function matches(path: string, parts: readonly string[]): boolean {
  const pattern = path.split("/");
  const open = pattern.at(-1) === "{version}" && parts.length === pattern.length - 1;
  if (!open && pattern.length !== parts.length) return false;
  return parts.every((part, index) => {
    const expected = pattern[index] ?? "";
    return expected.startsWith("{") || expected === part.toLowerCase();
  });
}

function checkVersion({ searchParams }: URL): void {
  const version = searchParams.get("api-version");
  if (version !== null && API_VERSIONS.includes(version)) return;
  throw new KeyVaultError(
    400,
    "BadParameter",
    version === null
      ? "api-version must be specified"
      : `The specified version (${version}) is not recognized. Consider using the latest supported version (7.6).`,
  );
}

/** Throws 401 with the challenge that tells Microsoft's clients whose token to get, and for what. */
async function callerOf(
  context: CloudContext,
  authorization: string | undefined,
): Promise<AccessTokenClaims> {
  const verified = await context.tokens.verify(authorization, [RESOURCE, `${RESOURCE}/`]);
  if ("claims" in verified && verified.claims.tid === TENANT_ID) return verified.claims;
  const { login } = context.origins();
  throw new KeyVaultError(401, "Unauthorized", unauthorizedText(verified, authorization), {
    headers: {
      "WWW-Authenticate": `Bearer authorization="${login}/${TENANT_ID}", resource="${RESOURCE}"`,
    },
  });
}

function unauthorizedText(
  verified: Awaited<ReturnType<CloudContext["tokens"]["verify"]>>,
  authorization: string | undefined,
): string {
  if ("claims" in verified) {
    return `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/${TENANT_ID}/, found ${verified.claims.iss}.`;
  }
  switch (verified.problem) {
    case "missing":
      return "AKV10000: Request is missing a Bearer or PoP token.";
    case "audience":
      return `AKV10022: Invalid audience. Expected ${RESOURCE}, found: ${audienceIn(authorization)}.`;
    default:
      // The numbers of these were not seen.
      return `[BearerTokenValidationFailed] Error validating token: ${verified.problem}.`;
  }
}

function audienceIn(authorization = ""): string {
  return String(decodeJwt(authorization.replace(/^Bearer +/i, "")).aud);
}

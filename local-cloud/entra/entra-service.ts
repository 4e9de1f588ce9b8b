// Entra sign-in: discovery, signing keys and the token endpoint.
import { Hono } from "hono";
import type { CloudContext, Service } from "../cloud-context.js";
import { seedPeople } from "../directory/people.js";
import { findTenant, TENANT_ID } from "../well-known.js";
import { TOKEN_LIFETIME_SECONDS } from "./access-tokens.js";
import { adminConsentRoutes } from "./admin-consent.js";
import { authorizationCodeGrant } from "./authorization-code-grant.js";
import { AuthorizationCodes } from "./authorization-codes.js";
import { authorizeRoutes } from "./authorize.js";
import { clientCredentialsGrant, type TokenRequest } from "./client-credentials.js";
import { type ClientProof, clientProof } from "./client-proof.js";
import { deviceCodeRoutes } from "./device-code.js";
import { DEVICE_CODE_GRANTS, deviceCodeGrant } from "./device-code-grant.js";
import { DeviceCodes } from "./device-codes.js";
import { type EntraError, entraErrorResponse, type TokenAnswer } from "./entra-errors.js";
import { issuerKeys } from "./issuer-keys.js";
import { Sessions } from "./sessions.js";
import { unknownTenant } from "./sign-in-errors.js";
import { signOutRoutes } from "./sign-out.js";
import type { SigningKey } from "./signing-key.js";

/** Names that stand for any tenant. */
const SHARED_AUTHORITIES = new Set(["common", "organizations", "consumers"]);

/** `authorities` (PEM) signed the servers of the issuers whose tokens applications may sign in with. */
export function entraService(
  context: CloudContext,
  key: SigningKey,
  authorities: readonly string[],
): Service {
  const app = new Hono();
  const refuse = (problem: EntraError) => entraErrorResponse(problem, context.now());
  const cookieName = () => `__Host-local-cloud-${new URL(context.origins().login).port}`;
  const browsing = { context, sessions: new Sessions(cookieName, context.now) };
  seedPeople(context.store);
  const codes = new AuthorizationCodes(context.now);
  const deviceCodes = new DeviceCodes(context.now);
  const proof = clientProof(context, issuerKeys(authorities));
  const tokenAnswer = (tenant: string, form: TokenRequest): Promise<TokenAnswer> => {
    const grantType = form["grant_type"];
    if (grantType === "authorization_code") {
      return authorizationCodeGrant(context, codes, proof, tenant, form);
    }
    return DEVICE_CODE_GRANTS.includes(grantType)
      ? deviceCodeGrant(context, deviceCodes, tenant, form)
      : clientCredentialsAnswer(context, proof, tenant, form);
  };
  app.route("/", adminConsentRoutes(browsing));
  app.route("/", authorizeRoutes(browsing, codes));
  app.route("/", signOutRoutes(browsing));
  app.route("/", deviceCodeRoutes(browsing, deviceCodes));
  for (const version of ["/v2.0", ""]) {
    app.get(`/:tenant${version}/.well-known/openid-configuration`, ({ req }) => {
      const tenant = req.param("tenant") ?? "";
      const document = discoveryDocument(context, tenant);
      return document === undefined ? refuse(unknownTenant(tenant)) : Response.json(document);
    });
  }
  app.get("/:tenant/discovery/v2.0/keys", () => Response.json({ keys: [key.publicJwk] }));
  app.get("/:tenant/discovery/keys", () => Response.json({ keys: [key.publicJwk] }));
  for (const path of ["/:tenant/oauth2/v2.0/token", "/:tenant/oauth2/token"]) {
    app.post(path, async ({ req }) => {
      const form = await tokenRequest(req.raw);
      const tenant = req.param("tenant") ?? "";
      const answer = await tokenAnswer(tenant, form);
      if ("problem" in answer) return refuse(answer.problem);
      return Response.json(answer.body, {
        headers: { "Cache-Control": "no-store", Pragma: "no-cache" },
      });
    });
  }
  app.notFound(() =>
    refuse({
      status: 404,
      error: "invalid_request",
      number: 900561,
      text: "The endpoint does not exist.",
    }),
  );
  return {
    name: "login",
    app,
    refusal: (status, code, text) => refuse({ status, error: code, number: 90033, text }),
  };
}

function discoveryDocument(context: CloudContext, tenantName: string) {
  const shared = SHARED_AUTHORITIES.has(tenantName.toLowerCase());
  const tenant = shared ? findTenant(TENANT_ID) : findTenant(tenantName);
  if (tenant === undefined) return undefined;
  const { login, graph } = context.origins();
  const segment = shared ? tenantName.toLowerCase() : tenant.id;
  return {
    issuer: shared ? `${login}/{tenantid}/v2.0` : context.tokens.issuerOf(tenant.id),
    authorization_endpoint: `${login}/${segment}/oauth2/v2.0/authorize`,
    token_endpoint: `${login}/${segment}/oauth2/v2.0/token`,
    jwks_uri: `${login}/${segment}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: [
      "client_secret_post",
      "private_key_jwt",
      "client_secret_basic",
    ],
    response_types_supported: ["code"],
    device_authorization_endpoint: `${login}/${segment}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${login}/${segment}/oauth2/v2.0/logout`,
    response_modes_supported: ["query", "fragment"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    claims_supported: ["sub", "iss", "aud", "exp", "iat", "oid", "tid", "roles"],
    msgraph_host: new URL(graph).host,
    tenant_region_scope: null,
    cloud_instance_name: new URL(login).host,
  };
}

async function clientCredentialsAnswer(
  context: CloudContext,
  proof: ClientProof,
  tenantName: string,
  form: TokenRequest,
): Promise<TokenAnswer> {
  const grant = await clientCredentialsGrant(context, proof, tenantName, form);
  if ("problem" in grant) return grant;
  const { tenant, appId, objectId, audience } = grant;
  const roles = context.directory.grantedRoles(tenant.id, objectId, audience.resourceAppId);
  const body = {
    token_type: "Bearer",
    expires_in: TOKEN_LIFETIME_SECONDS,
    ext_expires_in: TOKEN_LIFETIME_SECONDS,
    access_token: await context.tokens.issue({
      aud: audience.aud,
      tid: tenant.id,
      appid: appId,
      oid: objectId,
      idtyp: "app",
      ...(roles.length > 0 ? { roles } : {}),
    }),
  };
  return { body };
}

/** Form fields, with the client taken from Basic authorization where it is there. */
async function tokenRequest(request: Request): Promise<TokenRequest> {
  const form = Object.fromEntries(new URLSearchParams(await request.text()));
  const basic = /^Basic (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (basic === undefined) return form;
  const [id = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return {
    ...form,
    client_id: decoded(id),
    client_secret: decoded(secret.join(":")),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

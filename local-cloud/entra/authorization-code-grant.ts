// The second half of the authorization code flow: a code becomes an access token that acts for a person.
import type { CloudContext } from "../cloud-context.js";
import type { ApplicationRecord } from "../directory/records.js";
import { findTenant } from "../well-known.js";
import type { AuthorizationCodes, CodeProblem, GrantedCode } from "./authorization-codes.js";
import type { TokenRequest } from "./client-credentials.js";
import type { ClientProof } from "./client-proof.js";
import type { EntraError, TokenAnswer } from "./entra-errors.js";
import { personTokens } from "./person-tokens.js";
import { provesChallenge } from "./pkce.js";
import type { ReplyUrlKind } from "./reply-urls.js";
import { applicationNotFound, missingParameter, unknownTenant } from "./sign-in-errors.js";

/** The code is spent only by an answer. */
export async function authorizationCodeGrant(
  context: CloudContext,
  codes: AuthorizationCodes,
  proof: ClientProof,
  tenantName: string,
  form: TokenRequest,
): Promise<TokenAnswer> {
  const authority = authorityOf(tenantName);
  if (authority === undefined) return { problem: unknownTenant(tenantName) };
  const missing = ["client_id", "code", "redirect_uri"].find((name) => (form[name] ?? "") === "");
  if (missing !== undefined) return { problem: missingParameter(missing) };
  const { client_id: clientId = "", code = "" } = form;
  const application = context.directory.applicationByAppId(clientId);
  if (application === undefined) return { problem: applicationNotFound(clientId, tenantName) };
  const granted = codes.look(code);
  if (typeof granted === "string") return { problem: codeProblem(granted) };
  const problem =
    checkCode(granted, application, authority, form) ??
    (await checkClient(application, granted.request.replyUrl.kind, form, proof));
  if (problem !== undefined) return { problem };
  codes.spend(code);
  const { request, person } = granted;
  return { body: await personTokens(context, request, person, form) };
}

/** Tenant id, or the name that stands for any tenant. */
export function authorityOf(tenantName: string): string | undefined {
  const name = tenantName.toLowerCase();
  return ["organizations", "common"].includes(name) ? name : findTenant(name)?.id;
}

function checkCode(
  { request }: GrantedCode,
  application: ApplicationRecord,
  authority: string,
  form: TokenRequest,
): EntraError | undefined {
  if (request.application.appId !== application.appId) {
    return invalidGrant(70000, "The provided authorization code was issued to another client.");
  }
  if (request.authority !== authority) {
    return invalidGrant(
      700005,
      "Provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for (/common or /{tenant-ID} as appropriate).",
    );
  }
  const replyUrl = form["redirect_uri"] ?? "";
  if (request.replyUrl.url !== replyUrl) {
    return invalidGrant(
      500112,
      `The reply address '${replyUrl}' does not match the reply address '${request.replyUrl.url}' provided when requesting Authorization code.`,
    );
  }
  if (!provesChallenge(request.challenge, form["code_verifier"])) {
    return invalidGrant(
      501481,
      "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    );
  }
  return undefined;
}

/** Who redeems: a web server proves itself, an installed program has none, a page does it from its origin. */
async function checkClient(
  application: ApplicationRecord,
  kind: ReplyUrlKind,
  form: TokenRequest,
  proof: ClientProof,
): Promise<EntraError | undefined> {
  if (kind === "web") return proof(application, form);
  if (kind === "spa") {
    return {
      status: 400,
      error: "invalid_request",
      number: 9002327,
      text: "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
    };
  }
  if (form["client_secret"] !== undefined || form["client_assertion"] !== undefined) {
    return {
      status: 401,
      error: "invalid_client",
      number: 700025,
      text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    };
  }
  return undefined;
}

function codeProblem(problem: CodeProblem): EntraError {
  switch (problem) {
    case "unknown":
      return invalidGrant(9002313, "Invalid request. Request is malformed or invalid.");
    case "expired":
      return invalidGrant(
        70008,
        "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
      );
    case "redeemed":
      return invalidGrant(
        54005,
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
      );
  }
}

export function invalidGrant(number: number, text: string): EntraError {
  return { status: 400, error: "invalid_grant", number, text };
}

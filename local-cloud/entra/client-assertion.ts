// A token in place of a secret. The bot's own, signed by a certificate of the application, is judged in
// certificate-assertion.ts. One of another issuer has to match one of the application's federated identity credentials
// in issuer, subject and audience, letter for letter, and to be signed by a key that the issuer publishes.
// Numbers and texts as people report them: Azure/login issues 482 and 515, azure-workload-identity issue 1200 and its
// troubleshooting page.
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader } from "jose";
import { z } from "zod";
import type { ApplicationRecord, FederatedIdentityCredentialRecord } from "../directory/records.js";
import { checkSignature } from "./assertion-signature.js";
import { checkCertificateAssertion } from "./certificate-assertion.js";
import type { TokenRequest } from "./client-credentials.js";
import { type EntraError, invalidClient, invalidRequest } from "./entra-errors.js";
import type { IssuerKeys, KeysProblem } from "./issuer-keys.js";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
});
type Claims = z.infer<typeof Claims>;

/** `login` is this service's own origin. What is wrong with the assertion of a token request; undefined when it is good. */
export async function checkClientAssertion(
  application: ApplicationRecord,
  form: TokenRequest,
  {
    keysOf,
    login,
    now,
  }: { readonly keysOf: IssuerKeys; readonly login: string; readonly now: Date },
): Promise<EntraError | undefined> {
  const type = form["client_assertion_type"];
  if (type !== ASSERTION_TYPE) return wrongType(type);
  const assertion = form["client_assertion"] ?? "";
  const claims = claimsOf(assertion);
  if (claims === undefined) return invalidRequest(50027, "JWT token is invalid or malformed.");
  if (claims.iss === application.appId) {
    return checkCertificateAssertion(application, assertion, { login, now });
  }
  const unmatched = checkMatch(application, claims);
  if (unmatched !== undefined) return unmatched;
  const { keys, problem } = await keysOf(claims.iss);
  if (keys === undefined) return keysNotRead(problem, claims.iss);
  // "Workload identity federation" names RS256 alone.
  return checkSignature(assertion, createLocalJWKSet(keys), { algorithms: ["RS256"], now });
}

function wrongType(type: string | undefined): EntraError {
  return type === undefined || type === ""
    ? invalidRequest(
        900144,
        "The request body must contain the following parameter: 'client_assertion_type'.",
      )
    : // Entra's own words for it are not seen.
      invalidRequest(70002, `The client_assertion_type must be '${ASSERTION_TYPE}'.`);
}

function claimsOf(assertion: string): Claims | undefined {
  try {
    decodeProtectedHeader(assertion);
    return Claims.parse(decodeJwt(assertion));
  } catch {
    return undefined;
  }
}

/** One credential has to match in all three; what is said is how far the best of them came. */
function checkMatch(
  { appId, fields, federatedIdentityCredentials: all }: ApplicationRecord,
  { iss, sub, aud }: Claims,
): EntraError | undefined {
  if (all.length === 0) {
    const name = String(fields["displayName"] ?? "");
    return invalidClient(
      70025,
      `The client '${appId}'(${name}) has no configured federated identity credentials.`,
    );
  }
  const ofIssuer = all.filter(({ issuer }) => issuer === iss);
  if (ofIssuer.length === 0) return noMatch(700211, `issuer '${iss}'`);
  const ofSubject = ofIssuer.filter(({ subject }) => subject === sub);
  if (ofSubject.length === 0) return wrongSubject(ofIssuer, sub);
  const ofAudience = ofSubject.filter(({ audiences }) =>
    audiences.some((one) => aud.includes(one)),
  );
  return ofAudience.length === 0 ? noMatch(700212, `audience '${aud.join(",")}'`) : undefined;
}

function wrongSubject(
  credentials: readonly FederatedIdentityCredentialRecord[],
  sub: string,
): EntraError {
  const onlyCase = credentials.some(({ subject }) => subject.toLowerCase() === sub.toLowerCase());
  return onlyCase
    ? noMatch(
        7002138,
        `subject '${sub}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison`,
      )
    : noMatch(700213, `subject '${sub}'`);
}

function noMatch(number: number, what: string): EntraError {
  return invalidClient(
    number,
    `No matching federated identity record found for presented assertion ${what}. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  );
}

function keysNotRead(problem: KeysProblem, issuer: string): EntraError {
  switch (problem) {
    case "elsewhere":
      return {
        status: 501,
        error: "invalid_client",
        number: 90061,
        text: `The local cloud reads the keys of issuers on this machine alone (https://localhost:<port>), so it cannot judge a token of '${issuer}'.`,
      };
    case "unreachable":
      return invalidRequest(90061, "Request to External OIDC endpoint failed.");
    case "unreadable":
      return invalidRequest(900612, "Failed to parse provider signing keys.");
  }
}

// How a client proves that it is the application: by one of its secrets, or by a token of an issuer that it trusts.
import type { CloudContext } from "../cloud-context.js";
import type { ApplicationRecord } from "../directory/records.js";
import { checkClientAssertion } from "./client-assertion.js";
import type { TokenRequest } from "./client-credentials.js";
import { type EntraError, invalidClient } from "./entra-errors.js";
import type { IssuerKeys } from "./issuer-keys.js";
import { secretMatches } from "./secrets.js";

/** What is wrong with the proof that a request brings; undefined when it is good. */
export type ClientProof = (
  application: ApplicationRecord,
  form: TokenRequest,
) => Promise<EntraError | undefined>;

/** Judges proofs; `keysOf` reads the keys of outside issuers. */
export function clientProof(context: CloudContext, keysOf: IssuerKeys): ClientProof {
  return async (application, form) =>
    form["client_assertion"] === undefined
      ? checkSecret(application, form["client_secret"], context.now())
      : checkClientAssertion(application, form, {
          keysOf,
          login: context.origins().login,
          now: context.now(),
        });
}

function checkSecret(
  { appId, passwordCredentials }: ApplicationRecord,
  secret: string | undefined,
  now: Date,
): EntraError | undefined {
  if (secret === undefined || secret === "") {
    return invalidClient(
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  const matching = passwordCredentials.find(({ secretHash }) => secretMatches(secret, secretHash));
  if (matching === undefined) {
    return invalidClient(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`,
    );
  }
  if (Date.parse(matching.endDateTime) <= now.getTime()) {
    return invalidClient(
      7000222,
      `The provided client secret keys for app '${appId}' are expired.`,
    );
  }
  return undefined;
}

// A client assertion that the client has signed itself, with the private key of one of the application's certificates (RFC 7523;
// "Microsoft identity platform application authentication certificate credentials"). The header names the certificate by its
// thumbprint: `x5t` of SHA-1, or `x5t#S256`. Sentences as people report them: microsoft-authentication-library-for-js
// issue 8339 and -for-dotnet issue 124; that of a wrong audience is UNVERIFIED but for its number.
import { createHash, type X509Certificate } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import type { ApplicationRecord } from "../directory/records.js";
import { certificatesOf } from "../graph/key-credentials.js";
import { checkSignature } from "./assertion-signature.js";
import { type EntraError, invalidClient } from "./entra-errors.js";

/** What is wrong with it; undefined when it is good. `assertion` can be decoded. */
export async function checkCertificateAssertion(
  { appId, fields }: ApplicationRecord,
  assertion: string,
  { login, now }: { readonly login: string; readonly now: Date },
): Promise<EntraError | undefined> {
  const { x5t, "x5t#S256": x5tS256 } = decodeProtectedHeader(assertion);
  const [named, hash] =
    typeof x5tS256 === "string"
      ? [x5tS256, "sha256"]
      : [typeof x5t === "string" ? x5t : "", "sha1"];
  if (named === "") {
    return invalidClient(
      50027,
      "Invalid JWT token. No certificate thumbprint specified in token header.",
    );
  }
  const known = certificatesOf(fields["keyCredentials"]).find(
    ({ certificate }) => thumbprint(certificate, hash) === named,
  );
  if (known === undefined) return notRegistered("The key was not found.", named, appId);
  if (known.end <= now.getTime()) return notRegistered("The key used is expired.", named, appId);
  const { sub, aud } = decodeJwt(assertion);
  if (sub !== appId)
    return invalidClient(
      700021,
      "Client assertion application identifier doesn't match 'client_id' parameter.",
    );
  if (![aud].flat().some((one) => isOwnAudience(one, login))) {
    return invalidClient(700023, "Client assertion audience claim does not match Realm issuer.");
  }
  const { publicKey } = known.certificate;
  return checkSignature(assertion, async () => publicKey, { algorithms: ["RS256", "PS256"], now });
}

function thumbprint({ raw }: X509Certificate, hash: string): string {
  return createHash(hash).update(raw).digest("base64url");
}

/** Token endpoint or issuer of any tenant here: which tenant it names is judged by the rest of the request. */
function isOwnAudience(audience: string | undefined, login: string): boolean {
  const rest = audience?.startsWith(`${login}/`) ? audience.slice(login.length + 1) : "";
  return /^[^/]+\/(oauth2(\/v2\.0)?\/token|v2\.0)$/.test(rest);
}

function notRegistered(reason: string, named: string, appId: string): EntraError {
  const hex = Buffer.from(named, "base64url").toString("hex").toUpperCase();
  return invalidClient(
    700027,
    `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - ${reason}, Thumbprint of key used by client: '${hex}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${appId}'.]`,
  );
}

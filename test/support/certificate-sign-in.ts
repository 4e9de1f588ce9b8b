// Signs in as an application with a certificate, as an authentication library does.
import { createHash, createPrivateKey, randomUUID, X509Certificate } from "node:crypto";
import { SignJWT } from "jose";
import { z } from "zod";
import type { TestCloud } from "./test-cloud.js";

export interface AssertionOptions {
  /** `x5t` or `x5t#S256`. @default "x5t#S256" */
  readonly header?: "x5t" | "x5t#S256" | "none";
  /** @default "PS256" */
  readonly algorithm?: "PS256" | "RS256";
  /** @default the token endpoint */
  readonly audience?: string;
  /** @default the application's id */
  readonly subject?: string;
  /** Seconds from now. @default 300 */
  readonly endsIn?: number;
}

/** What the token endpoint says: "ok", or its error code. `pem`: certificate and private key. */
export async function signInWithCertificate(
  cloud: TestCloud,
  appId: string,
  pem: string,
  options: AssertionOptions = {},
): Promise<string> {
  const { header = "x5t#S256", algorithm = "PS256", subject = appId, endsIn = 300 } = options;
  const { AZURE_AUTHORITY_HOST: login, AZURE_TENANT_ID: tenant } = cloud.environment();
  const endpoint = `${login}/${tenant}/oauth2/v2.0/token`;
  const { raw } = new X509Certificate(pem);
  const hash = header === "x5t" ? "sha1" : "sha256";
  const named =
    header === "none" ? {} : { [header]: createHash(hash).update(raw).digest("base64url") };
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: algorithm, typ: "JWT", ...named })
    .setIssuer(appId)
    .setSubject(subject)
    .setAudience(options.audience ?? endpoint)
    .setJti(randomUUID())
    .setNotBefore(now - 10)
    .setExpirationTime(now + endsIn)
    .sign(createPrivateKey(pem));
  const answer = await fetch(endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: appId,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
      scope: "https://graph.microsoft.com/.default",
    }),
  });
  if (answer.ok) return "ok";
  const { error_codes } = z.object({ error_codes: z.array(z.number()) }).parse(await answer.json());
  return String(error_codes[0]);
}

// Access tokens: issued by the token endpoint, checked on every call to Resource Manager and Graph.
import { randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { SigningKey } from "./signing-key.js";

const Claims = z.object({
  aud: z.string(),
  iss: z.string(),
  tid: z.string(),
  appid: z.string(),
  oid: z.string(),
  idtyp: z.enum(["app", "user"]),
  roles: z.array(z.string()).optional(),
  scp: z.string().optional(),
  wids: z.array(z.string()).optional(),
});
/** The claims that a caller is judged by. `roles` are the granted app roles of the audience. */
export type AccessTokenClaims = z.infer<typeof Claims>;

/** What an application learns of the person who signed in. */
export interface IdTokenClaims {
  /** App id of the application. */
  readonly aud: string;
  readonly tid: string;
  readonly oid: string;
  readonly name: string;
  readonly preferred_username: string;
  readonly nonce?: string;
}

/** Why a token is not accepted. */
export type TokenProblem =
  | "missing"
  | "malformed"
  | "signature"
  | "expired"
  | "audience"
  | "issuer";

export type Verified = { readonly claims: AccessTokenClaims } | { readonly problem: TokenProblem };

/** Seconds, as Entra announces them. */
export const TOKEN_LIFETIME_SECONDS = 3599;

export class AccessTokens {
  constructor(
    private readonly key: SigningKey,
    private readonly loginOrigin: () => string,
    private readonly now: () => Date,
  ) {}

  issuerOf(tenantId: string): string {
    return `${this.loginOrigin()}/${tenantId}/v2.0`;
  }

  issue(claims: Omit<AccessTokenClaims, "iss">): Promise<string> {
    return this.sign({ ...claims, ver: "1.0" });
  }

  /** Who signed in to which application ("ID tokens in the Microsoft identity platform"). No service takes it. */
  issueIdToken(claims: IdTokenClaims): Promise<string> {
    return this.sign({ ...claims, ver: "2.0" });
  }

  private sign(claims: { readonly tid: string; readonly oid: string; readonly ver: string }) {
    const seconds = Math.floor(this.now().getTime() / 1000);
    return new SignJWT({ ...claims, sub: claims.oid, uti: randomUUID() })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: this.key.kid })
      .setIssuer(this.issuerOf(claims.tid))
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(seconds + TOKEN_LIFETIME_SECONDS)
      .sign(this.key.privateKey);
  }

  /** Checks an `Authorization` header: scheme, signature, times, audience (any of `audiences`) and issuer. */
  async verify(authorization: string | undefined, audiences: readonly string[]): Promise<Verified> {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) return { problem: "missing" };
    try {
      const { payload } = await jwtVerify(token, this.key.publicKey, {
        algorithms: ["RS256"],
        audience: [...audiences],
        currentDate: this.now(),
      });
      const claims = Claims.parse(payload);
      return claims.iss === this.issuerOf(claims.tid) ? { claims } : { problem: "issuer" };
    } catch (error) {
      return { problem: problemOf(error) };
    }
  }
}

function problemOf(error: unknown): TokenProblem {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === "aud") return "audience";
  return "malformed";
}

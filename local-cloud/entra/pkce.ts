// Proof Key for Code Exchange (RFC 7636): only who asked for a code can redeem it.
import { createHash, timingSafeEqual } from "node:crypto";
import type { EntraError } from "./entra-errors.js";
import type { ReplyUrlKind } from "./reply-urls.js";

export interface CodeChallenge {
  readonly value: string;
  readonly method: "S256" | "plain";
}

/** The challenge of a request, if it has one. Single-page applications must have one. @default method "plain" */
export function readCodeChallenge(
  query: URLSearchParams,
  kind: ReplyUrlKind,
): { readonly challenge: CodeChallenge | undefined } | { readonly problem: EntraError } {
  const value = query.get("code_challenge");
  const method = query.get("code_challenge_method") ?? "plain";
  if (value === null) {
    if (query.has("code_challenge_method")) {
      return problem(50147, "The size of the code challenge parameter is not valid.");
    }
    return kind === "spa"
      ? problem(
          9002325,
          "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
        )
      : { challenge: undefined };
  }
  if (method !== "S256" && method !== "plain") {
    return problem(501491, `The code challenge method '${method}' is not supported.`);
  }
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(value)) {
    return problem(501491, "The size of the Code_Challenge parameter is not valid.");
  }
  return { challenge: { value, method } };
}

/** Whether `verifier` is what the challenge was made of. Without a challenge there must be none. */
export function provesChallenge(
  challenge: CodeChallenge | undefined,
  verifier: string | undefined,
): boolean {
  if (challenge === undefined) return verifier === undefined;
  const made =
    challenge.method === "plain"
      ? (verifier ?? "")
      : createHash("sha256")
          .update(verifier ?? "")
          .digest("base64url");
  const a = Buffer.from(made);
  const b = Buffer.from(challenge.value);
  return a.length === b.length && timingSafeEqual(a, b);
}

function problem(number: number, text: string): { readonly problem: EntraError } {
  return { problem: { status: 400, error: "invalid_request", number, text } };
}

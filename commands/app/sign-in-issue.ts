// Why a person could not be signed in, as a sentence. What the libraries throw is worded for programmers; the codes in it stay.
import { messagesOf, signInProblem } from "../../graph/sign-in-problem.js";
import { ReadProblem } from "../../rules/consent-unknown.js";
import type { Issue } from "../../rules/issue.js";

const AS_A_PERSON = "Sign in as a person with --sign-in device-code or --sign-in browser.";
const AGAIN = "It is safe to run the command again.";

/** What the text holds, the rule that was broken, and what to do; the first that fits counts. */
const REASONS: readonly (readonly [RegExp, rule: string, fix: string])[] = [
  [
    /AADSTS(90094|90093|65001)\b/,
    "needs an administrator's consent to the client that signs in",
    "Let an administrator of the organisation sign in, or name a client that has consent with --client-id.",
  ],
  [
    /AADSTS65004\b|authorization_declined|access_denied/,
    "must be accepted, and it was declined",
    `Accept what the page asks for. ${AGAIN}`,
  ],
  [
    /AADSTS700(19|20)\b|expired_token|device_code_expired/,
    "must be finished while its code is good, and it has expired",
    "Run the command again for a new code.",
  ],
  [
    /AADSTS7000218\b/,
    "must be by a client that installed programs may use",
    "Switch on Allow public client flows for the client of --client-id, or leave --client-id out.",
  ],
  [
    /AADSTS(700016|7000229|7000112)\b/,
    "must be by a client that the organisation knows and has not disabled",
    "Check --client-id and --tenant.",
  ],
  [
    /AADSTS(90002|50059|50020|90072)\b/,
    "must be to an organisation that exists and that the account belongs to",
    "Check --tenant, and sign in with an account of that organisation.",
  ],
  [
    /ChainedTokenCredential authentication failed|CredentialUnavailableError/,
    "must be that of somebody who is signed in on this machine, and nobody is",
    AS_A_PERSON,
  ],
];

/** @param login where it was tried, for messages */
export function signInIssue(error: unknown, login: string): Issue {
  const whose = "Microsoft Entra ID";
  if (signInProblem(error, new AbortController().signal) === ReadProblem.Offline) {
    const rule = `to ${login} failed`;
    const fix = `Check the network, the proxy and the trusted certificates. ${AGAIN}`;
    return { path: "The connection", rule, whose: "network", fix };
  }
  const text = messagesOf(error);
  const [, rule, fix] = REASONS.find(([pattern]) => pattern.test(text)) ?? [];
  const [first = ""] = text.trim().split(/[\r\n]/);
  return {
    path: "The sign-in",
    rule: rule ?? `did not succeed: ${first.trim().replace(/\.$/, "")}`,
    whose,
    fix: fix ?? AS_A_PERSON,
  };
}

// A request for an authorization code ("Microsoft identity platform and OAuth 2.0 authorization code flow"), read and
// judged before anybody signs in.
import type { CloudContext } from "../cloud-context.js";
import { applicationInTenant, repeatedIn } from "./application-in-tenant.js";
import { type DelegatedRequest, wantedPermissions } from "./delegated-request.js";
import type { EntraError } from "./entra-errors.js";
import { type CodeChallenge, readCodeChallenge } from "./pkce.js";
import { isWebAddress, type ReplyUrl, registeredReplyUrl } from "./reply-urls.js";
import {
  missingParameter,
  noReplyUrlGiven,
  notInLocalCloud,
  repeatedParameter,
  replyUrlMismatch,
} from "./sign-in-errors.js";

export interface AuthorizeRequest extends DelegatedRequest {
  readonly replyUrl: ReplyUrl;
  readonly mode: "query" | "fragment";
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly challenge: CodeChallenge | undefined;
  /** `prompt=none`: answer at once, show nothing. */
  readonly silent: boolean;
}

/** Where an error is sent. */
export type ErrorTarget = Pick<AuthorizeRequest, "replyUrl" | "mode" | "state">;

export type ReadAuthorize =
  | { readonly request: AuthorizeRequest }
  /** Shown as a page. */
  | { readonly shown: EntraError }
  | { readonly sent: EntraError; readonly target: ErrorTarget };

const PARAMETERS = [
  "client_id",
  "response_type",
  "redirect_uri",
  "scope",
  "state",
  "nonce",
  "response_mode",
  "code_challenge",
  "code_challenge_method",
  "prompt",
];

export function readAuthorize(
  context: CloudContext,
  tenantName: string,
  query: URLSearchParams,
): ReadAuthorize {
  const repeated = repeatedIn(query, PARAMETERS);
  if (repeated !== undefined) return { shown: repeatedParameter(repeated) };
  const found = applicationInTenant(context, tenantName, query.get("client_id"), [
    "organizations",
    "common",
  ]);
  if ("problem" in found) return { shown: found.problem };
  const { application, tenant } = found;
  const asked = query.get("redirect_uri") ?? "";
  if (asked === "") return { shown: noReplyUrlGiven() };
  const replyUrl = registeredReplyUrl(application, asked);
  if (replyUrl === undefined) return { shown: replyUrlMismatch(application, asked) };
  if (!isWebAddress(replyUrl.url)) {
    return { shown: notInLocalCloud("redirects to addresses other than http and https") };
  }
  const state = query.get("state") ?? undefined;
  const mode = query.get("response_mode") === "fragment" ? "fragment" : "query";
  const target = { replyUrl, mode, state } as const;
  const responseProblem = checkResponse(query);
  if (responseProblem !== undefined) return { sent: responseProblem, target };
  const pkce = readCodeChallenge(query, replyUrl.kind);
  if ("problem" in pkce) return { sent: pkce.problem, target };
  const authority = tenant?.id ?? tenantName.toLowerCase();
  const wanted = wantedPermissions(context, application, query.get("scope") ?? "", authority);
  if ("problem" in wanted) return { sent: wanted.problem, target };
  return {
    request: {
      ...target,
      ...wanted,
      application,
      tenant,
      authority,
      nonce: query.get("nonce") ?? undefined,
      challenge: pkce.challenge,
      silent: query.get("prompt") === "none",
    },
  };
}

function checkResponse(query: URLSearchParams): EntraError | undefined {
  const type = query.get("response_type") ?? "";
  if (type === "") return missingParameter("response_type");
  if (type !== "code") return notInLocalCloud(`the response type '${type}'; it has code`);
  const mode = query.get("response_mode") ?? "query";
  if (mode === "form_post") return notInLocalCloud("the response mode form_post");
  if (!["query", "fragment"].includes(mode)) {
    return {
      status: 400,
      error: "invalid_request",
      number: 70007,
      text: `'${mode}' is not a supported value of 'response_mode'.`,
    };
  }
  return undefined;
}

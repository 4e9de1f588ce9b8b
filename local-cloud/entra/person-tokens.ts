// The tokens with which an application acts for a person.
import type { CloudContext } from "../cloud-context.js";
import { type PersonRecord, widsOf } from "../directory/people.js";
import { TOKEN_LIFETIME_SECONDS } from "./access-tokens.js";
import type { TokenRequest } from "./client-credentials.js";
import type { DelegatedRequest } from "./delegated-request.js";

/** There is no refresh token, also for `offline_access`: the token endpoint could not take it. */
export async function personTokens(
  context: CloudContext,
  request: DelegatedRequest & { readonly nonce?: string | undefined },
  person: PersonRecord,
  form: TokenRequest,
): Promise<Record<string, unknown>> {
  const { permissions, audience, application, nonce } = request;
  const openid = request.openid.filter((scope) => scope !== "offline_access");
  const values = permissions.map(({ value }) => value);
  const who = { tid: person.tenantId, oid: person.id };
  return {
    token_type: "Bearer",
    scope: [...openid, ...values.map((value) => `${audience.replace(/\/+$/, "")}/${value}`)].join(
      " ",
    ),
    expires_in: TOKEN_LIFETIME_SECONDS,
    ext_expires_in: TOKEN_LIFETIME_SECONDS,
    access_token: await context.tokens.issue({
      ...who,
      aud: audience,
      appid: application.appId,
      idtyp: "user",
      scp: [...openid, ...values].join(" "),
      wids: widsOf(person),
    }),
    ...(openid.includes("openid")
      ? {
          id_token: await context.tokens.issueIdToken({
            ...who,
            aud: application.appId,
            name: person.displayName,
            preferred_username: person.userPrincipalName,
            ...(nonce === undefined ? {} : { nonce }),
          }),
        }
      : {}),
    ...(form["client_info"] === "1" ? { client_info: clientInfo(person) } : {}),
  };
}

/** By which MSAL tells accounts apart. */
function clientInfo({ id, tenantId }: PersonRecord): string {
  return Buffer.from(JSON.stringify({ uid: id, utid: tenantId })).toString("base64url");
}

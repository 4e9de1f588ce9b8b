// Who calls. Refusals as Resource Manager words them (texts from Azure/azure-sdk-for-net#49391,
// JetBrains/azure-tools-for-intellij#16, hashicorp/terraform-provider-azurerm#3612).
import { decodeJwt } from "jose";
import type { CloudContext } from "../../cloud-context.js";
import type { AccessTokenClaims, TokenProblem } from "../../entra/access-tokens.js";
import { TENANT_ID } from "../../well-known.js";
import { ArmError } from "./arm-error.js";
import { utc } from "./dotnet-time.js";

const PUBLIC_AUDIENCES = [
  "https://management.core.windows.net/",
  "https://management.core.windows.net",
  "https://management.azure.com/",
  "https://management.azure.com",
];

/** Audiences that a token for this Resource Manager may have. */
function armAudiences(context: CloudContext): readonly string[] {
  const { arm } = context.origins();
  return [...PUBLIC_AUDIENCES, `${arm}/`, arm];
}

/** The caller's claims. Throws 401 in Resource Manager's words. */
export async function authenticate(
  context: CloudContext,
  authorization: string | undefined,
): Promise<AccessTokenClaims> {
  const audiences = armAudiences(context);
  const verified = await context.tokens.verify(authorization, audiences);
  if ("claims" in verified) return verified.claims;
  const [code, message, description] = wording(verified.problem, authorization, audiences, context);
  throw new ArmError(401, code, message, {
    headers: { "WWW-Authenticate": challenge(context, TENANT_ID, description) },
  });
}

/** 401 for a token of another tenant than the subscription's. */
export function wrongTenant(context: CloudContext, tokenTenant: string, tenant: string): ArmError {
  const { login } = context.origins();
  return new ArmError(
    401,
    "InvalidAuthenticationTokenTenant",
    `The access token is from the wrong issuer '${context.tokens.issuerOf(tokenTenant)}'. It must match the tenant '${context.tokens.issuerOf(tenant)}' associated with this subscription. Please use the authority (URL) '${login}/${tenant}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
    {
      headers: {
        "WWW-Authenticate": challenge(
          context,
          tenant,
          "The access token is from the wrong issuer.",
        ),
      },
    },
  );
}

function challenge(context: CloudContext, tenant: string, description: string): string {
  const { login } = context.origins();
  return `Bearer authorization_uri="${login}/${tenant}", error="invalid_token", error_description="${description}"`;
}

function wording(
  problem: TokenProblem,
  authorization: string | undefined,
  audiences: readonly string[],
  context: CloudContext,
): [code: string, message: string, description: string] {
  const claims = unverifiedClaims(authorization);
  switch (problem) {
    case "missing":
      return authorization === undefined
        ? [
            "AuthenticationFailed",
            "Authentication failed. The 'Authorization' header is missing.",
            "The authentication failed because of missing 'Authorization' header.",
          ]
        : [
            "AuthenticationFailedInvalidHeader",
            "Authentication failed. The 'Authorization' header is provided in an invalid format.",
            "The authentication scheme is not supported.",
          ];
    case "expired":
      return [
        "ExpiredAuthenticationToken",
        `The access token expiry UTC time '${utc(new Date((claims.exp ?? 0) * 1000))}' is earlier than current UTC time '${utc(context.now())}'.`,
        "The access token has expired.",
      ];
    case "audience":
      return [
        "InvalidAuthenticationTokenAudience",
        `The access token has been obtained for wrong audience or resource '${String(claims.aud)}'. It should exactly match with one of the allowed audiences ${audiences.map((audience) => `'${audience}'`).join(",")}.`,
        "The access token has been obtained from wrong audience or resource.",
      ];
    default:
      return [
        "InvalidAuthenticationToken",
        "The access token is invalid.",
        "The access token is invalid.",
      ];
  }
}

function unverifiedClaims(authorization: string | undefined): {
  exp?: number | undefined;
  aud?: unknown;
} {
  try {
    return decodeJwt((authorization ?? "").replace(/^Bearer +/i, ""));
  } catch {
    return {};
  }
}

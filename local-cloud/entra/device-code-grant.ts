// What a program that shows a device code is told when it asks whether somebody has answered.
import type { CloudContext } from "../cloud-context.js";
import type { ApplicationRecord } from "../directory/records.js";
import { authorityOf, invalidGrant } from "./authorization-code-grant.js";
import type { TokenRequest } from "./client-credentials.js";
import type { DeviceCodeState, DeviceCodes } from "./device-codes.js";
import { type EntraError, invalidClient, type TokenAnswer } from "./entra-errors.js";
import { personTokens } from "./person-tokens.js";
import { applicationNotFound, missingParameter, unknownTenant } from "./sign-in-errors.js";

/** `grant_type` of the flow: as RFC 8628 spells it, and as Microsoft's own libraries do (repository AzureAD/microsoft-authentication-library-for-js). */
export const DEVICE_CODE_GRANTS: readonly (string | undefined)[] = [
  "urn:ietf:params:oauth:grant-type:device_code",
  "device_code",
];

/** The code is spent only by tokens. */
export async function deviceCodeGrant(
  context: CloudContext,
  codes: DeviceCodes,
  tenantName: string,
  form: TokenRequest,
): Promise<TokenAnswer> {
  const authority = authorityOf(tenantName);
  if (authority === undefined) return { problem: unknownTenant(tenantName) };
  const missing = ["client_id", "device_code"].find((name) => (form[name] ?? "") === "");
  if (missing !== undefined) return { problem: missingParameter(missing) };
  const { client_id: clientId = "", device_code: deviceCode = "" } = form;
  const application = context.directory.applicationByAppId(clientId);
  if (application === undefined) return { problem: applicationNotFound(clientId, tenantName) };
  if (!isPublicClient(application)) return { problem: notPublic() };
  const found = codes.look(deviceCode);
  const isOurs = found?.request.application.appId === application.appId;
  if (found === undefined || !isOurs || found.request.authority !== authority) {
    return { problem: invalidGrant(9002313, "Invalid request. Request is malformed or invalid.") };
  }
  const { request, state } = found;
  if (typeof state === "string") return { problem: notGranted(state) };
  codes.spend(deviceCode);
  return { body: await personTokens(context, request, state.person, form) };
}

/** Whether the registration says "Allow public client flows". */
function isPublicClient({ fields }: ApplicationRecord): boolean {
  return fields["isFallbackPublicClient"] === true;
}

/** UNVERIFIED whether Entra says so only after somebody has answered the code. */
function notPublic(): EntraError {
  return invalidClient(
    7000218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  );
}

/** The numbers are those of "Microsoft Entra authentication and authorization error codes"; for a refusal UNVERIFIED. */
function notGranted(state: Extract<DeviceCodeState, string>): EntraError {
  switch (state) {
    case "pending":
      return {
        status: 400,
        error: "authorization_pending",
        number: 70016,
        text: "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
      };
    case "declined":
      return {
        status: 400,
        error: "authorization_declined",
        number: 65004,
        text: "User declined to consent to access the app.",
      };
    case "expired":
      return {
        status: 400,
        error: "expired_token",
        number: 70019,
        text: "Verification code expired. Have the user retry the sign-in.",
      };
  }
}

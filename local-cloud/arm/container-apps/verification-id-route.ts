// What the TXT record of a domain of one's own must hold, asked for before there is any environment.
import { domainVerificationId } from "../custom-domain/verification-id.js";
import type { ArmRoute } from "../mechanics/arm-call.js";
import { APP_API_VERSIONS } from "./api-versions.js";

export const verificationIdRoute: ArmRoute = {
  method: "POST",
  pattern: "/subscriptions/{subscriptionId}/providers/Microsoft.App/getCustomDomainVerificationId",
  action: "Microsoft.App/getCustomDomainVerificationId/action",
  scope: "parent",
  apiVersions: APP_API_VERSIONS,
  typeName: "getCustomDomainVerificationId",
  handle: ({ params }) => ({
    status: 200,
    body: domainVerificationId(params["subscriptionId"] ?? ""),
  }),
};

// Whether somebody is signed in, and to the tenant that the stack means.
import type { TokenClaims } from "../../../graph/token-claims.js";
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import { type DoctorContext, signedIn } from "../doctor-context.js";

export function judgeTenant(claims: TokenClaims, wanted: string | undefined): Outcome {
  const who =
    claims.appid !== undefined && claims.scp === undefined
      ? `application ${claims.appid}`
      : "a person";
  const evidence = { tenantId: claims.tid, objectId: claims.oid };
  if (wanted !== undefined && claims.tid?.toLowerCase() !== wanted.toLowerCase()) {
    return fail(
      `The sign-in is for tenant ${claims.tid}, and the stack means ${wanted}.`,
      `Sign in there: az login --tenant ${wanted}, or AZURE_TENANT_ID. A bot in another tenant than its users answers 403 with code 7505.`,
      evidence,
    );
  }
  return pass(`Signed in to tenant ${claims.tid} as ${who}.`, evidence);
}

export const tenant: Check<DoctorContext> = {
  id: "tenant",
  title: "somebody is signed in, to the tenant of the stack",
  explains: ["403 with code 7505, Request authorization tenant mismatch"],
  run: async (context) => judgeTenant(await signedIn(context), context.tenantId),
};

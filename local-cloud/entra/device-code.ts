// The device code flow ("Microsoft identity platform and the OAuth 2.0 device authorization grant flow"): a program without a
// browser shows a code, somebody types it in a browser of theirs and signs in there.
import { Hono } from "hono";
import type { CloudContext } from "../cloud-context.js";
import { applicationInTenant } from "./application-in-tenant.js";
import { decide } from "./delegated-decision.js";
import { wantedPermissions } from "./delegated-request.js";
import { answeredPage, codePage } from "./device-code-page.js";
import { DEVICE_CODE_LIFETIME_SECONDS, type DeviceCodes } from "./device-codes.js";
import { type EntraError, entraErrorResponse, type TokenAnswer } from "./entra-errors.js";
import { errorPage } from "./error-page.js";
import { servicePrincipalIn } from "./grant-app-roles.js";
import { type Browsing, tenantOf, visitOf } from "./sign-in.js";
import { nameOf, personOfAnotherTenant } from "./sign-in-errors.js";

/** Seconds between two questions of the program. Entra says 5; here nobody has to be spared. */
const INTERVAL_SECONDS = 1;

export function deviceCodeRoutes(browsing: Browsing, codes: DeviceCodes): Hono {
  const { context } = browsing;
  const app = new Hono();
  app.post("/:tenant/oauth2/v2.0/devicecode", async ({ req }) => {
    const form = Object.fromEntries(new URLSearchParams(await req.raw.text()));
    const answer = newCode(context, codes, req.param("tenant"), form);
    if ("problem" in answer) return entraErrorResponse(answer.problem, context.now());
    return Response.json(answer.body, { headers: { "Cache-Control": "no-store" } });
  });
  app.on(["GET", "POST"], "/:tenant/oauth2/deviceauth", ({ req }) =>
    answerCode(browsing, codes, req.raw),
  );
  return app;
}

function newCode(
  context: CloudContext,
  codes: DeviceCodes,
  tenantName: string,
  form: Readonly<Record<string, string>>,
): TokenAnswer {
  const shared = ["organizations", "common"];
  const found = applicationInTenant(context, tenantName, form["client_id"] ?? null, shared);
  if ("problem" in found) return found;
  const authority = found.tenant?.id ?? tenantName.toLowerCase();
  const wanted = wantedPermissions(context, found.application, form["scope"] ?? "", authority);
  if ("problem" in wanted) return wanted;
  const { deviceCode, userCode } = codes.issue({ ...found, ...wanted, authority });
  const page = `${context.origins().login}/common/oauth2/deviceauth`;
  const body = {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    expires_in: DEVICE_CODE_LIFETIME_SECONDS,
    interval: INTERVAL_SECONDS,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  };
  return { body };
}

async function answerCode(
  browsing: Browsing,
  codes: DeviceCodes,
  http: Request,
): Promise<Response> {
  const { context } = browsing;
  const typed = new URL(http.url).searchParams.get("otc");
  const code = typed === null ? undefined : codes.waitingFor(typed);
  if (code === undefined) return codePage({ isWrong: typed !== null });
  const { application, tenant } = code.request;
  const refuse = (problem: EntraError) => {
    codes.answer(code, "declined");
    return errorPage(problem, context.now());
  };
  const visit = await visitOf(browsing, http, {
    tenant,
    applicationName: nameOf(application),
    redirectsTo: undefined,
    wrongTenant: (person) =>
      refuse(personOfAnotherTenant(person, tenant ?? tenantOf(person), application)),
  });
  if (visit instanceof Response) return visit;
  const outcome = await decide(browsing, code.request, visit);
  if (outcome instanceof Response) return outcome;
  if (outcome !== "accepted") return refuse(outcome);
  const { person } = visit;
  context.store.transaction(() => servicePrincipalIn(context, application, tenantOf(person)));
  codes.answer(code, { person });
  return answeredPage(nameOf(application), visit.cookie);
}

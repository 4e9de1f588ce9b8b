// The authorization endpoint: somebody signs in and lets an application act for them; the application gets a code.
import { Hono } from "hono";
import type { AuthorizationCodes } from "./authorization-codes.js";
import { type ErrorTarget, readAuthorize } from "./authorize-request.js";
import { decide } from "./delegated-decision.js";
import { type EntraError, errorParameters } from "./entra-errors.js";
import { errorPage } from "./error-page.js";
import { servicePrincipalIn } from "./grant-app-roles.js";
import { redirectToReplyUrl } from "./reply-urls.js";
import { type Browsing, tenantOf, visitOf } from "./sign-in.js";
import {
  consentNeeded,
  nameOf,
  notInLocalCloud,
  personOfAnotherTenant,
  signInNeeded,
} from "./sign-in-errors.js";

export function authorizeRoutes(browsing: Browsing, codes: AuthorizationCodes): Hono {
  const app = new Hono();
  app.on(["GET", "POST"], "/:tenant/oauth2/v2.0/authorize", ({ req }) =>
    authorize(browsing, codes, req.param("tenant"), req.raw),
  );
  app.on(["GET", "POST"], "/:tenant/oauth2/authorize", () =>
    errorPage(
      notInLocalCloud("the older authorization endpoint; it has /oauth2/v2.0/authorize"),
      browsing.context.now(),
    ),
  );
  return app;
}

async function authorize(
  browsing: Browsing,
  codes: AuthorizationCodes,
  tenantName: string,
  http: Request,
): Promise<Response> {
  const { context, sessions } = browsing;
  const read = readAuthorize(context, tenantName, new URL(http.url).searchParams);
  if ("shown" in read) return errorPage(read.shown, context.now());
  const refuse = (target: ErrorTarget, problem: EntraError) =>
    redirectToReplyUrl(
      target.replyUrl.url,
      { ...errorParameters(problem, context.now()), state: target.state },
      target.mode,
    );
  if ("sent" in read) return refuse(read.target, read.sent);
  const { request } = read;
  const { application } = request;
  if (request.silent) {
    const { person } = sessions.of(http);
    return refuse(request, person === undefined ? signInNeeded() : consentNeeded(application));
  }
  const visit = await visitOf(browsing, http, {
    tenant: request.tenant,
    applicationName: nameOf(application),
    redirectsTo: request.replyUrl.url,
    wrongTenant: (person) =>
      refuse(
        request,
        personOfAnotherTenant(person, request.tenant ?? tenantOf(person), application),
      ),
  });
  if (visit instanceof Response) return visit;
  const outcome = await decide(browsing, request, visit, request.replyUrl.url);
  if (outcome instanceof Response) return outcome;
  if (outcome !== "accepted") return refuse(request, outcome);
  context.store.transaction(() => servicePrincipalIn(context, application, tenantOf(visit.person)));
  const code = codes.issue({ request, person: visit.person });
  return redirectToReplyUrl(request.replyUrl.url, { code, state: request.state }, request.mode);
}

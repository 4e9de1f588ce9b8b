// The page on which somebody lets an application act for them.
import { html } from "hono/html";
import { aboutApplication } from "./consent-page.js";
import type { DelegatedRequest } from "./delegated-request.js";
import { pageResponse } from "./page-frame.js";
import type { Visit } from "./sign-in.js";
import { nameOf } from "./sign-in-errors.js";
import { formFields, signedInAs } from "./sign-in-page.js";

/** Which permissions were shown, so that what is accepted is what was read. */
export function shownPermissions({ permissions, openid }: DelegatedRequest): string {
  return [...permissions.map(({ value }) => value), ...openid].join(" ");
}

/** It is shown at every sign-in: the local cloud does not remember consent to delegated permissions. */
export function delegatedConsentPage(
  visit: Visit,
  request: DelegatedRequest,
  redirectsTo: string | undefined,
): Promise<Response> {
  const { application, permissions } = request;
  return pageResponse({
    title: `Let ${nameOf(application)} act for you?`,
    cookie: visit.cookie,
    redirectsTo,
    body: html`<p>If you accept, <strong>${nameOf(application)}</strong> may do this in your name, for as long as its token lasts. You are asked again the next time.</p>
${aboutApplication(application)}
<h2>Permissions</h2>
<ul class="permissions">${permissions.map(
      ({ displayName, value }) =>
        html`<li><strong>${displayName}</strong><br><span class="name">${value}</span> <span class="soft">of Microsoft Graph</span></li>`,
    )}<li><strong>Know who you are</strong><br>your name, account and tenant</li></ul>
<form method="post">
${formFields(visit.session)}
<input type="hidden" name="shown" value="${shownPermissions(request)}">
<p class="choices"><button class="first" name="action" value="accept">Accept</button>
<button name="action" value="cancel">Cancel</button></p>
</form>
${signedInAs(visit.person, visit.session)}`,
  });
}

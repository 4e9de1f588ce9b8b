// The page on which an administrator sees what is asked for and decides, and the one for everybody else.
import { createHash } from "node:crypto";
import { html } from "hono/html";
import type { ApplicationRecord } from "../directory/records.js";
import { findTenant, type Tenant } from "../well-known.js";
import { findDelegatedPermission } from "./delegated-permissions.js";
import { type Html, pageResponse } from "./page-frame.js";
import type { RequestedPermissions, RequestedRole } from "./requested-permissions.js";
import type { Visit } from "./sign-in.js";
import { nameOf } from "./sign-in-errors.js";
import { formFields, signedInAs } from "./sign-in-page.js";

export interface ConsentPage {
  readonly visit: Visit;
  readonly application: ApplicationRecord;
  readonly tenant: Tenant;
  readonly requested: RequestedPermissions;
  readonly redirectsTo: string | undefined;
  /** Whether somebody accepted a list that is no longer the one asked for. */
  readonly changed: boolean;
}

/** Says which list was shown, so that what is accepted is what was read. */
export function fingerprintOf({ roles, delegatedIds }: RequestedPermissions): string {
  const shown = [
    ...roles.map(({ resource, role }) => `${resource.id}/${role.id}`),
    ...delegatedIds,
  ];
  return createHash("sha256").update(shown.sort().join(" ")).digest("base64url");
}

export function consentPage(page: ConsentPage): Promise<Response> {
  const { visit, application, tenant, requested, redirectsTo, changed } = page;
  return pageResponse({
    title: `Grant permissions for all of ${tenant.displayName}?`,
    cookie: visit.cookie,
    redirectsTo,
    body: html`${changed ? html`<p class="wrong" role="alert">What the application asks for has changed since you opened this page. Nothing was granted yet; please read it again.</p>` : ""}
<p><strong>${nameOf(application)}</strong> asks for these permissions. If you accept, it has them without anybody being signed in, for everybody in the organization.</p>
${aboutApplication(application)}
<h2>Permissions</h2>
<ul class="permissions">${requested.roles.map(roleItem)}</ul>
${delegatedNote(requested)}
<form method="post">
${formFields(visit.session)}
<input type="hidden" name="shown" value="${fingerprintOf(requested)}">
<p class="choices"><button class="first" name="action" value="accept">Accept</button>
<button name="action" value="cancel">Cancel</button></p>
</form>
${signedInAs(visit.person, visit.session)}`,
  });
}

export interface ApprovalPage {
  readonly visit: Visit;
  readonly application: ApplicationRecord;
  readonly redirectsTo: string | undefined;
  /** A sentence: which administrators may do what this person may not. */
  readonly whoMay: string;
}

/** For somebody who may not consent ("Understanding Microsoft Entra application consent experiences"). */
export function approvalPage(page: ApprovalPage): Promise<Response> {
  const { visit, application, redirectsTo, whoMay } = page;
  return pageResponse({
    title: "An administrator has to approve this",
    status: 403,
    cookie: visit.cookie,
    redirectsTo,
    body: html`<p class="wrong"><strong class="name">AADSTS90094</strong>: <strong>${nameOf(application)}</strong> needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.</p>
<p>${whoMay}</p>
${aboutApplication(application)}
<form method="post">
${formFields(visit.session)}
<p class="choices"><button class="first" name="action" value="return">Return to the application without granting consent</button></p>
</form>
${signedInAs(visit.person, visit.session)}`,
  });
}

/** Who asks. */
export function aboutApplication(application: ApplicationRecord): Html {
  const publisher = findTenant(application.tenantId)?.domain ?? application.tenantId;
  return html`<dl>
<dt>Publisher (unverified)</dt><dd class="name">${publisher}</dd>
<dt>Application id</dt><dd class="name">${application.appId}</dd>
</dl>`;
}

function roleItem({ resource, role }: RequestedRole): Html {
  const of = String(resource.fields["displayName"] ?? resource.appId);
  return html`<li><strong>${role.displayName}</strong><br>
<span class="name">${role.value}</span> <span class="soft">of ${of}</span><br>
${role.description}</li>`;
}

function delegatedNote({ delegatedIds }: RequestedPermissions): Html | "" {
  if (delegatedIds.length === 0) return "";
  const names = delegatedIds.map((id) => findDelegatedPermission(id)?.value ?? id);
  return html`<p class="soft">The application also asks for delegated permissions. The local cloud does not grant those to a whole organization, and accepting does not: <span class="name">${names.join(", ")}</span></p>`;
}

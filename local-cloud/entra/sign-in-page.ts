// The page on which somebody says who they are. Nobody has a password here: everybody is listed.
import { html } from "hono/html";
import type { PersonRecord } from "../directory/people.js";
import { TENANTS } from "../well-known.js";
import { type Html, type Page, pageResponse } from "./page-frame.js";
import type { Session } from "./sessions.js";

export interface SignInPage {
  readonly session: Session;
  readonly people: readonly PersonRecord[];
  /** Name of the application that asks; undefined when none does. */
  readonly applicationName: string | undefined;
  readonly cookie: string;
  readonly redirectsTo: string | undefined;
}

export function signInPage(page: SignInPage): Promise<Response> {
  const { session, people, applicationName, cookie, redirectsTo } = page;
  const groups = TENANTS.map((tenant) => ({
    tenant,
    members: people.filter(({ tenantId }) => tenantId === tenant.id),
  }));
  const frame: Page = {
    title: "Choose who to sign in as",
    cookie,
    redirectsTo,
    body: html`${applicationName === undefined ? "" : html`<p>To continue to <strong>${applicationName}</strong>.</p>`}
<p class="soft">There are no passwords in the local cloud. Each person may do what their role allows.</p>
<form method="post">
${formFields(session, "sign-in")}
${groups.map(
  ({ tenant, members }) => html`<h2>${tenant.displayName}</h2>
<ul>${members.map(personButton)}</ul>`,
)}
</form>`,
  };
  return pageResponse(frame);
}

function personButton(person: PersonRecord): Html {
  const roles = person.roles.map(({ displayName }) => displayName).join(", ");
  return html`<li><button class="person" name="person" value="${person.id}"><strong>${person.displayName}</strong>
<span>${roles === "" ? "User without an administrator role" : roles}</span>
<span class="name">${person.userPrincipalName}</span></button></li>`;
}

/** What every form carries: the token of its session and, where its buttons do not say it, what it is for. */
export function formFields(session: Session, action?: string): Html {
  return html`<input type="hidden" name="csrf" value="${session.csrfToken}">${
    action === undefined ? "" : html`<input type="hidden" name="action" value="${action}">`
  }`;
}

/** Who is signed in, and a way to be somebody else. */
export function signedInAs(person: PersonRecord, session: Session): Html {
  const roles = person.roles.map(({ displayName }) => displayName).join(", ");
  return html`<form method="post">
${formFields(session, "switch")}
<p class="soft">Signed in as <strong>${person.displayName}</strong> (<span class="name">${person.userPrincipalName}</span>), ${roles === "" ? "without an administrator role" : roles}.</p>
<button>Use another account</button>
</form>`;
}

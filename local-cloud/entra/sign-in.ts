// Signing in, in front of whatever a page is for. Forms post to their own address, so there is no address to return to
// that a link could carry.
import { html } from "hono/html";
import type { CloudContext } from "../cloud-context.js";
import { allPeople, findPerson, type PersonRecord } from "../directory/people.js";
import { findTenant, type Tenant } from "../well-known.js";
import { pageResponse } from "./page-frame.js";
import { redirectTo } from "./reply-urls.js";
import { carriesCsrfToken, type Session, type Sessions } from "./sessions.js";
import { signInPage } from "./sign-in-page.js";

/** What the services behind a page are. */
export interface Browsing {
  readonly context: CloudContext;
  readonly sessions: Sessions;
}

export interface SignInWish {
  /** The tenant the person has to be of; undefined: any. */
  readonly tenant: Tenant | undefined;
  readonly applicationName: string | undefined;
  /** Where the forms may end, see {@link pageResponse}. */
  readonly redirectsTo: string | undefined;
  /** The answer to somebody of another tenant; they are not signed in. */
  readonly wrongTenant: (person: PersonRecord) => Response | Promise<Response>;
}

/** Somebody who is signed in, and what they pressed. */
export interface Visit {
  readonly person: PersonRecord;
  readonly session: Session;
  /** `Set-Cookie` for the page that answers. */
  readonly cookie: string;
  /** The form that was sent; undefined for a page that is only looked at. */
  readonly form: URLSearchParams | undefined;
}

/** Lets nobody past who is not signed in as somebody of the wished tenant; else says what to answer. */
export async function visitOf(
  { context, sessions }: Browsing,
  request: Request,
  wish: SignInWish,
): Promise<Visit | Response> {
  const session = sessions.of(request);
  const form = request.method === "POST" ? new URLSearchParams(await request.text()) : undefined;
  if (form !== undefined) {
    if (!carriesCsrfToken(session, form.get("csrf"))) return staleForm(request.url);
    if (form.get("action") === "switch") {
      return redirectTo(request.url, sessions.cookie(sessions.signOut(session)));
    }
    if (form.get("action") === "sign-in") {
      const chosen = findPerson(context.store, form.get("person") ?? "");
      if (chosen === undefined) return staleForm(request.url);
      if (!isOf(chosen, wish.tenant)) return wish.wrongTenant(chosen);
      return redirectTo(request.url, sessions.cookie(sessions.signIn(session, chosen)));
    }
  }
  const { person } = session;
  const cookie = sessions.cookie(session);
  if (person !== undefined && isOf(person, wish.tenant)) return { person, session, cookie, form };
  return signInPage({
    session,
    people: allPeople(context.store),
    applicationName: wish.applicationName,
    cookie,
    redirectsTo: wish.redirectsTo,
  });
}

/** The tenant somebody is of. */
export function tenantOf({ tenantId }: PersonRecord): Tenant {
  const tenant = findTenant(tenantId);
  if (tenant === undefined) throw new Error(`the tenant ${tenantId} of a person is not there`);
  return tenant;
}

function isOf(person: PersonRecord, tenant: Tenant | undefined): boolean {
  return tenant === undefined || person.tenantId === tenant.id;
}

/** Answers a form that this browser's session did not make. */
function staleForm(address: string): Promise<Response> {
  return pageResponse({
    title: "This form is out of date",
    status: 403,
    body: html`<p class="wrong">The page that this form was on belongs to a session that has ended, or to another browser. Nothing was done.</p>
<p><a href="${address}">Open the page again</a></p>`,
  });
}

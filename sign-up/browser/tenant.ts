// The organisation that an administrator names, checked before the browser leaves the page.

/** Microsoft's word for "the organisation of whoever signs in". Never `common`: personal accounts cannot consent. */
export const ANY_ORGANISATION = "organizations";

/** Why what was typed names no organisation; texts.ts has a sentence for each. */
export enum TenantProblem {
  Missing = "missing",
  NotATenant = "notATenant",
  Personal = "personal",
}

export type TenantAnswer = { readonly tenant: string } | { readonly problem: TenantProblem };

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DOMAIN =
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;
const PERSONAL = /^(gmail|googlemail|outlook|hotmail|live|msn|icloud|yahoo)\.com$/;

/** A name with letters of other alphabets, and nothing in it that ends a name in an address. */
const INTERNATIONAL = /^(?=.*[^ -~])[\p{L}\p{M}\p{N}.-]+$/u;

/** A tenant id or a domain, in lower case and ASCII. Of an e-mail address the part after the @ is taken, of `{id}` the id. */
export function readTenant(typed: string): TenantAnswer {
  const named = typed.trim().toLowerCase();
  if (named === "") return { problem: TenantProblem.Missing };
  const tenant = named
    .replace(/^\{(.*)\}$/, "$1")
    .replace(/^[^@\s]+@/, "")
    .replace(/\.$/, "")
    .replace(INTERNATIONAL, inAscii);
  if (PERSONAL.test(tenant)) return { problem: TenantProblem.Personal };
  return GUID.test(tenant) || DOMAIN.test(tenant)
    ? { tenant }
    : { problem: TenantProblem.NotATenant };
}

/** As names of domains are registered: `xn--mnchen-3ya.de` for `münchen.de`. */
function inAscii(name: string): string {
  try {
    return new URL(`https://${name}`).hostname;
  } catch {
    return name;
  }
}

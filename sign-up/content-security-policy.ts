// What the pages may load and run: their own style, scripts and logo, known by hash, and nothing else.
import { createHash } from "node:crypto";
import { PAGE_STYLE, RETURN_PAGE_SCRIPT, SIGN_UP_PAGE_SCRIPT } from "./browser.generated.js";

/**
 * The policy as the pages carry it in a meta element, for hosts that cannot send headers.
 * A meta element cannot say who may frame the page; only {@link contentSecurityPolicyHeader} can.
 */
export function contentSecurityPolicy(): string {
  return [
    "default-src 'none'",
    `script-src ${hash(SIGN_UP_PAGE_SCRIPT)} ${hash(RETURN_PAGE_SCRIPT)}`,
    `style-src ${hash(PAGE_STYLE)}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

/** The same policy as a header, for every page of the site; it also refuses frames, which only a header can. */
export function contentSecurityPolicyHeader(): string {
  return `${contentSecurityPolicy()}; frame-ancestors 'none'`;
}

/** Headers that every file of the site should be served with where the host can send headers. */
export function securityHeaders(): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": contentSecurityPolicyHeader(),
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  };
}

function hash(content: string): string {
  return `'sha256-${createHash("sha256").update(content, "utf8").digest("base64")}'`;
}

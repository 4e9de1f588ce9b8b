// What every page of the sign-in service has: the banner that says what it is, its headers, and nothing to run.
import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { PAGE_STYLE } from "./page-style.js";

/** Markup in which everything that was put in is escaped. */
export type Html = ReturnType<typeof html>;

export interface Page {
  /** Stands in the window's title and as the heading. */
  readonly title: string;
  readonly body: Html;
  /** @default 200 */
  readonly status?: number;
  /** `Set-Cookie`. @default none */
  readonly cookie?: string;
  /** Where a form of the page may end after redirects, besides this origin: browsers hold redirects to the policy. */
  readonly redirectsTo?: string | undefined;
}

/** The whole page, ready to send. */
export async function pageResponse(page: Page): Promise<Response> {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${page.title} (local cloud)</title>
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
<header class="band"><p><strong>LOCAL CLOUD</strong> on this machine. This is a stand-in for testing, not a page of Microsoft. Never type a real password here.</p></header>
<main>
<h1>${page.title}</h1>
${page.body}
</main>
</body>
</html>
`;
  return new Response(String(await document), {
    status: page.status ?? 200,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": contentSecurityPolicy(page.redirectsTo),
      "X-Frame-Options": "DENY",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
      // Not `no-referrer`: with it browsers send `Origin: null` with our own forms.
      "Referrer-Policy": "same-origin",
      ...(page.cookie === undefined ? {} : { "Set-Cookie": page.cookie }),
    },
  });
}

const STYLE_HASH = createHash("sha256").update(PAGE_STYLE, "utf8").digest("base64");

function contentSecurityPolicy(redirectsTo: string | undefined): string {
  const target = redirectsTo === undefined ? "" : ` ${new URL(redirectsTo).origin}`;
  return [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action 'self'${target}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

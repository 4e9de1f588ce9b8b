// What every page has around its content: head, policy, brand, help.
import { PAGE_STYLE } from "./browser.generated.js";
import { contentSecurityPolicy } from "./content-security-policy.js";
import type { SignUpFacts } from "./facts.js";
import { type Html, html, raw } from "./html.js";
import { logoFile } from "./logo.js";
import { fill, type Names, namesOf } from "./names.js";
import { ENGLISH, type SignUpTexts } from "./texts.js";

/** What the parts of a page are made from. */
export interface Sheet {
  readonly facts: SignUpFacts;
  readonly texts: SignUpTexts;
  readonly names: Names;
  /** A text with its names filled in. */
  readonly say: (text: string) => string;
}

/** What differs between the pages. */
export interface Page {
  /** As the script knows it. */
  readonly kind: "sign-up" | "return" | "missing";
  readonly title: string;
  readonly script: string;
  /** Put before the names of files: empty, or the whole address where a page may appear at any path. */
  readonly base: string;
  readonly main: Html;
  readonly before?: Html;
}

/** The parts for these facts. */
export function sheetOf(facts: SignUpFacts): Sheet {
  const names = namesOf(facts);
  const texts = facts.texts ?? ENGLISH;
  return { facts, texts, names, say: (text) => fill(text, names) };
}

/** The whole page as it is served. */
export function documentOf({ facts, texts, say }: Sheet, page: Page): string {
  const logo = `${page.base}${logoFile(facts.publisher).path}`;
  return html`<!doctype html>
<html lang="${texts.lang}" dir="${texts.dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<link rel="icon" href="${logo}">
<style>${raw(PAGE_STYLE)}</style>
</head>
<body data-page="${page.kind}">
${page.before}
<header class="bar"><img${facts.publisher.logo && html` class="given"`} src="${logo}" alt="" width="44" height="44"><span>${facts.publisher.name}</span></header>
<main>${page.main}</main>
<footer><nav aria-label="${facts.publisher.name}">
<a href="${facts.privacyUrl}">${texts.approve.privacy}</a>
<a href="${facts.termsUrl}">${texts.approve.terms}</a>
<a href="${facts.contact}">${say(texts.answer.contact)}</a>
</nav></footer>
<script>${raw(page.script)}</script>
</body>
</html>
`.toString();
}

// The page Microsoft sends the administrator back to, and the one for addresses that do not exist.

import { answerView } from "./answer-view.js";
import { View } from "./browser/outcome.js";
import { RETURN_PAGE_SCRIPT } from "./browser.generated.js";
import { documentOf, type Sheet } from "./document-shell.js";
import { siteUrlOf } from "./facts.js";
import { html } from "./html.js";
import { icon } from "./icons.js";

/** `consented.html`. */
export function returnPage(sheet: Sheet): string {
  const { texts, say } = sheet;
  return documentOf(sheet, {
    kind: "return",
    title: say(texts.title),
    script: RETURN_PAGE_SCRIPT,
    base: "",
    main: html`<noscript><section class="card answer calm"><h1>${say(texts.title)}</h1><p class="lede">${say(texts.answer.noScript)}</p></section></noscript>
${Object.values(View).map((view) => answerView(view, sheet, ""))}`,
  });
}

/** `404.html`. Hosts serve it at any path, so its links are whole; an answer that lands here was sent to a wrong address. */
export function notFoundPage(sheet: Sheet): string {
  const { facts, texts, say } = sheet;
  const base = siteUrlOf(facts.redirectUri);
  return documentOf(sheet, {
    kind: "missing",
    title: say(texts.notFound.title),
    script: RETURN_PAGE_SCRIPT,
    base,
    main: html`<section class="card answer calm" data-view="missing"><span class="mark">${icon("alert")}</span>
<h1 tabindex="-1">${say(texts.notFound.title)}</h1><p class="lede">${say(texts.notFound.lede)}</p>
<p class="actions"><a class="button" href="${base}">${say(texts.notFound.again)}</a></p></section>
${answerView(View.Redirect, sheet, base)}`,
  });
}

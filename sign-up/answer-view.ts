// One way the visit to Microsoft can end: what happened, what to do next. All are in the page; the script shows one.
import { VIEW_OF_CODE, View } from "./browser/outcome.js";
import type { Sheet } from "./document-shell.js";
import { type Html, html } from "./html.js";
import { type Icon, icon } from "./icons.js";
import { letter } from "./letter.js";
import { fill } from "./names.js";

/** How a view looks and which ways out it offers. */
interface Manner {
  readonly icon: Icon;
  readonly tone: "good" | "calm" | "bad";
  readonly again: boolean;
  readonly contact: boolean;
}

const MANNERS: Readonly<Record<View, Manner>> = {
  success: { icon: "check", tone: "good", again: false, contact: true },
  declined: { icon: "cross", tone: "calm", again: true, contact: true },
  notAllowed: { icon: "person", tone: "calm", again: true, contact: false },
  redirect: { icon: "alert", tone: "bad", again: false, contact: true },
  wrongTenant: { icon: "alert", tone: "calm", again: true, contact: true },
  registration: { icon: "alert", tone: "bad", again: true, contact: true },
  tryLater: { icon: "alert", tone: "calm", again: true, contact: false },
  unmatched: { icon: "alert", tone: "bad", again: true, contact: true },
  unknown: { icon: "alert", tone: "bad", again: true, contact: true },
  empty: { icon: "alert", tone: "calm", again: true, contact: false },
};

/** Views for which the script says that the answer belongs to no request of this tab, if so. */
const REPORTS_AN_ERROR: ReadonlySet<View> = new Set(
  Object.values(View).filter((view) => ![View.Success, View.Unmatched, View.Empty].includes(view)),
);

/**
 * The section of one view, hidden.
 * @param base put before the address of the sign-up page
 */
export function answerView(view: View, sheet: Sheet, base: string): Html {
  const { texts, say } = sheet;
  const { title, lede, next } = texts.views[view];
  const manner = MANNERS[view];
  return html`<section class="card answer ${manner.tone}" data-view="${view}" data-title="${say(title)}" hidden>
<span class="mark">${icon(manner.icon)}</span>
<h1 tabindex="-1">${say(title)}</h1>
<p class="lede">${say(lede)}</p>
<ul class="next">${next.map((step) => html`<li>${say(step)}</li>`)}</ul>
${view === View.NotAllowed && html`<h2>${say(texts.letter.open)}</h2>${letter(sheet, "button")}`}
${ways(view, sheet, base)}
<div class="small operators">
${codes(view, sheet)}
${REPORTS_AN_ERROR.has(view) && html`<p data-foreign hidden>${say(texts.answer.foreign)}</p>`}
<p>${say(texts.answer.operators)}</p></div>
</section>`;
}

function ways(view: View, { facts, texts, say }: Sheet, base: string): Html {
  const { again, contact } = MANNERS[view];
  const look = view === View.NotAllowed ? "button quiet" : "button";
  const first =
    again && html`<a class="${look}" href="${base || "./"}">${say(texts.answer.again)}</a>`;
  const second = html`<a class="button quiet" href="${facts.contact}">${say(texts.answer.contact)}</a>`;
  return html`<p class="actions">${first} ${contact && second}</p>`;
}

function codes(view: View, { texts, names }: Sheet): Html[] {
  return Object.keys(VIEW_OF_CODE)
    .filter((code) => VIEW_OF_CODE[code] === view)
    .map(
      (code) =>
        html`<p data-code="${code}" hidden>${fill(texts.answer.code, { ...names, code })}</p>`,
    );
}

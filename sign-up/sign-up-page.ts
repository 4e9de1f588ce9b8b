// The page an administrator reads before deciding: what is asked, by whom, who may agree, what happens then.
import { MediaRecording } from "../rules/recording.js";
import { SIGN_UP_PAGE_SCRIPT } from "./browser.generated.js";
import { consentCard } from "./consent-form.js";
import { documentOf, type Sheet } from "./document-shell.js";
import { type Html, html } from "./html.js";
import { icon } from "./icons.js";
import { letter } from "./letter.js";
import { listedPermissions, permissionList } from "./permission-list.js";

/** `index.html`. */
export function signUpPage(sheet: Sheet): string {
  const { texts, say } = sheet;
  return documentOf(sheet, {
    kind: "sign-up",
    title: say(texts.title),
    script: SIGN_UP_PAGE_SCRIPT,
    base: "",
    before: html`<a class="skip" href="#approve">${say(texts.skip)}</a>`,
    main: html`<div class="intro"><p class="eyebrow">${say(texts.eyebrow)}</p>
<h1>${say(texts.heading)}</h1>
<p class="lede">${say(texts.lede)}</p>
<p class="jump"><a href="#approve">${say(texts.skip)}</a></p></div>
<div class="columns"><div class="story">
${permissionList(sheet)}${recording(sheet)}${who(sheet)}${after(sheet)}
</div><div class="aside">${consentCard(sheet)}
<div class="more">${notYou(sheet)}${trouble(sheet)}</div></div></div>`,
  });
}

function recording({ facts, texts, say }: Sheet): Html | undefined {
  if (!listedPermissions(facts).some(({ touchesMedia }) => touchesMedia)) return undefined;
  const kept =
    facts.mediaRecording === MediaRecording.Never
      ? texts.recording.never
      : texts.recording.afterRecordingStatus;
  return html`<section aria-labelledby="recording"><h2 id="recording">${say(texts.recording.heading)}</h2>
<p class="statement">${say(kept)}</p><p>${say(texts.recording.rule)}</p></section>`;
}

function who({ texts: { who }, say }: Sheet): Html {
  return html`<section aria-labelledby="who"><h2 id="who">${say(who.heading)}</h2>
<div class="roles"><div><h3>${say(who.can)}</h3><ul class="can">${who.canList.map((role) => html`<li>${icon("check")}<span>${say(role)}</span></li>`)}</ul></div>
<div><h3>${say(who.cannot)}</h3><ul class="cannot">${who.cannotList.map((role) => html`<li>${icon("cross")}<span>${say(role)}</span></li>`)}</ul></div></div>
<p>${say(who.why)}</p></section>`;
}

function after({ texts: { after }, say }: Sheet): Html {
  return html`<section aria-labelledby="after"><h2 id="after">${say(after.heading)}</h2>
<ol class="steps">${after.steps.map((step) => html`<li>${say(step)}</li>`)}</ol>
<p>${say(after.withdraw)}</p><p>${say(after.replaces)}</p></section>`;
}

function notYou(sheet: Sheet): Html {
  const { texts, say } = sheet;
  return html`<details><summary>${say(texts.letter.heading)}</summary><div>${letter(sheet, "button quiet")}</div></details>`;
}

function trouble({ texts: { trouble }, say }: Sheet): Html {
  return html`<details><summary>${say(trouble.heading)}</summary><div><p>${say(trouble.lede)}</p>
<dl>${trouble.codes.map(([code, text]) => html`<dt class="code" dir="ltr">${code}</dt><dd>${say(text)}</dd>`)}</dl></div></details>`;
}

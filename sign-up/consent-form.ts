// The card on which the administrator names the organisation and leaves for Microsoft.
import { TenantProblem } from "./browser/tenant.js";
import type { Sheet } from "./document-shell.js";
import { siteUrlOf } from "./facts.js";
import { type Html, html } from "./html.js";
import { icon } from "./icons.js";

/** The card. The form is hidden until the script runs, because without it the button could do nothing. */
export function consentCard(sheet: Sheet): Html {
  const { facts, texts, say } = sheet;
  const { approve } = texts;
  return html`<section class="card" id="approve" aria-labelledby="approval" tabindex="-1">
<h2 id="approval">${say(approve.heading)}</h2>
<dl><dt>${approve.application}</dt><dd>${facts.displayName}</dd>
<dt>${approve.publisher}</dt><dd>${facts.publisher.name}</dd>
<dt>${approve.appId}</dt><dd class="code" dir="ltr">${facts.appId}</dd></dl>
<noscript><p class="alert">${say(texts.noScript)}</p></noscript>
<div id="elsewhere" hidden><p class="alert">${say(approve.elsewhere)}</p>
<p><a class="button" href="${siteUrlOf(facts.redirectUri)}" target="_top">${say(approve.elsewhereLink)}</a></p></div>
${form(sheet)}
<div class="sources"><a href="${facts.privacyUrl}">${approve.privacy}</a> <a href="${facts.termsUrl}">${approve.terms}</a></div>
</section>`;
}

function form({ facts, texts, say }: Sheet): Html {
  const { login, graph } = facts.endpoints;
  const { approve } = texts;
  return html`<form id="consent" novalidate hidden data-login="${login}" data-graph="${graph}" data-app-id="${facts.appId}" data-redirect-uri="${facts.redirectUri}" data-tenant="${facts.tenant ?? ""}">
${facts.tenant === undefined ? choice({ texts, say }) : html`<p>${approve.fixed}: <b dir="ltr">${facts.tenant}</b></p>`}
<p class="problem" data-problem="storage" role="alert" hidden>${say(approve.problems.storage)}</p>
<button class="button" type="submit">${say(approve.button)} ${icon("arrow")}</button>
<p class="small">${say(approve.leaving)}</p>
</form>`;
}

function choice({ texts: { approve }, say }: Pick<Sheet, "texts" | "say">): Html {
  const problems = Object.values(TenantProblem);
  return html`<fieldset><legend>${say(approve.organisation)}</legend>
<label class="choice"><input type="radio" name="organisation" id="any" checked><span>${say(approve.any)}</span></label>
<label class="choice"><input type="radio" name="organisation" id="named"><span>${say(approve.named)}</span></label>
<div class="field"><label for="tenant">${say(approve.field)}</label>
<input id="tenant" type="text" dir="ltr" autocomplete="off" autocapitalize="none" spellcheck="false" inputmode="url" aria-describedby="problem hint">
<div id="problem">${problems.map((name) => html`<p class="problem" data-problem="${name}" hidden>${say(approve.problems[name])}</p>`)}</div>
<p class="small" id="hint">${say(approve.hint)}</p></div></fieldset>`;
}

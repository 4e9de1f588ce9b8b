// The text that somebody who may not approve sends to somebody who may.
import type { Sheet } from "./document-shell.js";
import { type Html, html } from "./html.js";

/**
 * The letter with its two ways out: an e-mail program, or the clipboard.
 * @param button class of the first button
 */
export function letter(sheet: Sheet, button: "button" | "button quiet"): Html {
  const { texts, say } = sheet;
  return html`<p>${say(texts.letter.lede)}</p>
<div class="letter" id="letter">${texts.letter.body.map((text) => html`<p>${say(text)}</p>`)}</div>
<p class="actions"><a class="${button}" href="${mailLink(sheet)}">${say(texts.letter.mail)}</a>
<button class="button quiet" type="button" id="copy" hidden>${say(texts.letter.copy)}</button>
<span id="copied" role="status" data-copied="${say(texts.letter.copied)}" data-selected="${say(texts.letter.selected)}"></span></p>`;
}

/** The same letter as a `mailto:` link without a recipient. Lines end in CR LF, as RFC 6068 asks. */
function mailLink({ texts, say }: Sheet): string {
  const body = texts.letter.body.map(say).join("\n\n").replace(/\n/g, "\r\n");
  const subject = say(texts.letter.subject);
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}

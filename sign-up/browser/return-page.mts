// The return page, and the page for addresses that do not exist, in the browser: show one of the views that are there.
import { enableCopy } from "./copy-letter.mjs";
import { heldState } from "./held-state.js";
import { isAnswer, type Outcome, readAnswer, View } from "./outcome.js";

function outcome(): Outcome | undefined {
  const { search } = location;
  if (document.body.dataset["page"] === "return") {
    return readAnswer(
      search,
      heldState(() => sessionStorage),
    );
  }
  // An answer that arrives at a page that does not exist was sent to a wrong redirect URI.
  return isAnswer(search) ? { view: View.Redirect, matched: true } : undefined;
}

function show({ view, code, matched }: Outcome): void {
  for (const section of document.querySelectorAll<HTMLElement>("[data-view]")) {
    section.hidden = section.dataset["view"] !== view;
    if (section.hidden) continue;
    for (const line of section.querySelectorAll<HTMLElement>("[data-code]")) {
      line.hidden = line.dataset["code"] !== code;
    }
    const foreign = section.querySelector<HTMLElement>("[data-foreign]");
    if (foreign) foreign.hidden = matched;
    document.title = section.dataset["title"] ?? document.title;
    section.querySelector("h1")?.focus();
  }
}

const read = outcome();
if (read) show(read);
enableCopy();

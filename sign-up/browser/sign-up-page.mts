// The sign-up page in the browser: checks the organisation, keeps the state, leaves for Microsoft.
import { consentLink } from "./consent-link.js";
import { enableCopy } from "./copy-letter.mjs";
import { holdState, newState } from "./held-state.js";
import { isAnswer } from "./outcome.js";
import { ANY_ORGANISATION, readTenant } from "./tenant.js";

const form = document.querySelector<HTMLFormElement>("#consent");
const field = document.querySelector<HTMLInputElement>("#tenant");
const fact = (name: string): string => form?.dataset[name] ?? "";

/** Shows the one problem of that name and hides the others. */
function showProblem(problem: string | undefined): void {
  for (const line of document.querySelectorAll<HTMLElement>("[data-problem]")) {
    line.hidden = line.dataset["problem"] !== problem;
  }
}

/** The organisation to ask, or undefined after the field has said what is wrong with it. */
function chosenTenant(): string | undefined {
  const fixed = fact("tenant");
  if (fixed !== "") return fixed;
  if (!document.querySelector<HTMLInputElement>("#named")?.checked) return ANY_ORGANISATION;
  const answer = readTenant(field?.value ?? "");
  if ("tenant" in answer) return answer.tenant;
  showProblem(answer.problem);
  field?.setAttribute("aria-invalid", "true");
  field?.focus();
  return undefined;
}

function leave(event: Event): void {
  event.preventDefault();
  showProblem(undefined);
  field?.removeAttribute("aria-invalid");
  const tenant = chosenTenant();
  if (tenant === undefined) return;
  const state = newState((bytes) => crypto.getRandomValues(bytes));
  if (!holdState(() => sessionStorage, state)) {
    showProblem("storage");
    return;
  }
  const parts = { login: fact("login"), graph: fact("graph"), appId: fact("appId") };
  location.assign(consentLink({ ...parts, redirectUri: fact("redirectUri"), tenant, state }));
}

// In a frame of another site a button can be put under somebody's finger; at another address the state would be lost.
const atHome = top === self && new URL(fact("redirectUri")).origin === location.origin;
// An answer that arrives here was sent to the address of the site: the return page says what it means.
if (atHome && isAnswer(location.search)) {
  location.replace(`${fact("redirectUri")}${location.search}`);
}
const shown = atHome ? form : document.querySelector<HTMLElement>("#elsewhere");
if (shown) shown.hidden = false;
form?.addEventListener("submit", leave);
enableCopy();

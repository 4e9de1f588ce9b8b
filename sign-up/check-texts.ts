// A translation is somebody else's file: what it leaves out would be a hole in the page.
import type { RequestedPermission } from "../rules/capabilities.js";
import { type Issue, shown } from "../rules/issue.js";
import { capabilitiesOf } from "./permission-list.js";
import type { SignUpTexts } from "./texts.js";

const WHOSE = "the sign-up page";
/** Placeholders by text; every text may use the first four. */
const EVERYWHERE = ["app", "publisher", "login", "page"];
const SOMEWHERE: Readonly<Record<string, string>> = {
  "texts.what.because": "reasons",
  "texts.what.becauseToo": "reasons",
  "texts.answer.code": "code",
};

/** Issues of the texts: words that are missing for what is asked, empty texts, placeholders that nothing fills. */
export function checkTexts(texts: SignUpTexts, requested: readonly RequestedPermission[]): Issue[] {
  const values = requested.map(({ value }) => value);
  const capabilities = requested.flatMap(({ because }) => capabilitiesOf(because));
  return [
    ...missing("texts.what.lets", texts.what.lets, values),
    ...missing("texts.what.capabilities", texts.what.capabilities, capabilities),
    ...allTexts("texts", texts).flatMap(([path, text]) => checkText(path, text)),
  ];
}

function missing(path: string, words: Readonly<Record<string, string>>, names: string[]): Issue[] {
  return [...new Set(names)]
    .filter((name) => !Object.hasOwn(words, name))
    .map((name) => ({
      path: `${path}.${name}`,
      rule: "must be there, because the page has to explain it",
      whose: WHOSE,
      fix: "Add the words to the translation.",
    }));
}

function checkText(path: string, text: string): Issue[] {
  const rule = "must not be empty";
  if (text.trim() === "") return [{ path, rule, whose: WHOSE, fix: "Translate the text." }];
  const known = [...EVERYWHERE, SOMEWHERE[path]];
  const strange = [...text.matchAll(/\{(\w+)\}/g)].filter(([, name]) => !known.includes(name));
  return strange.map(([placeholder]) => ({
    path,
    rule: `must use only placeholders that are filled in: ${EVERYWHERE.map((n) => `{${n}}`).join(", ")}`,
    whose: WHOSE,
    got: shown(placeholder),
    fix: "Correct the placeholder; its name is not translated.",
  }));
}

function allTexts(path: string, value: unknown): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => allTexts(`${path}.${key}`, inner));
}

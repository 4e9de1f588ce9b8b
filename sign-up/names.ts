// The names that stand in the texts as {app}, {publisher}, {login} and {page}.
import { type SignUpFacts, siteUrlOf } from "./facts.js";

/** What a placeholder stands for. */
export type Names = Readonly<Record<string, string>>;

/** Placeholders that any text may use. */
export function namesOf(facts: SignUpFacts): Names {
  return {
    app: facts.displayName,
    publisher: facts.publisher.name,
    login: new URL(facts.endpoints.login).host,
    page: siteUrlOf(facts.redirectUri),
  };
}

/** The text with its placeholders filled in; what a name holds is not looked at again. */
export function fill(text: string, names: Names): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(names, name) ? (names[name] ?? whole) : whole,
  );
}

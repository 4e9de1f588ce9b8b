// HTML in which only what was written here is markup: everything put in is escaped.

/** Markup that is safe to put into a page. Only {@link html} makes it. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }

  /** For {@link html} alone: takes the text as it is. */
  static trusted(markup: string): Html {
    return new Html(markup);
  }
}

/** What may stand in a template; lists are joined, `undefined` and `false` leave nothing. */
export type HtmlPart = string | number | false | undefined | Html | readonly HtmlPart[];

/** A tagged template: text that is put in is escaped for elements and for attributes in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  const markup = strings.reduce((sum, text, i) => sum + render(parts[i - 1]) + text);
  return Html.trusted(markup);
}

/** The content of a style or script element, which HTML does not unescape. It is this package's own, never a fact's. */
export function raw(content: string): Html {
  if (/<\/(style|script)/i.test(content)) throw new Error("the content would end its own element");
  return Html.trusted(content);
}

function render(part: HtmlPart): string {
  if (part === undefined || part === false) return "";
  if (typeof part === "object") {
    return part instanceof Html ? part.toString() : part.map(render).join("");
  }
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

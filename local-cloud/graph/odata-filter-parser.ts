// Reads `$filter` into a tree. What OData allows and this does not read is named in a 501, what is wrong in a 400.
import { malformed, notHere } from "./errors.js";

export type Literal = string | number | boolean | null;

export type Comparison = "eq" | "ne" | "gt" | "ge" | "lt" | "le";
export type TextFunction = "startswith" | "endswith" | "contains";

export type Filter =
  | {
      readonly kind: "compare";
      readonly property: string;
      readonly operator: Comparison;
      readonly value: Literal;
    }
  | {
      readonly kind: "text";
      readonly property: string;
      readonly function: TextFunction;
      readonly value: string;
    }
  | { readonly kind: "in"; readonly property: string; readonly values: readonly Literal[] }
  /** Some element of the list `property`, called `variable`, fulfils `of`. */
  | {
      readonly kind: "any";
      readonly property: string;
      readonly variable: string;
      readonly of: Filter;
    }
  | { readonly kind: "and"; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "or"; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "not"; readonly of: Filter };

interface Token {
  readonly kind: "word" | "text" | "number" | "symbol" | "end";
  readonly text: string;
  readonly at: number;
}

/** Throws 400 `Invalid filter clause`, or 501 for what OData has and the local cloud has not. */
export function parseFilter(source: string): Filter {
  const parser = new Parser(source, tokens(source));
  return parser.whole();
}

/** 400, as Graph's gateway says it. */
export function invalidFilter(reason: string) {
  return malformed(`Invalid filter clause: ${reason}`);
}

/** The OData reader's own limit. */
const MAX_DEPTH = 100;

const COMPARISONS: readonly Comparison[] = ["eq", "ne", "gt", "ge", "lt", "le"];
const TEXT_FUNCTIONS: readonly TextFunction[] = ["startswith", "endswith", "contains"];

class Parser {
  private next = 0;
  private depth = 0;
  constructor(
    private readonly source: string,
    private readonly all: readonly Token[],
  ) {}

  whole(): Filter {
    const filter = this.or();
    if (this.peek().kind !== "end") throw this.syntaxError();
    return filter;
  }

  private or(): Filter {
    let left = this.and();
    while (this.takeWord("or")) left = { kind: "or", left, right: this.and() };
    return left;
  }

  private and(): Filter {
    let left = this.unary();
    while (this.takeWord("and")) left = { kind: "and", left, right: this.unary() };
    return left;
  }

  private unary(): Filter {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw invalidFilter("The filter is nested too deeply.");
    const filter = this.nested();
    this.depth -= 1;
    return filter;
  }

  private nested(): Filter {
    if (this.takeWord("not")) return { kind: "not", of: this.unary() };
    if (this.takeSymbol("(")) {
      const inner = this.or();
      this.symbol(")");
      return inner;
    }
    return this.predicate();
  }

  private predicate(): Filter {
    const name = this.word();
    const lower = name.toLowerCase();
    if (this.peek().text === "(" && this.peek().kind === "symbol") {
      const known = TEXT_FUNCTIONS.find((candidate) => candidate === lower);
      if (known === undefined) throw notHere(`the $filter function '${name}'`);
      return this.textFunction(known);
    }
    if (this.takeSymbol("/")) return this.path(name);
    return this.comparison(name);
  }

  private textFunction(called: TextFunction): Filter {
    this.symbol("(");
    const property = this.word();
    this.symbol(",");
    const value = this.literal();
    this.symbol(")");
    if (typeof value !== "string") throw invalidFilter(`'${called}' needs a string.`);
    return { kind: "text", property, function: called, value };
  }

  private path(property: string): Filter {
    const step = this.takeSymbol("$") ? `$${this.word()}` : this.word();
    if (step.toLowerCase() !== "any" || this.peek().text !== "(") {
      throw notHere(`$filter on '${property}/${step}'`);
    }
    this.symbol("(");
    if (this.peek().text === ")")
      throw notHere(`$filter with '${property}/any()' without a condition`);
    const variable = this.word();
    this.symbol(":");
    const of = this.or();
    this.symbol(")");
    return { kind: "any", property, variable, of };
  }

  private comparison(property: string): Filter {
    const token = this.peek();
    const operator = this.word().toLowerCase();
    if (operator === "in") return { kind: "in", property, values: this.list() };
    const known = COMPARISONS.find((candidate) => candidate === operator);
    if (known === undefined) throw this.syntaxError(token);
    return { kind: "compare", property, operator: known, value: this.literal() };
  }

  private list(): Literal[] {
    this.symbol("(");
    const values = [this.literal()];
    while (this.takeSymbol(",")) values.push(this.literal());
    this.symbol(")");
    return values;
  }

  private literal(): Literal {
    const token = this.take();
    if (token.kind === "text") return token.text;
    if (token.kind === "number") return Number(token.text);
    if (token.kind === "word") {
      if (token.text === "null") return null;
      if (token.text === "true" || token.text === "false") return token.text === "true";
      // Dates and GUIDs stand without quotes.
      if (/^\d|^[0-9a-f]{8}-/i.test(token.text)) return token.text;
    }
    throw this.syntaxError(token);
  }

  private word(): string {
    const token = this.take();
    if (token.kind !== "word") throw this.syntaxError(token);
    return token.text;
  }

  private symbol(text: string): void {
    if (!this.takeSymbol(text)) throw this.syntaxError();
  }

  private takeSymbol(text: string): boolean {
    return this.takeIf("symbol", text);
  }

  private takeWord(text: string): boolean {
    return this.takeIf("word", text);
  }

  private takeIf(kind: Token["kind"], text: string): boolean {
    const token = this.peek();
    if (token.kind !== kind || token.text.toLowerCase() !== text) return false;
    this.next += 1;
    return true;
  }

  private take(): Token {
    const token = this.peek();
    this.next += 1;
    return token;
  }

  private peek(): Token {
    return this.all[this.next] ?? { kind: "end", text: "", at: this.source.length };
  }

  private syntaxError(token = this.peek()) {
    return invalidFilter(`Syntax error at position ${token.at} in '${this.source}'.`);
  }
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  const pattern =
    /\s+|'((?:[^']|'')*)'|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|-?\d+(?![\w.-])|[\w.-]+|[(),/:$]/gy;
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(source);
    if (match === null) throw invalidFilter(`Syntax error at position ${at} in '${source}'.`);
    const [whole, quoted] = match;
    if (whole.trim() === "") continue;
    if (quoted !== undefined) found.push({ kind: "text", text: quoted.replaceAll("''", "'"), at });
    else if (/^-?\d+$/.test(whole)) found.push({ kind: "number", text: whole, at });
    else if (/^[(),/:$]$/.test(whole)) found.push({ kind: "symbol", text: whole, at });
    else found.push({ kind: "word", text: whole, at });
  }
  return found;
}

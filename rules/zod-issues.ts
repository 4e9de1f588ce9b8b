// Between zod and this folder: a check that returns issues becomes part of a schema, and what a schema finds becomes issues.
import { z } from "zod";
import { type Issue, shown } from "./issue.js";
import { nearest } from "./nearest.js";

type Path = readonly PropertyKey[];

/** The schema with a check of its value. The check's own paths (`[2]`, `.name`) are put behind the value's path. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  check: (path: string, value: z.output<Schema>) => Issue[],
): Schema {
  return schema.superRefine((value, context) => {
    for (const issue of check(HERE, value)) {
      context.addIssue({ code: "custom", message: issue.rule, params: { issue } });
    }
  });
}

/**
 * The same for an object whose settings are judged together: a setting that is wrong by itself is left out, and what is wrong with
 * the others is said all the same. Nothing is said of them where one of `dependedOn` is wrong; every required setting is one.
 */
export function checkedTogether<Schema extends z.ZodObject>(
  schema: Schema,
  check: (path: string, value: z.output<Schema>) => Issue[],
  dependedOn: readonly string[],
): Schema {
  return schema.superRefine(
    (value, context) => {
      const wrong = new Set(context.issues.flatMap(({ path = [] }) => path.slice(0, 1)));
      if (dependedOn.some((name) => wrong.has(name))) return;
      const sound = { ...value };
      for (const name of wrong) Reflect.deleteProperty(sound, name);
      for (const issue of check(HERE, sound)) {
        // Of what is wrong already, that it is not there is no news.
        if (wrong.has(issue.path.slice(HERE.length + 1).split(/[.[]/)[0] ?? "")) continue;
        context.addIssue({ code: "custom", message: issue.rule, params: { issue } });
      }
    },
    { when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value) },
  );
}

// Stands in an issue for the path that only the whole parse knows.
const HERE = "\u0000";

/** What `schema` finds wrong with `raw`, in this folder's words, and the value it reads when nothing is. */
export function parseWithIssues<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
): { value?: z.output<Schema>; issues: Issue[] } {
  const result = schema.safeParse(raw);
  if (result.success) return { value: result.data, issues: [] };
  return { issues: result.error.issues.flatMap((found) => translate(found, schema, raw)) };
}

/** `host.callingWebhook`, `replyUrls[2]`, `tags["cost center"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = String(key);
    if (!/^[\w-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === "" ? name : `${text}.${name}`;
  }, "");
}

function translate(found: z.core.$ZodIssue, schema: z.ZodType, raw: unknown): Issue[] {
  const path = formatPath(found.path) || "the configuration";
  const value = at(raw, found.path);
  const whose = "this package";
  const got = shown(value);
  if (found.code === "custom") return own(found.params?.["issue"], path);
  if (found.code === "unrecognized_keys") {
    const known = knownKeys(schemaAt(schema, found.path));
    return found.keys.map((key) => unknownKey(key, found.path, known));
  }
  if (value === undefined) {
    const what = schemaAt(schema, found.path)?.description;
    return [{ path, rule: "must be given", whose, fix: `Add it${what ? `: ${what}` : ""}.` }];
  }
  if (found.code === "invalid_value") {
    const words = found.values.map(String);
    const meant = typeof value === "string" ? nearest(value, words) : undefined;
    const fix = meant === undefined ? "Choose one of them." : `Write "${meant}".`;
    const rule = words.length === 1 ? `must be ${words[0]}` : `must be one of ${words.join(", ")}`;
    return [{ path, rule, whose, got, fix }];
  }
  if (found.code === "invalid_type") {
    return [{ path, ...wrongType(found.expected, value), whose, got }];
  }
  return [{ path, rule: `is refused: ${found.message}`, whose, got, fix: "Correct it." }];
}

function own(issue: unknown, path: string): Issue[] {
  if (!isIssue(issue)) return [];
  const inPath = (text: string) => text.replaceAll(HERE, path);
  return [{ ...issue, path: inPath(issue.path), rule: inPath(issue.rule), fix: inPath(issue.fix) }];
}

function isIssue(value: unknown): value is Issue {
  return typeof value === "object" && value !== null && "rule" in value && "fix" in value;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object with named settings",
  record: "an object with named values",
};

function wrongType(expected: string, value: unknown): { rule: string; fix: string } {
  const kind = KINDS[expected] ?? expected;
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean")) {
    return { rule: "must be text", fix: "Put quotes around it." };
  }
  if (typeof value === "string" && ["number", "int", "boolean"].includes(expected)) {
    return { rule: `must be ${kind}, not text`, fix: "Write it without quotes." };
  }
  if (expected === "array") {
    return { rule: "must be a list", fix: "Write each entry on a line of its own after a hyphen." };
  }
  return { rule: `must be ${kind}`, fix: `Write ${kind}.` };
}

// The value of an unknown key is never shown: it may be a secret that was put in the wrong place.
function unknownKey(key: string, parent: Path, known: readonly string[]): Issue {
  const path = formatPath([...parent, key]);
  const head = key.split(".")[0] ?? "";
  const meant = nearest(key, known);
  const list = `The settings here are ${known.join(", ")}.`;
  let fix = meant === undefined ? `Remove it. ${list}` : `Write "${meant}" instead, or remove it.`;
  if (key !== head && known.includes(head)) fix = `Set a part of ${head} with --path.`;
  return { path, rule: "is no setting of this package", whose: "this package", fix };
}

function at(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    raw,
  );
}

function schemaAt(schema: z.core.$ZodType, path: Path): z.ZodType | undefined {
  const found = path.reduce<z.core.$ZodType | undefined>((within, key) => {
    const plain = within && unwrapped(within);
    if (plain instanceof z.ZodObject) return plain.shape[String(key)];
    return plain instanceof z.ZodArray ? plain.element : undefined;
  }, schema);
  return found instanceof z.ZodType ? found : undefined;
}

/** The schema without what makes it optional or gives it a default. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrapped(schema.unwrap());
  }
  return schema;
}

function knownKeys(schema: z.ZodType | undefined): string[] {
  const plain = schema && unwrapped(schema);
  return plain instanceof z.ZodObject ? Object.keys(plain.shape) : [];
}

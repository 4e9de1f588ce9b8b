// What a schema validator says in its own terms, as the sentence that this package's checks speak in.
import type { ErrorObject } from "ajv-draft-04";
import { type Issue, shown } from "../issue.js";
import { nearest } from "../nearest.js";

/** Who demands what a schema demands, for messages. */
export const MANIFEST_SCHEMA = "Microsoft Teams manifest schema";

/** The rule, the refused value and the fix; the place is for the caller to add. */
export function explainSchemaError(error: ErrorObject): Omit<Issue, "path"> {
  const { rule, fix, hideValue } = explain(error);
  const got = error.keyword === "maxLength" ? lengthOf(error.data) : shown(error.data);
  return { rule, whose: MANIFEST_SCHEMA, ...(hideValue === true ? {} : { got }), fix };
}

interface Explanation {
  readonly rule: string;
  readonly fix: string;
  /** The value is a whole object, or absent. */
  readonly hideValue?: boolean;
}

function explain(error: ErrorObject): Explanation {
  const { params } = error;
  switch (error.keyword) {
    case "required":
      return { rule: "must be given", fix: "Add it.", hideValue: true };
    case "additionalProperties":
      return unknownKey(error);
    case "enum":
      return choice(error.schema, error.data);
    case "const":
      return choice([error.schema], error.data);
    case "type":
      return { rule: `must be ${kind(params["type"])}`, fix: `Write ${kind(params["type"])}.` };
    case "maxLength":
      return {
        rule: `must be at most ${params["limit"]} characters long`,
        fix: "Shorten it; an emoji counts as two or more.",
      };
    case "minLength":
      return { rule: `must have at least ${params["limit"]} characters`, fix: "Fill it in." };
    case "maxItems":
      return { rule: `must have at most ${params["limit"]} entries`, ...entries(error.data) };
    case "minItems":
      return { rule: `must have at least ${params["limit"]} entries`, ...entries(error.data) };
    case "uniqueItems":
      return { rule: "must not repeat an entry", fix: "Remove the second one.", hideValue: true };
    case "pattern":
      return pattern(String(params["pattern"]));
    case "format":
      return { rule: "must be a full URL", fix: "Write it with https:// and a host." };
    case "dependencies":
      return {
        rule: `must come with ${params["missingProperty"]}`,
        fix: `Add ${params["missingProperty"]}.`,
        hideValue: true,
      };
    case "anyOf":
    case "oneOf":
      return shapes(error);
    default:
      return { rule: `is refused: it ${error.message ?? "is wrong"}`, fix: "Correct it." };
  }
}

function unknownKey(error: ErrorObject): Explanation {
  const properties: unknown = error.parentSchema?.["properties"];
  const known =
    typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
  const meant = nearest(String(error.params["additionalProperty"]), known);
  return {
    rule: "is no key of this version of the manifest",
    fix:
      meant === undefined
        ? "Remove it, or raise manifestVersion."
        : `Write "${meant}", or remove it.`,
    hideValue: true,
  };
}

function choice(allowed: unknown, got: unknown): Explanation {
  const words = Array.isArray(allowed) ? allowed.map(String) : [];
  const meant = typeof got === "string" ? nearest(got, words) : undefined;
  const [only] = words;
  return {
    rule: words.length === 1 ? `must be ${only}` : `must be one of ${words.join(", ")}`,
    fix: meant === undefined ? "Choose one of them." : `Write "${meant}".`,
  };
}

/** Several shapes; most of them in the schemas are keys of which one has to be there. */
function shapes({ keyword, schema }: ErrorObject): Explanation {
  const keys = Array.isArray(schema) ? schema.map(onlyRequirement) : [];
  if (keys.length > 0 && keys.every((key) => key !== undefined)) {
    const only = keyword === "oneOf" ? "one, and not more than one," : "one";
    const fix = keyword === "oneOf" ? "Keep one of them." : "Add one of them.";
    return { rule: `must have ${only} of ${keys.join(", ")}`, fix, hideValue: true };
  }
  const rule = "must have one of the shapes that the schema allows here";
  const fix = "Compare it with the page on this part of the manifest.";
  return { rule, fix, hideValue: true };
}

/** The key that a shape asks for, if that is all it says. */
function onlyRequirement(shape: unknown): string | undefined {
  if (typeof shape !== "object" || shape === null || Object.keys(shape).length !== 1) return;
  const required: unknown = Reflect.get(shape, "required");
  return Array.isArray(required) && required.length === 1 ? String(required[0]) : undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text in quotes",
  boolean: "true or false, without quotes",
  integer: "a whole number",
  number: "a number",
  array: "a list",
  object: "an object",
};

function kind(type: unknown): string {
  return KINDS[String(type)] ?? String(type);
}

function entries(list: unknown): { fix: string; hideValue: boolean } {
  const count = Array.isArray(list) ? list.length : 0;
  return { fix: `There are ${count}; correct that.`, hideValue: true };
}

function lengthOf(text: unknown): string {
  return typeof text === "string" ? `${text.length}` : shown(text);
}

// The patterns that stand in the schemas again and again, in words.
function pattern(text: string): Explanation {
  if (text.includes("[0-9a-fA-F]{8}-")) {
    return { rule: "must be a GUID", fix: "Write 8-4-4-4-12 hexadecimal digits." };
  }
  if (text.startsWith("^[Hh][Tt][Tt][Pp][Ss]")) {
    return { rule: "must start with https://", fix: "Write the full address." };
  }
  if (text.startsWith("^#[0-9a-fA-F]{6}")) {
    return { rule: "must be a colour such as #4464EE", fix: "Write # and six hexadecimal digits." };
  }
  return { rule: `must match ${text}`, fix: "Respell it." };
}

// Microsoft's own schemas, from the package that they publish them in, and what they find as sentences.
import { createRequire } from "node:module";
import ajvDraft04, { type ErrorObject, type ValidateFunction } from "ajv-draft-04";
import ajvFormats from "ajv-formats";
import type { Issue } from "../issue.js";
import { schemaFolder } from "./manifest-versions.js";
import { explainSchemaError, MANIFEST_SCHEMA } from "./schema-sentences.js";

/** Where a value stands in a document. */
export type DocumentPath = readonly (string | number)[];

/** One thing that a schema does not allow. */
export interface SchemaProblem {
  /** The value that is wrong; for a missing or an unknown key, that key. */
  readonly path: DocumentPath;
  /** The schema's word for it: `required`, `additionalProperties`, `maxLength`. */
  readonly keyword: string;
  /** The value that is there, if one is. */
  readonly value: unknown;
  /** The sentence without its place. */
  readonly issue: Omit<Issue, "path">;
}

/** The documents of a package that have a schema. */
export enum SchemaOf {
  Manifest = "MicrosoftTeams.schema.json",
  Localization = "MicrosoftTeams.Localization.schema.json",
}

/** More problems than anybody corrects in one go. */
const MOST_PROBLEMS = 100;

/**
 * What the schema of that manifest version finds, in the order of the document's keys; empty when it accepts the document. Of
 * more than a hundred the first hundred, and one more that says how many there are.
 * Lengths are counted in UTF-16 units, as Teams does, which is never more generous than the schema's own count.
 * @param version one of MANIFEST_VERSIONS
 */
export function checkAgainstSchema(
  document: unknown,
  version: string,
  schema = SchemaOf.Manifest,
): SchemaProblem[] {
  const validate = validatorOf(version, schema);
  if (validate(document)) return [];
  const errors = validate.errors ?? [];
  const telling = withoutBranches(errors);
  const found = telling.slice(0, MOST_PROBLEMS).map((error) => problemOf(error, document));
  const distinct = found.filter((problem, i) => found.findIndex((it) => same(it, problem)) === i);
  const left = telling.length - MOST_PROBLEMS;
  return left > 0 ? [...distinct, moreProblems(left)] : distinct;
}

function moreProblems(count: number): SchemaProblem {
  const rule = `has ${count} problem${count === 1 ? "" : "s"} beyond the first ${MOST_PROBLEMS}`;
  const fix = "Correct those first; teams-calling-bot app validate lists them.";
  const issue = { rule, whose: MANIFEST_SCHEMA, fix };
  return { path: [], keyword: "more", value: undefined, issue };
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(version: string, schema: SchemaOf): ValidateFunction {
  const file = `${schemaFolder(version)}/${schema}`;
  const known = validators.get(file);
  if (known !== undefined) return known;
  const ajv = new ajvDraft04.default({
    allErrors: true,
    strict: false,
    verbose: true,
    unicode: false,
    // The patterns of the localisation schemas are not written for Unicode mode.
    unicodeRegExp: false,
    logger: false,
  });
  ajvFormats.default(ajv, ["uri"]);
  // Part of an installed module, not a file of the user's: loaded once, only the version that is asked for.
  const require = createRequire(import.meta.url);
  const validate = ajv.compile(require(`@microsoft/app-manifest/build/json-schemas/teams/${file}`));
  validators.set(file, validate);
  return validate;
}

// Where one of several shapes would do, each shape says what it misses. Only the summary is of use.
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
  const places = [...new Set(choices.map(({ schemaPath }) => `${schemaPath}/`))];
  const isBranch = ({ schemaPath }: ErrorObject) =>
    places.some((place) => schemaPath.startsWith(place));
  return errors.filter((error) => !isBranch(error) && error.keyword !== "if");
}

function problemOf(error: ErrorObject, document: unknown): SchemaProblem {
  const at = resolve(error.instancePath, document);
  const key = error.params["missingProperty"] ?? error.params["additionalProperty"];
  return {
    path: typeof key === "string" ? [...at, key] : at,
    keyword: error.keyword,
    value: error.data,
    issue: explainSchemaError(error),
  };
}

function resolve(pointer: string, document: unknown): (string | number)[] {
  let within = document;
  const keys = pointer.split("/").slice(1);
  return keys.map((part) => {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const key = Array.isArray(within) ? Number(name) : name;
    within = typeof within === "object" && within !== null ? Reflect.get(within, key) : undefined;
    return key;
  });
}

function same(a: SchemaProblem, b: SchemaProblem): boolean {
  return a.path.join("/") === b.path.join("/") && a.issue.rule === b.issue.rule;
}

// The files that a manifest names have to be in the package, and to be what they are named as.
import { type Issue, shown } from "../issue.js";
import { checkIcon, IconKind } from "./icon-check.js";
import { checkAgainstSchema, type DocumentPath, SchemaOf } from "./manifest-schema.js";
import { type JsonText, locate, placeIn, readJsonText } from "./manifest-text.js";
import { isAtLeast } from "./manifest-versions.js";
import type { OpenedApp } from "./open-package.js";
import { fixFor } from "./placeholders.js";

interface Found {
  readonly issues: Issue[];
  readonly warnings: Issue[];
}

/**
 * Icons, localisations and every other file; says nothing about a manifest without its package.
 * @param withTexts whether to look into the localisations @default true
 */
export function checkAppFiles(app: OpenedApp, version: string, withTexts = true): Found {
  const { files, manifest } = app;
  if (files === undefined) return { issues: [], warnings: [] };
  const looked = new Set<string>();
  const found = namedFiles(manifest.value).map(({ path, name: written, keys }): Found => {
    const name = written.replace(/^\.\//, "");
    const bytes = files.get(name);
    if (bytes === undefined) return { issues: [notThere(manifest, path, written)], warnings: [] };
    // What several places name is opened once, however many there are.
    const question = `${keys} ${name}`;
    if (looked.has(question)) return { issues: [], warnings: [] };
    looked.add(question);
    const file = `${app.file}/${name}`;
    const kind = Object.values(IconKind).find((icon) => keys === `icons.${icon}`);
    if (kind !== undefined) return checkIcon(file, bytes, kind);
    const hasTexts = withTexts && keys.startsWith("localizationInfo.");
    return { issues: hasTexts ? checkTexts(file, bytes, version) : [], warnings: [] };
  });
  return {
    issues: found.flatMap(({ issues }) => issues),
    warnings: found.flatMap(({ warnings }) => warnings),
  };
}

function notThere(manifest: JsonText, path: DocumentPath, name: string): Issue {
  return {
    path: placeIn(manifest, path),
    rule: "must name a file that is in the package",
    whose: "Microsoft Teams",
    got: shown(name),
    fix: fixFor(name, "Put the file in, or correct the name; upper and lower case count."),
  };
}

interface NamedFile {
  readonly path: DocumentPath;
  readonly name: string;
  /** The path's names without the numbers: `localizationInfo.additionalLanguages.file`. */
  readonly keys: string;
}

const FILE_KEYS = new Set([
  "file",
  "defaultLanguageFile",
  "apiSpecificationFile",
  "apiResponseRenderingTemplateFile",
  "color",
  "outline",
  "color32x32",
]);
const COLOURS = /^icons\.(color|outline|color32x32)$/;

function namedFiles(value: unknown, path: DocumentPath = []): NamedFile[] {
  if (typeof value === "object" && value !== null) {
    const isList = Array.isArray(value);
    return Object.entries(value).flatMap(([key, inner]) =>
      namedFiles(inner, [...path, isList ? Number(key) : key]),
    );
  }
  const last = path.at(-1);
  if (typeof value !== "string" || typeof last !== "string" || !FILE_KEYS.has(last)) return [];
  const keys = path.filter((part) => typeof part === "string").join(".");
  const isIcon = COLOURS.test(keys);
  if (!isIcon && (last === "color" || last === "outline" || last === "color32x32")) return [];
  return /^https?:/i.test(value) && !isIcon ? [] : [{ path, name: value, keys }];
}

/** Localisations have a schema from version 1.5 on. */
function checkTexts(file: string, bytes: Uint8Array, version: string): Issue[] {
  const { document, issues } = readJsonText(file, bytes);
  if (document === undefined || !isAtLeast(version, "1.5")) return issues;
  return checkAgainstSchema(document.value, version, SchemaOf.Localization).map((problem) =>
    locate(document, problem),
  );
}

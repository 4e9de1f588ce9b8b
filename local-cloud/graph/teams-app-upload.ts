// What Graph looks at in an app package before it takes it into the catalogue ("Publish teamsApp", error responses). A minimal
// check of its own: it must not agree with the mistakes of whoever built the package.
import { unzipSync } from "fflate";

/** One entry of `innerError.details`. */
export interface UploadProblem {
  readonly code: string;
  readonly message: string;
  readonly target: string;
}

/** What the catalogue keeps of a manifest. */
export interface UploadedApp {
  /** The manifest's `id`. */
  readonly externalId: string;
  readonly version: string;
  readonly displayName: string;
  readonly shortDescription: string;
  readonly description: string;
  readonly azureADAppId: string | null;
  readonly botId: string | null;
  readonly resourceSpecificPermissions: readonly { name: string; type: string }[];
}

const MOST_BYTES = 50 * 1024 * 1024;

/** The app in the package, or what Graph would list as wrong with it. */
export function readUpload(zip: Uint8Array): UploadedApp | { readonly problems: UploadProblem[] } {
  const files = unzipped(zip);
  if (files === undefined) return { problems: [missing("manifest.json")] };
  const text = files["manifest.json"];
  if (text === undefined) return { problems: [missing("manifest.json")] };
  const manifest = json(text);
  if (manifest === undefined) {
    const message = "The file could not be parsed as a JSON object.";
    return {
      problems: [{ code: "Serialization_FileNotValidJson", message, target: "manifest.json" }],
    };
  }
  const at = (path: string) => member(manifest, path);
  const problems = [
    ...REQUIRED.filter((path) => at(path) === undefined).map(required),
    ...[...GUIDS, ...PAGES].flatMap(([path, pattern]) => mismatch(path, at(path), pattern)),
    ...LENGTHS.flatMap(([path, most]) => tooLong(path, at(path), most)),
    ...badVersion(at("version")),
    ...["icons.color", "icons.outline"].flatMap((path) => {
      const name = String(at(path) ?? "").replace(/^\.\//, "");
      return at(path) === undefined || files[name] !== undefined ? [] : [missing(name)];
    }),
  ];
  if (problems.length > 0) return { problems };
  return {
    externalId: String(at("id")).toLowerCase(),
    version: String(at("version")),
    displayName: String(at("name.short")),
    shortDescription: String(at("description.short")),
    description: String(at("description.full")),
    azureADAppId: textOrNull(at("webApplicationInfo.id")),
    botId: textOrNull(at("bots.0.botId")),
    resourceSpecificPermissions: permissions(at("authorization.permissions.resourceSpecific")),
  };
}

const REQUIRED = [
  "manifestVersion",
  "version",
  "id",
  "developer.name",
  "developer.websiteUrl",
  "developer.privacyUrl",
  "developer.termsOfUseUrl",
  "name.short",
  "description.short",
  "description.full",
  "icons.color",
  "icons.outline",
  "accentColor",
];
const GUID = "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$";
const GUIDS: readonly (readonly [string, string])[] = [
  ["id", GUID],
  ["bots.0.botId", GUID],
];
const WEB = "^[Hh][Tt][Tt][Pp][Ss]?://";
const PAGES: readonly (readonly [string, string])[] = [
  ["developer.websiteUrl", WEB],
  ["developer.privacyUrl", WEB],
  ["developer.termsOfUseUrl", WEB],
];
const LENGTHS: readonly (readonly [string, number])[] = [
  ["name.short", 30],
  ["name.full", 100],
  ["description.short", 80],
  ["description.full", 4000],
  ["developer.name", 32],
];

function missing(file: string): UploadProblem {
  const message = `The file ${file} could not be found in the app package.`;
  return { code: "Serialization_FileMissing", message, target: file };
}

function required(target: string): UploadProblem {
  const message = "Required properties are missing from object: [].";
  return { code: "SchemaError_Required", message, target };
}

function mismatch(target: string, value: unknown, pattern: string): UploadProblem[] {
  if (value === undefined || new RegExp(pattern).test(String(value))) return [];
  const message = `String "${String(value)}" does not match regex pattern "${pattern}".`;
  return [{ code: "SchemaError_Pattern", message, target }];
}

function tooLong(target: string, value: unknown, most: number): UploadProblem[] {
  if (typeof value !== "string" || value.length <= most) return [];
  const message = `String "${value}" exceeds maximum length of ${most}.`;
  return [{ code: "SchemaError_MaximumLength", message, target }];
}

function badVersion(version: unknown): UploadProblem[] {
  if (version === undefined || /^\d+(\.\d+){1,2}$/.test(String(version))) return [];
  const message = "App version supports only numbers in the '#.#.#' format.";
  return [{ code: "VersionContainsOnlyNumbersDotSeparated", message, target: "version" }];
}

function unzipped(zip: Uint8Array): Record<string, Uint8Array> | undefined {
  let left = MOST_BYTES;
  try {
    return unzipSync(zip, {
      filter: ({ originalSize }) => {
        left -= originalSize;
        return left >= 0;
      },
    });
  } catch {
    return undefined;
  }
}

function json(text: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(text));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function member(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (within, key) =>
        typeof within === "object" && within !== null && Object.hasOwn(within, key)
          ? Reflect.get(within, key)
          : undefined,
      value,
    );
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function permissions(value: unknown): { name: string; type: string }[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) => ({
    name: String(member(item, "name")),
    type: String(member(item, "type")),
  }));
}

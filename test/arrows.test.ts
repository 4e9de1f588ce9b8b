// Who may import whom. A folder that is not listed here may import nothing of another.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Folder (or file at the top) -> folders whose files it may import, besides its own. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  rules: [],
  "sign-up": ["rules"],
  graph: ["rules"],
  arm: ["rules"],
  files: ["rules"],
  components: ["rules", "graph", "sign-up", "files"],
  commands: ["rules", "graph", "arm", "sign-up", "files"],
  engine: [],
  "local-cloud": [],
  scripts: ["engine", "local-cloud", "index.ts", "rules", "commands", "test"],
  examples: ["components"],
  bench: ["engine", "local-cloud", "scripts", "components", "commands", "test"],
  "index.ts": ["components", "rules"],
};

/** Packages that a folder must never load. */
const FORBIDDEN_PACKAGES: Readonly<Record<string, RegExp>> = {
  rules: /^(@pulumi\/|@microsoft\/|@azure\/|node:(fs|http|https|net|child_process|timers))/,
  commands: /^@pulumi\//,
  // An index loads all that is behind it: see CONTRIBUTING.md.
  components: /^@pulumi\/azure-native(\/\w+\/index\.js)?$/,
  graph: /^@pulumi\//,
  arm: /^@pulumi\//,
  "sign-up": /^(@pulumi\/|@microsoft\/|@azure\/)/,
};

interface Import {
  readonly file: string;
  readonly from: string;
  /** A package's name, or the folder (or top file) that a relative import ends in. */
  readonly to: string;
  readonly isPackage: boolean;
}

function topOf(path: string): string {
  return relative(root, path).split(sep)[0] ?? "";
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("node_modules"))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\b[^"';]*?from\s+"([^"]+)"/gms),
    ...text.matchAll(/^import\s+"([^"]+)"/gm),
    ...text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g),
  ].map((match) => match[1] ?? "");
  return specifiers.map((specifier) => {
    const isPackage = !specifier.startsWith(".");
    const to = isPackage
      ? specifier
      : topOf(resolve(dirname(file), specifier)).replace(/^index\.js$/, "index.ts");
    return { file: relative(root, file), from: topOf(file), to, isPackage };
  });
}

const imports = Object.keys(ALLOWED).flatMap((name) =>
  (name.endsWith(".ts") ? [join(root, name)] : sourceFiles(join(root, name))).flatMap(importsOf),
);

/** `rehearse` alone among the commands stands in for the platform. */
const REHEARSE = join("commands", "rehearse");

describe("the arrows", () => {
  it("are read from real files", () => {
    for (const name of Object.keys(ALLOWED)) {
      expect(imports.some(({ from }) => from === name)).toBe(true);
    }
  });

  it("go only where they are allowed to", () => {
    const wrong = imports
      .filter(({ isPackage, from, to }) => !isPackage && from !== to)
      .filter(({ from, to }) => !(ALLOWED[from] ?? []).includes(to))
      .filter(({ file, to }) => !(file.startsWith(REHEARSE) && to === "local-cloud"))
      .map(({ file, to }) => `${file} -> ${to}`);
    expect(wrong).toEqual([]);
  });

  it("lead no folder to a package that it must not load", () => {
    const wrong = imports
      .filter(({ isPackage, from, to }) => isPackage && FORBIDDEN_PACKAGES[from]?.test(to))
      .map(({ file, to }) => `${file} -> ${to}`);
    expect(wrong).toEqual([]);
  });
});

// The project in a folder and its stack files, as `pulumi` finds them.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { readFile } from "../../files/file-access.js";
import { type Issue, shown } from "../../rules/issue.js";
import { logicalBotName } from "./program.js";

const IN_PROJECT = "Run this in the folder of the Pulumi project.";

const MOST_BYTES = 1024 * 1024;

export interface StackFile {
  /** Name of the stack. */
  readonly stack: string;
  /** Relative to the project. */
  readonly path: string;
  /** Full key to text, objects and lists as JSON, as the engine hands them to a program. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys that are secret: their text stays encrypted. */
  readonly secretKeys: readonly string[];
  /** Why it cannot be read. */
  readonly issues: readonly Issue[];
}

export interface Project {
  readonly name: string;
  /** What the program calls its one bot; undefined where that cannot be told. */
  readonly bot?: string | undefined;
  /** Where its stack files are, relative to the project. */
  readonly folder: string;
  readonly stacks: readonly StackFile[];
}

const ProjectFile = z.object({
  name: z.string(),
  main: z.string().nullish(),
  stackConfigDir: z.string().exactOptional(),
  config: z.record(z.string(), z.unknown()).nullish(),
});

/** The project in the folder, with all its stacks, or why there is none. */
export function readProject(cwd: string): { project?: Project; issues: readonly Issue[] } {
  const { bytes, issues } = readFile(join(cwd, "Pulumi.yaml"), "Pulumi.yaml", MOST_BYTES);
  if (bytes === undefined)
    return { issues: issues.map((issue) => ({ ...issue, fix: IN_PROJECT })) };
  const parsed = ProjectFile.safeParse(yamlOf(bytes));
  if (!parsed.success) return { issues: [noProject()] };
  const { name, main, stackConfigDir = "." } = parsed.data;
  const folder = join(cwd, stackConfigDir);
  const stacks = namesIn(folder).map((stack) => readStack(folder, stackConfigDir, stack, name));
  const bot = logicalBotName(cwd, main ?? undefined);
  return { project: { name, bot, folder: stackConfigDir, stacks }, issues: [] };
}

function noProject(): Issue {
  return {
    path: "Pulumi.yaml",
    rule: "must be the file of a Pulumi project, with its name",
    whose: "Pulumi",
    fix: IN_PROJECT,
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? [])
      .sort();
  } catch {
    return [];
  }
}

const StackYaml = z.object({ config: z.record(z.string(), z.unknown()).nullish() });

function readStack(folder: string, shownFolder: string, stack: string, project: string): StackFile {
  const file = `Pulumi.${stack}.yaml`;
  const path = shownFolder === "." ? file : `${shownFolder}/${file}`;
  const { bytes, issues } = readFile(join(folder, file), path, MOST_BYTES);
  const nothing = { stack, path, values: {}, secretKeys: [] };
  if (bytes === undefined) return { ...nothing, issues };
  const parsed = StackYaml.safeParse(yamlOf(bytes) ?? {});
  if (!parsed.success) return { ...nothing, issues: [notYaml(path)] };
  const entries = Object.entries(parsed.data.config ?? {}).map(
    ([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value] as const,
  );
  const secretKeys = entries.filter(([, value]) => holdsSecret(value)).map(([key]) => key);
  return {
    stack,
    path,
    values: Object.fromEntries(entries.map(([key, value]) => [key, textOf(value)])),
    secretKeys,
    issues: [],
  };
}

function notYaml(path: string): Issue {
  return {
    path,
    rule: "must be YAML with the settings below `config:`",
    whose: "Pulumi",
    fix: "Write each as `  teams-calling-bot:<key>: <value>`.",
  };
}

/** A `secure` value anywhere in it makes the whole key secret. */
function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Object.keys(value).length === 1 && "secure" in value) return true;
  return Object.values(value).some(holdsSecret);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function yamlOf(bytes: Uint8Array): unknown {
  const document = parseDocument(new TextDecoder().decode(bytes));
  return document.errors.length > 0 ? undefined : document.toJS();
}

/** The stack of that name, or the only one; an issue for a name that no file has. */
export function chooseStack(
  { stacks }: Project,
  name: string | undefined,
): { stack?: StackFile; issues: Issue[] } {
  if (name === undefined) {
    const [only] = stacks;
    return stacks.length === 1 && only !== undefined ? { stack: only, issues: [] } : { issues: [] };
  }
  const found = stacks.find(({ stack }) => stack === name);
  if (found !== undefined) return { stack: found, issues: [] };
  const names = stacks.map(({ stack }) => stack).join(", ");
  return {
    issues: [
      {
        path: "--stack",
        rule: "must name a stack that has a file",
        whose: "this package",
        got: shown(name),
        fix: names === "" ? "Make one: pulumi stack init." : `Choose one of ${names}.`,
      },
    ],
  };
}

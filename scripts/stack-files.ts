// The stacks of this project, and the copy of them that a local run works on, so that the work tree
// stays as it is: the engine writes a salt into a stack's file.

import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { makeFolder } from "../local-cloud/index.js";
import { nearest } from "../rules/nearest.js";

const stacksFolder = "stacks";

/** The request cannot be served as it was made; the message is one sentence with what to do. */
export class StackRequestError extends Error {
  override readonly name = "StackRequestError";
}

/** Names of the stacks that have a file, in alphabetical order. */
export async function stackNames(projectFolder: string): Promise<string[]> {
  const files = await readdir(join(projectFolder, stacksFolder));
  return files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}

/**
 * Checks that a stack has a file.
 * @throws StackRequestError with the nearest name and all others
 */
export async function requireStack(projectFolder: string, name: string): Promise<void> {
  const names = await stackNames(projectFolder);
  if (names.includes(name)) return;
  const meant = nearest(name, names);
  const guess = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  throw new StackRequestError(
    `--stack must name a stack that has a file ${stacksFolder}/Pulumi.<stack>.yaml, got "${name}".${guess} There are: ${names.join(", ")}.`,
  );
}

/**
 * Copies Pulumi.yaml and one stack's file into a folder for a local run. The salt of the local
 * passphrase, which the engine wrote there before, is kept.
 * @throws StackRequestError when the file holds secrets that only another secrets provider can read
 */
export async function copyForLocalRun(
  projectFolder: string,
  stackName: string,
  target: string,
): Promise<void> {
  const stackFile = join(stacksFolder, `Pulumi.${stackName}.yaml`);
  makeFolder(join(target, stacksFolder));
  const project = await readFile(join(projectFolder, "Pulumi.yaml"), "utf8");
  // The engine looks for `main` beside Pulumi.yaml, although it is handed the program itself.
  await writeWhole(join(target, "Pulumi.yaml"), project.replace(/^main:.*\n?/m, ""));
  const before = await readFile(join(target, stackFile), "utf8").catch(() => "");
  const source = await readFile(join(projectFolder, stackFile), "utf8");
  refuseBrokenYaml(stackFile, source);
  await writeWhole(join(target, stackFile), localStackFile(stackFile, source, before));
}

/** The engine says of a broken file neither which one nor where. */
function refuseBrokenYaml(path: string, source: string): void {
  const document = parseDocument(source);
  const [problem] = document.errors;
  const config: unknown = problem === undefined ? document.toJS()?.config : undefined;
  const isMapping = typeof config === "object" && config !== null && !Array.isArray(config);
  if (problem === undefined && (config === undefined || config === null || isMapping)) return;
  const line = problem?.linePos?.[0].line;
  const place = line === undefined ? path : `${path}:${line}`;
  const why =
    problem?.message.split("\n")[0]?.replace(/ at line .*$/, "") ?? "config is no mapping";
  throw new StackRequestError(
    `${place} must be YAML with the settings below \`config:\` (Pulumi), and ${why}. Write each as \`  teams-calling-bot:<key>: <value>\`.`,
  );
}

/**
 * A stack's file as a local run needs it: with the local passphrase in place of the secrets provider.
 * @param before the file of the run before, for its salt
 */
function localStackFile(path: string, source: string, before: string): string {
  const holdsSecrets = /^\s+(- )?secure:/m.test(source);
  const otherProvider = /^(secretsprovider|encryptedkey):/m.test(source);
  if (holdsSecrets && otherProvider) {
    throw new StackRequestError(
      `${path} holds secrets that only its own secrets provider can read (Pulumi's rule), so the local cloud cannot run this stack. Use --azure, or copy the stack to one without secrets.`,
    );
  }
  // Its own salt belongs to its own secrets: whether the local passphrase fits is the engine's to say.
  if (holdsSecrets) return source;
  const plain = source.replaceAll(/^(encryptionsalt|secretsprovider|encryptedkey):.*\n?/gm, "");
  const salt = /^encryptionsalt:.*$/m.exec(before)?.[0];
  return salt === undefined ? plain : `${plain.trimEnd()}\n${salt}\n`;
}

async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.unfinished`;
  await writeFile(unfinished, text);
  await rename(unfinished, path);
}

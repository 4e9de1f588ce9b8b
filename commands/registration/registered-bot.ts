// Which bot a command is about: the outputs of a stack, from Pulumi, a file or standard input.
import { resolve } from "node:path";
import { readFile } from "../../files/file-access.js";
import type { Issue } from "../../rules/issue.js";
import { parseOutputs, type StackOutputs } from "../../rules/outputs.js";
import type { Surroundings } from "../surroundings.js";
import { pulumiOutputs } from "./pulumi-outputs.js";
import { standardInput } from "./standard-input.js";

export interface BotSource {
  /** Name of a Pulumi stack. @default the selected stack of the current folder */
  readonly stack?: string;
  /** A file with what `pulumi stack output --json` prints, or `-` for standard input. */
  readonly outputs?: string;
  /** The output that holds the bot, where a program puts out several. @default the only one */
  readonly bot?: string;
}

const MOST_BYTES = 4 * 1024 * 1024;
const INPUT_PATIENCE_MS = 30_000;

/** The outputs of one bot, or what is wrong with them. */
export async function registeredBot(
  surroundings: Surroundings,
  source: BotSource,
): Promise<{ bot?: StackOutputs; issues: Issue[] }> {
  const { value, from, issues } = await outputsOf(surroundings, source);
  if (value === undefined) return { issues };
  const chosen = chooseBot(value, source.bot, from);
  if (chosen.issues.length > 0) return { issues: chosen.issues };
  const { outputs, issues: wrong } = parsedOutputs(chosen.value, from);
  return outputs === undefined ? { issues: wrong } : { bot: outputs, issues: [] };
}

/** One of the bots of a stack. */
export interface NamedBot {
  /** The output that holds it, or the bot's own name where the outputs are the bot. */
  readonly name: string;
  readonly outputs: StackOutputs;
}

/** The outputs of every bot of a stack, or of the one that is named, or what is wrong with any of them. */
export async function registeredBots(
  surroundings: Surroundings,
  source: BotSource,
): Promise<{ bots: NamedBot[]; issues: Issue[] }> {
  const { value, from, issues } = await outputsOf(surroundings, source);
  if (value === undefined) return { bots: [], issues };
  const several = source.bot === undefined && !isBot(value) ? botsIn(value) : [];
  const one = several.length === 0 ? chooseBot(value, source.bot, from) : { issues: [] };
  if (one.issues.length > 0) return { bots: [], issues: one.issues };
  const members = several.length > 0 ? several : [[source.bot, one.value] as const];
  const read = members.map(([name, member]) => ({ name, ...parsedOutputs(member, from) }));
  const wrong = read.flatMap((bot) => bot.issues);
  if (wrong.length > 0) return { bots: [], issues: wrong };
  const bots = read.flatMap(({ name, outputs }) =>
    outputs === undefined ? [] : [{ name: name ?? outputs.botName, outputs }],
  );
  return { bots, issues: [] };
}

async function outputsOf(
  surroundings: Surroundings,
  source: BotSource,
): Promise<{ value?: unknown; from: string; issues: Issue[] }> {
  const { bytes, from, issues } = await bytesOf(surroundings, source);
  if (bytes === undefined) return { from, issues };
  const value = parsedJson(bytes);
  return value === undefined ? { from, issues: [notJson(from)] } : { value, from, issues: [] };
}

/** More wrong outputs than that are none of a bot, whatever each of them is. */
const MOST_ISSUES = 3;

function parsedOutputs(value: unknown, from: string): ReturnType<typeof parseOutputs> {
  const { issues, ...read } = parseOutputs(value);
  if (issues.length > MOST_ISSUES) return { issues: [notOfBot(issues, from)] };
  return { ...read, issues: issues.map((issue) => ({ ...issue, path: `${from}: ${issue.path}` })) };
}

function notOfBot(issues: readonly Issue[], from: string): Issue {
  const names = [...new Set(issues.map(({ path }) => path.split(/[.[]/)[0]))];
  return {
    path: from,
    rule: `must hold the outputs of a bot, and these are missing or wrong: ${names.join(", ")}`,
    whose: "this package",
    fix: "Take what pulumi stack output --json prints for a stack that was deployed with this version of the package, unchanged.",
  };
}

interface Bytes {
  readonly bytes?: Uint8Array;
  /** How messages call it. */
  readonly from: string;
  readonly issues: Issue[];
}

async function bytesOf(surroundings: Surroundings, source: BotSource): Promise<Bytes> {
  const { stack, outputs } = source;
  if (outputs === undefined) {
    const from = stack === undefined ? "the selected stack" : `stack ${stack}`;
    surroundings.progress(`Reading the outputs of ${from} ...`);
    return { from, ...(await pulumiOutputs(surroundings, stack)) };
  }
  if (outputs === "-") {
    const limits = { mostBytes: MOST_BYTES, patienceMs: INPUT_PATIENCE_MS };
    return { from: "standard input", ...(await standardInput(process.stdin, limits)) };
  }
  return { from: outputs, ...readFile(resolve(surroundings.cwd, outputs), outputs, MOST_BYTES) };
}

/** JSON in UTF-8 or, as the shell of Windows writes it, UTF-16; with or without a byte-order mark. */
function parsedJson(bytes: Uint8Array): unknown {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(utf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The outputs themselves, or the one output that holds a bot. */
function chooseBot(
  value: unknown,
  name: string | undefined,
  from: string,
): { value?: unknown; issues: Issue[] } {
  const bots = botsIn(value);
  const names = bots.map(([found]) => found).join(", ");
  const whose = "this package";
  if (name !== undefined) {
    const found = bots.find(([bot]) => bot === name);
    if (found !== undefined) return { value: found[1], issues: [] };
    const rule = `must name an output of ${from} that holds a bot`;
    const fix = names === "" ? "Leave it out: there is no such output." : `Choose one of ${names}.`;
    return { issues: [{ path: "--bot", rule, whose, got: name, fix }] };
  }
  if (bots.length === 0 && !isBot(value)) return { issues: [noBot(value, from)] };
  if (isBot(value)) return { value, issues: [] };
  if (bots.length === 1) return { value: bots[0]?.[1], issues: [] };
  const rule = "must be one bot, and there are several";
  return { issues: [{ path: from, rule, whose, fix: `Choose with --bot one of ${names}.` }] };
}

/** The outputs that hold a bot, by name. */
function botsIn(value: unknown): (readonly [string, unknown])[] {
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return members.filter(([, member]) => isBot(member));
}

function isBot(value: unknown): boolean {
  return typeof value === "object" && value !== null && "schemaVersion" in value;
}

function noBot(value: unknown, from: string): Issue {
  const names = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const list = `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", ..." : ""}`;
  return {
    path: from,
    rule: "must hold the outputs of a bot",
    whose: "this package",
    got: names.length === 0 ? "no outputs" : `only ${list}`,
    fix: "Choose a stack that has been deployed, and whose program puts out what stackOutputs(bot) returns.",
  };
}

function notJson(from: string): Issue {
  return {
    path: from,
    rule: "must be the JSON that pulumi stack output --json prints",
    whose: "this package",
    fix: "Run pulumi stack output --json again; an update that failed puts out nothing.",
  };
}

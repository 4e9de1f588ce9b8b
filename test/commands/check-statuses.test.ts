// The table of checks and statuses: for every status that a check can give, some test shows it. What a check can give follows
// from its code, which imports a function for each; what is shown follows from the tests' own text.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { Status } from "../../commands/checks/check.js";
import { DOCTOR_CHECKS } from "../../commands/doctor/doctor-checks.js";
import { VERIFY_CHECKS } from "../../commands/verify/verify-checks.js";
import { projectRoot } from "../../scripts/project-paths.js";

const CHECKS = [
  ...DOCTOR_CHECKS.map(({ id }) => ({ id, file: `commands/doctor/checks/${id}.ts` })),
  ...VERIFY_CHECKS.map(({ id }) => ({ id, file: `commands/verify/checks/${id}.ts` })),
];

const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");

/** A file's imports of values, and where from, relative to the project. */
function importsOf(file: string): { names: string[]; from: string }[] {
  return [...read(file).matchAll(/^import \{([^}]*)\} from "(\.[^"]+)\.js";$/gm)].map(
    ([, names = "", from = ""]) => ({
      names: names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "" && !name.startsWith("type ")),
      from: `${join(dirname(file), from)}.ts`.replaceAll("\\", "/"),
    }),
  );
}

/** Statuses that a check's own code, and whatever of the commands it calls, can give. */
function possible(file: string, seen = new Set<string>()): Set<Status> {
  const found = new Set<Status>();
  if (seen.has(file)) return found;
  seen.add(file);
  for (const { names, from } of importsOf(file)) {
    if (names.length === 0) continue;
    if (from === "commands/checks/check.ts") {
      for (const status of Object.values(Status)) if (names.includes(status)) found.add(status);
    } else if (from === "commands/checks/cannot-tell.ts") {
      found.add(Status.Skip);
    } else if (from.startsWith("commands/")) {
      for (const status of possible(from, seen)) found.add(status);
    }
  }
  return found;
}

/** Every `it`, with the table that it runs over and the functions of its file that it calls. */
const BLOCKS: readonly string[] = readdirSync(resolve(projectRoot, "test/commands"))
  .filter((name) => name.endsWith(".test.ts") && name !== basename(import.meta.filename))
  .flatMap((name) => {
    const text = read(`test/commands/${name}`);
    const blocks = text.split(/^(?= *it(?:\.each\S*)?[(<])/m).slice(1);
    return blocks.map((block) => `${block}${tableOf(block, text)}${calledBy(block, text)}`);
  });

function tableOf(block: string, text: string): string {
  const [, table] = /^ *it\.each\(([A-Z]\w*)\)/.exec(block) ?? [];
  if (table === undefined) return "";
  return new RegExp(`^const ${table}\\b[\\s\\S]*?^\\];`, "m").exec(text)?.[0] ?? "";
}

function calledBy(block: string, text: string): string {
  const helpers = [...text.matchAll(/^( *)(?:async )?function (\w+)\([\s\S]*?^\1\}$/gm)];
  return helpers
    .filter(([, , name]) => block.includes(`${name}(`))
    .map(([body]) => body)
    .join("\n");
}

/** Whether a test says of the check that it came out so: by its id, or by what judges its readings. */
function shows(block: string, { id, file }: (typeof CHECKS)[number], status: Status): boolean {
  const all = "(pass|warn|fail|skip)";
  const stated = [
    ...block.matchAll(new RegExp(`(?:^|[\\s{"'])${id}["']?\\]?:\\s*"${all}"`, "g")),
    ...block.matchAll(new RegExp(`"${id}"[\\])]+\\)?\\.toBe\\("${all}"\\)`, "g")),
  ];
  if (stated.length > 0) return stated.some(([, said]) => said === status);
  const judges = [...read(file).matchAll(/^export function (judge\w+)/gm)].map(
    ([, name]) => `${name}(`,
  );
  if (![`"${id}"`, ...judges].some((one) => block.includes(one))) return false;
  const isUnknown = status === Status.Skip && /\.toThrow\(/.test(block);
  return isUnknown || new RegExp(`["'/^(\`]${status}\\b`).test(block);
}

describe("every status that a check can give", () => {
  it.each(CHECKS)("$id is shown by a test", (check) => {
    const statuses = possible(check.file);
    expect(statuses.size).toBeGreaterThan(0);
    const unshown = [...statuses].filter(
      (status) => !BLOCKS.some((block) => shows(block, check, status)),
    );
    expect(unshown).toEqual([]);
  });
});

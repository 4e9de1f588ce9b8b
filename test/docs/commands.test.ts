// Every command that the documentation shows is tried as it stands there.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeArguments } from "../../scripts/node-arguments.js";
import { projectRoot } from "../../scripts/project-paths.js";

const MAIN = new URL("../../commands/main.ts", import.meta.url);
const PAGES = [
  "README.md",
  ...readdirSync(join(projectRoot, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

/** Command lines of this package in the pages' shell examples, without comments, in one line each. */
const SHOWN = PAGES.flatMap((page) => {
  const text = readFileSync(join(projectRoot, page), "utf8").replaceAll("\\\n", " ");
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/ # .*/, "").trim())
    .filter((line) => line.startsWith("teams-calling-bot "));
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "docs-"));
  cpSync(join(projectRoot, "stacks"), join(folder, "stacks"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As a shell takes a line apart that has no quotes but double ones. */
function words(line: string): string[] {
  const plain = line.replaceAll("<app id>", "00000000-1111-2222-3333-444444444444");
  return [...plain.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
}

/** What it prints to standard error. */
function run(line: string): Promise<string> {
  // Without Pulumi and without anybody signed in: what has to be right is how the command is called.
  const nowhere = "https://localhost:1";
  const env = { PATH: "", NO_COLOR: "1", AZURE_AUTHORITY_HOST: nowhere, LOCAL_GRAPH_URL: nowhere };
  return new Promise((resolve) => {
    const args = nodeArguments(MAIN, words(line).slice(1));
    execFile(process.execPath, args, { cwd: folder, env, timeout: 60_000 }, (_error, _out, err) =>
      resolve(err),
    );
  });
}

describe("a command of the documentation", () => {
  it("is there for each that this package has", () => {
    const names = new Set(SHOWN.map((line) => words(line).slice(1, 3).join(" ")));
    expect([...names]).toEqual(
      expect.arrayContaining([
        "adopt --bot",
        "consent link",
        "consent status",
        "consent wait",
        "app add-calling",
        "app validate",
        "app package",
        "app publish",
      ]),
    );
  });

  it.each(SHOWN)("is called rightly: %s", async (line) => {
    const err = await run(line);
    // Files and stacks may be missing here; what is refused is never an argument.
    expect(err).not.toContain("(add --help to see what is possible)");
    expect(err).not.toMatch(/^error: --/m);
  });
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { type Screen, showRun } from "../../scripts/show-run.js";
import type { StackOperation } from "../../scripts/stack-run.js";
import { type TinyProject, tinyProject } from "./tiny-stack.js";

let project: TinyProject;
beforeAll(async () => {
  project = await tinyProject();
});
afterAll(() => project.remove());

/** Runs on the real engine and returns what is shown, with times replaced. */
async function shown(operation: StackOperation, screen: Partial<Screen> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const { exitCode, report } = await showRun(await project.open(), {
    operation,
    destination: "local cloud",
    screen: {
      display: { colour: false, diff: false },
      json: false,
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      ...screen,
    },
  });
  const withoutTimes = (lines: string[]) =>
    lines
      .join("\n")
      .replaceAll(/\d+\.\d s/g, "N s")
      .split("\n")
      .map((line) => line.trimEnd());
  return { exitCode, report, out: withoutTimes(out), err: withoutTimes(err) };
}

/** The step lines and what is below them; steps run side by side, so a test sorts or searches them. */
function steps(lines: readonly string[]): string[] {
  const end = lines.findIndex((line) => ["", "Outputs", "Warning"].includes(line));
  return lines.slice(1, end).filter((line) => !line.startsWith("   the value"));
}

function stepLine(symbol: string, name: string, word: string): string {
  return ` ${symbol} ${"pulumi:Stash".padEnd(40)} ${name.padEnd(28)} ${word}`;
}

it("shows a preview without doing it", async () => {
  const { exitCode, out, err } = await shown("preview");
  expect(exitCode).toBe(0);
  expect(err).toEqual([""]);
  expect(out[0]).toBe("Previewing stack dev on the local cloud");
  expect(out[1]).toBe("   the value is one");
  expect(steps(out).sort()).toEqual(
    [stepLine("+", "pair-nested", "create"), stepLine("+", "pair-plain", "create")].sort(),
  );
  expect(out.slice(-2)).toEqual(["", "2 to create (N s)"]);
});

it("shows each created resource with its time, the outputs without secrets, and the counts", async () => {
  const { exitCode, out } = await shown("up");
  expect(exitCode).toBe(0);
  expect(steps(out).sort()).toEqual(
    [
      stepLine("+", "pair-nested", "created N s"),
      stepLine("+", "pair-plain", "created N s"),
    ].sort(),
  );
  expect(out.slice(out.indexOf("Outputs"))).toEqual([
    "Outputs",
    "  hidden: [secret]",
    "  nested:",
    "    empty: []",
    "    list:",
    "      - id: 1",
    "        name: a",
    "  value: one",
    "",
    "2 created (N s)",
  ]);
  expect(out.join("\n")).not.toContain("a-secret-value");
});

it("says that nothing changes when nothing does", async () => {
  const { out } = await shown("up");
  expect(steps(out)).toEqual([]);
  expect(out.at(-1)).toBe("nothing to change, 2 unchanged (N s)");
});

it("shows what an update changes, never a secret, and warnings once at the end", async () => {
  project.settings.value = "two";
  const preview = await shown("preview");
  expect(steps(preview.out)).toContain("      input: one -> two");
  expect(preview.out).toContain(
    '      input: {"hidden":"[secret]","list":["one"]} -> {"hidden":"[secret]","list":["two"]}',
  );
  const { out } = await shown("up");
  expect(steps(out)).toContain(stepLine("~", "pair-plain", "updated N s"));
  expect(out.slice(out.indexOf("Warning"), out.indexOf("Outputs"))).toEqual([
    "Warning",
    "  two is a large value",
    "",
  ]);
  expect(out.at(-1)).toBe("2 updated (N s)");
});

it("prints one JSON object and nothing else when asked to", async () => {
  const { out, err } = await shown("up", { json: true });
  expect(JSON.parse(out.join("\n"))).toEqual({
    operation: "up",
    stack: "dev",
    destination: "local cloud",
    result: "succeeded",
    unchanged: 2,
    steps: [],
    messages: [{ severity: "warning", text: "two is a large value" }],
    errors: [],
    outputs: {
      value: "two",
      hidden: "[secret]",
      nested: { list: [{ id: 1, name: "a" }], empty: [] },
    },
  });
  expect(err).toEqual([""]);
});

it("finds everything unchanged in a refresh", async () => {
  const { exitCode, out } = await shown("refresh");
  expect(exitCode).toBe(0);
  expect(out.at(-1)).toBe("nothing to change, 2 unchanged (N s)");
});

it("shows the error of a program once, without a stack trace, and exits with 1", async () => {
  project.settings.failure = "config is not what it should be.";
  const { exitCode, out, err } = await shown("up");
  delete project.settings.failure;
  expect(exitCode).toBe(1);
  expect(out).toEqual([
    "Deploying stack dev on the local cloud",
    "   the value is two",
    "",
    "Error",
    "  config is not what it should be.",
  ]);
  expect(err).toEqual(["", "up of stack dev failed. Nothing was changed."]);
});

it("says what a destroy does", async () => {
  const { exitCode, out } = await shown("destroy");
  expect(exitCode).toBe(0);
  expect(steps(out).sort()).toEqual(
    [
      stepLine("-", "pair-nested", "deleted N s"),
      stepLine("-", "pair-plain", "deleted N s"),
    ].sort(),
  );
  expect(out.at(-1)).toBe("2 deleted (N s)");
});

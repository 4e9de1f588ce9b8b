import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { expect, it } from "vitest";
import { countsText, stepLines } from "../../scripts/stack-display.js";
import { createReport, shortType } from "../../scripts/stack-report.js";

const bot = "azure-native:botservice:Bot";

function metadata(op: OpType, overrides: Partial<StepEventMetadata> = {}): StepEventMetadata {
  const urn = `urn:pulumi:dev::project::${bot}::bot`;
  const state = {
    type: bot,
    urn,
    id: "id",
    parent: "",
    provider: "",
    custom: true,
    inputs: { kind: "azurebot" },
    outputs: {},
  };
  return { op, urn, type: bot, provider: "", new: state, ...overrides };
}

function before(op: OpType): EngineEvent {
  return { sequence: 0, timestamp: 0, resourcePreEvent: { metadata: metadata(op) } };
}

function after(op: OpType, planning = false): EngineEvent {
  return { sequence: 0, timestamp: 0, resOutputsEvent: { metadata: metadata(op), planning } };
}

function message(severity: "info" | "warning" | "error", text: string, urn = ""): EngineEvent {
  return {
    sequence: 0,
    timestamp: 0,
    diagnosticEvent: { severity, message: text, color: "never", urn },
  };
}

it("counts a replacement once and shows both of its steps", () => {
  const report = createReport();
  for (const op of ["create-replacement", "replace", "delete-replaced"] as const) {
    report.take(before(op));
    report.take(after(op));
  }
  expect(report.steps.map(({ kind }) => kind)).toEqual(["replace", "delete-replaced"]);
  expect(countsText(report)).toBe("1 replaced");
});

it("shows one step for a planned replacement", () => {
  const report = createReport();
  for (const op of ["create-replacement", "replace", "delete-replaced"] as const) {
    report.take(after(op, true));
  }
  expect(countsText(report)).toBe("1 to replace");
});

it("measures a step by its own clock and forgets it when it ends", () => {
  let now = 1_000;
  const report = createReport(() => now);
  report.take(before("create"));
  expect(report.running).toEqual([{ at: 1_000, kind: "create", name: "bot" }]);
  now = 3_500;
  const step = report.take(after("create"));
  expect(step).toMatchObject({ kind: "create", milliseconds: 2_500, failed: false });
  expect(report.running).toEqual([]);
});

it("counts what a refresh finds unchanged, and lists what it finds gone", () => {
  const report = createReport();
  report.take(before("refresh"));
  report.take(after("same"));
  report.take(before("refresh"));
  const gone = report.take(after("delete"));
  if (gone === undefined || !("kind" in gone)) throw new Error("What is gone is news.");
  expect(stepLines(gone, { colour: false, diff: false })[0]).toMatch(/^ - .* is gone/);
  report.take(before("refresh"));
  expect(report.take(after("update"))).toMatchObject({ kind: "changed" });
  expect(countsText(report)).toBe("1 gone, 1 changed, 1 unchanged");
});

it("marks a failed step and counts it as failed", () => {
  const report = createReport(() => 0);
  report.take(before("create"));
  const step = report.take({
    sequence: 0,
    timestamp: 0,
    resOpFailedEvent: { metadata: metadata("create"), status: 1, steps: 1 },
  });
  if (step === undefined || !("kind" in step)) throw new Error("A failed step is news.");
  expect(stepLines(step, { colour: false, diff: false })).toEqual([
    ` x ${bot.padEnd(40)} ${"bot".padEnd(28)} not created 0.0 s`,
  ]);
  expect(countsText(report)).toBe("1 failed");
});

it("leaves out components, providers and the stack itself", () => {
  const report = createReport();
  const component = metadata("create");
  if (component.new !== undefined) delete component.new.custom;
  report.take({ sequence: 0, timestamp: 0, resOutputsEvent: { metadata: component } });
  report.take({
    sequence: 0,
    timestamp: 0,
    resOutputsEvent: { metadata: metadata("create", { type: "pulumi:providers:azuread" }) },
  });
  expect(report.steps).toEqual([]);
});

it("keeps each message once, without colour marks, stack traces and repeated failures", () => {
  const report = createReport();
  const urn = `urn:pulumi:dev::project::${bot}::bot`;
  report.take(message("error", "<{%reset%}>Status=400 name is taken<{%reset%}>\n", urn));
  report.take(message("error", "Status=400 name is taken\n", urn));
  report.take(message("error", "update failed\n"));
  report.take(
    message("error", "Unhandled exception: Error: boom\n    at Object.program (/a.ts:1:2)\n"),
  );
  report.take(message("error", "boom\n"));
  expect(report.messages).toEqual([
    { severity: "error", text: "Status=400 name is taken", resource: "bot" },
    { severity: "error", text: "boom", resource: undefined },
  ]);
});

it("gives notes of the program once and at once", () => {
  const report = createReport();
  expect(report.take(message("info", "why: a\n"))).toEqual({
    severity: "info",
    text: "why: a",
    resource: undefined,
  });
  expect(report.take(message("info", "why: a\n"))).toBeUndefined();
  expect(report.messages).toEqual([]);
});

it("shows all inputs of what is created when asked for the difference", () => {
  const step = createReport(() => 0).take(after("create", true));
  if (step === undefined || !("kind" in step)) throw new Error("A planned step is news.");
  expect(stepLines(step, { colour: false, diff: true })).toEqual([
    ` + ${bot.padEnd(40)} ${"bot".padEnd(28)} create`,
    "      kind: azurebot",
  ]);
});

it("shortens the types of bridged providers only", () => {
  expect(
    ["azuread:index/application:Application", bot, "pulumi:index:Stash"].map(shortType),
  ).toEqual(["azuread:Application", bot, "pulumi:Stash"]);
});

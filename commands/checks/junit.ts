// Results as a JUnit file, which pipelines show as a page of tests (the format has no one definition; this is the part of it
// that GitHub Actions, Azure Pipelines and GitLab all read).
import { Status } from "./check.js";
import { type CheckResult, Unknown } from "./run-checks.js";

/** A whole file. A check that could not run is an error, one that does not apply is skipped, a warning passes with its text. */
export function junitXml(suite: string, results: readonly CheckResult[]): string {
  const errors = results.filter(({ unknown }) => unknown !== undefined).length;
  const failures = results.filter(({ status }) => status === Status.Fail).length;
  const skipped = results.filter(({ status }) => status === Status.Skip).length - errors;
  const time = seconds(Math.max(0, ...results.map(({ milliseconds }) => milliseconds)));
  const counts = `tests="${results.length}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${time}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(suite)}" ${counts}>`,
    ...results.map((result) => testCase(suite, result)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(suite: string, result: CheckResult): string {
  const { id, bot, title, milliseconds } = result;
  const className = bot === undefined ? suite : `${suite}.${bot}`;
  const open = `    <testcase classname="${escaped(className)}" name="${escaped(`${id}: ${title}`)}" time="${seconds(milliseconds)}">`;
  return `${open}${verdictOf(result)}</testcase>`;
}

function verdictOf({ status, finding, advice, unknown }: CheckResult): string {
  const text = escaped([finding, advice].filter(Boolean).join(" "));
  const message = `message="${escaped(finding)}"`;
  if (unknown !== undefined) {
    return `<error type="${unknown === Unknown.Crashed ? "crashed" : unknown}" ${message}>${text}</error>`;
  }
  if (status === Status.Fail) return `<failure ${message}>${text}</failure>`;
  if (status === Status.Skip) return `<skipped ${message}/>`;
  return status === Status.Warn ? `<system-out>warning: ${text}</system-out>` : "";
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

/** Text for XML 1.0, which has no place at all for control characters. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "?")
    .replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character);
}

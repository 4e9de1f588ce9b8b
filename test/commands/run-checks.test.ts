import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import { CannotTell } from "../../commands/checks/cannot-tell.js";
import { type Check, fail, pass, skip, warn } from "../../commands/checks/check.js";
import { changesReport } from "../../commands/checks/checks-report.js";
import { junitXml } from "../../commands/checks/junit.js";
import { resultLines } from "../../commands/checks/result-lines.js";
import { runChecks, Unknown } from "../../commands/checks/run-checks.js";
import { exitCodeOf } from "../../commands/checks/verdict.js";

const check = (id: string, run: Check<undefined>["run"]): Check<undefined> => ({
  id,
  title: `${id} is well`,
  run,
});
const good = check("good", async () => pass("All is well."));
const weak = check("weak", async () => warn("It will end soon.", "Renew it."));
const bad = check("bad", async () => fail("It is gone.", "Make it again."));
const none = check("none", async () => skip("There is nothing to look at."));
const unread = check("unread", async () => {
  throw new CannotTell("The directory could not be read.", "Sign in.");
});
const broken = check("broken", async () => {
  throw new TypeError("x is undefined\n    at somewhere");
});
const endless = check("endless", () => new Promise(() => {}));

const run = (checks: readonly Check<undefined>[], options = {}) =>
  runChecks(
    checks.map((one) => ({ check: one, context: undefined })),
    { limitMs: 60, ...options },
  );
const plain = createColors(false);

describe("checks", () => {
  it("run side by side, and each ends within its limit whatever it does", async () => {
    const waiting: string[] = [];
    const began = performance.now();
    const results = await run([good, endless, broken, unread, endless], {
      waiting: (ids: readonly string[]) => waiting.push(...ids),
      everyMs: 20,
    });
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(results.map(({ id, status, unknown }) => [id, status, unknown])).toEqual([
      ["good", "pass", undefined],
      ["endless", "skip", Unknown.TimedOut],
      ["broken", "skip", Unknown.Crashed],
      ["unread", "skip", Unknown.Unread],
      ["endless", "skip", Unknown.TimedOut],
    ]);
    expect(new Set(waiting)).toEqual(new Set(["endless"]));
    expect(results[2]?.finding).toBe("The check itself failed: TypeError: x is undefined");
  });

  it("wait for their turn when there are many, and keep their order", async () => {
    let running = 0;
    let most = 0;
    const counted = Array.from({ length: 9 }, (_, i) =>
      check(`c${i}`, async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5 * ((i * 7) % 3)));
        running -= 1;
        return pass("Done.");
      }),
    );
    const results = await run(counted, { atOnce: 4, limitMs: 5_000 });
    expect(results.map(({ id }) => id)).toEqual(counted.map(({ id }) => id));
    expect(most).toBe(4);
  });

  it("tell the check that its time is over", async () => {
    let aborted = false;
    const listening = check("listening", async (_, signal) => {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      return new Promise(() => {});
    });
    await run([listening]);
    expect(aborted).toBe(true);
  });

  it.each([
    ["what passes, warns or does not apply", [good, weak, none], 0],
    ["a failure, whatever else there is", [bad, unread, broken], 1],
    ["something that could not be looked at", [good, unread], 2],
    ["an error of a check", [good, broken], 2],
    ["no checks at all", [], 2],
  ])("end with the exit code of %s", async (_, checks, expected) => {
    expect(exitCodeOf(await run(checks))).toBe(expected);
  });

  it("are printed with failures last, and what to do below each", async () => {
    const results = await run([bad, weak, broken, none, good]);
    expect(resultLines(results, plain)).toEqual([
      "ok   good: All is well.",
      "BUG  broken: The check itself failed: TypeError: x is undefined",
      "     This is an error of teams-calling-bot, not of the bot. Report it with this line.",
      "skip none: There is nothing to look at.",
      "warn weak: It will end soon.",
      "     Renew it.",
      "FAIL bad: It is gone.",
      "     Make it again.",
      "1 passed, 1 warning, 2 skipped (1 could not be looked at), 1 failed.",
    ]);
    const coloured = resultLines(results, createColors(true)).join("\n");
    expect(coloured).toContain(`${String.fromCharCode(27)}[31mFAIL`);
  });

  it("have changed when the finding says something else, or counts it unless it measures", async () => {
    const said = (finding: string) =>
      run([check("roles", async () => fail(finding, "Let an administrator consent."))]);
    const before = await said("Calls.Initiate.All is missing after 1.2 s.");
    const slower = await said("Calls.Initiate.All is missing after 3 s.");
    const more = await said("Calls.Initiate.All, Calls.JoinGroupCall.All are missing after 3 s.");
    const changes = (now: typeof before, measuring: string[]) =>
      changesReport(before, now, new Date(0), measuring);
    expect(changes(slower, ["roles"])).toBeUndefined();
    expect(changes(slower, [])?.exitCode).toBe(1);
    expect(changes(more, ["roles"])?.exitCode).toBe(1);
    expect(changes(before, [])).toBeUndefined();
  });

  it("that say the same are printed once", async () => {
    const other = check("other", unread.run);
    expect(resultLines(await run([unread, good, other]), plain)).toEqual([
      "ok   good: All is well.",
      "skip unread, other: The directory could not be read.",
      "     Sign in.",
      "1 passed, 2 skipped (2 could not be looked at).",
    ]);
  });

  it("are a JUnit file in which each way to end has its own element", async () => {
    const xml = junitXml("teams-calling-bot verify", await run([good, weak, bad, none, unread]));
    expect(xml).toContain('tests="5" failures="1" errors="1" skipped="1"');
    expect(xml).toContain('<failure message="It is gone.">It is gone. Make it again.</failure>');
    expect(xml).toContain("<system-out>warning: It will end soon. Renew it.</system-out>");
    expect(xml).toContain('<error type="unread"');
    expect(xml).toContain('<skipped message="There is nothing to look at."/>');
  });

  it("leave no character in a JUnit file that XML does not have", async () => {
    const odd = check("odd", async () => fail(`a${String.fromCharCode(0, 8)}<b>&"`, "c"));
    expect(junitXml("s", await run([odd]))).toContain('message="a??&lt;b&gt;&amp;&quot;"');
  });
});

import { expect, test } from "vitest";
import { KeyedLock } from "../../../../local-cloud/plugins/azuread/keyed-lock.js";
import {
  limitedSignal,
  pause,
  sharedController,
  unlessAborted,
} from "../../../../local-cloud/plugins/wire/cancellable.js";

test("serves many operations at once without a warning on stderr", async () => {
  const warnings: string[] = [];
  const note = ({ message }: Error) => warnings.push(message);
  process.on("warning", note);
  const shared = sharedController();
  const limits = Array.from({ length: 20 }, () => limitedSignal(60, [shared.signal]));
  // Node emits warnings on the next tick.
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  expect(warnings).toEqual([]);
  shared.abort(new Error("stop"));
  expect(limits.every(({ signal }) => signal.aborted)).toBe(true);
  for (const { release } of limits) release();
});

test("ends a wait when the timeout is over or the operation is cancelled", async () => {
  const limit = limitedSignal(0.01, []);
  await expect(pause(60_000, limit.signal)).rejects.toThrow("operation timed out");
  limit.release();
  const given = new AbortController();
  given.abort(new Error("gone"));
  const aborted = limitedSignal(60, [given.signal]);
  await expect(pause(60_000, aborted.signal)).rejects.toThrow("gone");
  await expect(unlessAborted(Promise.resolve(1), aborted.signal)).rejects.toThrow("gone");
  aborted.release();
});

test("lets one hold a key at a time, in order, also after a failure", async () => {
  const lock = new KeyedLock();
  const { signal } = new AbortController();
  const seen: string[] = [];
  const work = (name: string, fails = false) =>
    lock.hold("app", signal, async () => {
      seen.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
    });
  const results = await Promise.allSettled([work("a", true), work("b"), work("c")]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("does not wait for a key longer than the operation lasts, and does not lose the place of others", async () => {
  const lock = new KeyedLock();
  const [patient, hurried] = [new AbortController(), new AbortController()];
  let finish = () => {};
  const first = lock.hold(
    "app",
    patient.signal,
    () =>
      new Promise<void>((done) => {
        finish = done;
      }),
  );
  const second = lock.hold("app", hurried.signal, async () => "second");
  const third = lock.hold("app", patient.signal, async () => "third");
  hurried.abort(new Error("no time"));
  await expect(second).rejects.toThrow("no time");
  finish();
  await first;
  expect(await third).toBe("third");
});

// One holder at a time for each key, in order of arrival.
import { unlessAborted } from "../wire/cancellable.js";

export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs `work` when nobody else holds the key. Rejects when the signal aborts while it waits. */
  async hold<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    let release = () => {};
    const done = new Promise<void>((resolve) => {
      release = resolve;
    });
    const tail = before.then(() => done);
    this.#tails.set(key, tail);
    try {
      await unlessAborted(before, signal);
      return await work();
    } finally {
      release();
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }
}

// The store of a cloud that is to be forgotten: the same questions, answered from memory.
import type { Store } from "./store.js";

/** An empty store. A transaction that throws has changed nothing, as in the one on disk. */
export function memoryStore(): Store {
  let collections = new Map<string, Map<string, unknown>>();
  const of = (collection: string) => {
    const found = collections.get(collection) ?? new Map<string, unknown>();
    collections.set(collection, found);
    return found;
  };
  let depth = 0;
  return {
    get: <T>(collection: string, key: string) => structuredClone(of(collection).get(key)) as T,
    put: (collection, key, value) => {
      of(collection).set(key, structuredClone(value));
    },
    remove: (collection, key) => {
      of(collection).delete(key);
    },
    entries: <T>(collection: string, prefix = "") =>
      [...of(collection)]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([key, value]) => ({ key, value: structuredClone(value) as T })),
    transaction: (work) => {
      if (depth > 0) return work();
      const before = new Map([...collections].map(([name, records]) => [name, new Map(records)]));
      depth += 1;
      try {
        return work();
      } catch (error) {
        collections = before;
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close: async () => {},
  };
}

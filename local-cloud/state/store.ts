// The embedded store under everything the local cloud remembers. What a transaction wrote is on disk when
// it returns and survives a kill -9; what a transaction threw in the middle of is not there at all.
import { open } from "lmdb";

/** Named collections of JSON-like records, ordered by key. */
export interface Store {
  get<T>(collection: string, key: string): T | undefined;
  put<T>(collection: string, key: string, value: T): void;
  remove(collection: string, key: string): void;
  /** All records whose key starts with `prefix` (all of them when left out), in key order, read in full. */
  entries<T>(collection: string, prefix?: string): { key: string; value: T }[];
  /** Runs `work` all or nothing. Synchronous: an await inside would leave the transaction. */
  transaction<T>(work: () => T): T;
  close(): Promise<void>;
}

/** Sorts after every character that a key holds. */
const LAST = "\uffff";

/** Opens (or makes) the store in `folder`. Throws what the library throws when the file is damaged. */
export function openStore(folder: string): Store {
  // One database for all collections: one that is opened inside a transaction is lost when that is rolled back.
  const database = open<unknown, [collection: string, key: string]>({ path: folder });
  return {
    get: <T>(collection: string, key: string) => database.get([collection, key]) as T | undefined,
    put: (collection, key, value) => {
      database.putSync([collection, key], value);
    },
    remove: (collection, key) => {
      database.removeSync([collection, key]);
    },
    entries: <T>(collection: string, prefix = "") =>
      Array.from(
        database.getRange({ start: [collection, prefix], end: [collection, `${prefix}${LAST}`] }),
        ({ key, value }) => ({ key: key[1], value: value as T }),
      ),
    transaction: (work) => database.transactionSync(work),
    close: () => database.close(),
  };
}

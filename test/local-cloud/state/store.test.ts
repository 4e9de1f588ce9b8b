import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryStore } from "../../../local-cloud/state/memory-store.js";
import { openStore, type Store } from "../../../local-cloud/state/store.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ["on disk", () => openStore(folder)],
  ["in memory", memoryStore],
])("the store %s", (_where, open) => {
  let store: Store;
  beforeEach(() => {
    store = open();
  });
  afterEach(() => store.close());

  it("keeps records of each collection apart and lists them in key order", () => {
    store.put("bots", "b", 2);
    store.put("bots", "a", 1);
    store.put("botsAndMore", "a", 3);
    expect(store.entries("bots")).toEqual([
      { key: "a", value: 1 },
      { key: "b", value: 2 },
    ]);
    store.remove("bots", "a");
    expect(store.get("bots", "a")).toBeUndefined();
    expect(store.get("botsAndMore", "a")).toBe(3);
  });

  it("lists only the keys below a prefix", () => {
    for (const key of ["t1/a", "t1/b", "t10/a", "t2/a"]) store.put("objects", key, key);
    expect(store.entries("objects", "t1/").map(({ key }) => key)).toEqual(["t1/a", "t1/b"]);
  });

  it("keeps nothing of a transaction that throws, in old and new collections", () => {
    store.put("old", "a", 1);
    const work = () =>
      store.transaction(() => {
        store.put("old", "a", 2);
        store.put("new", "a", 2);
        throw new Error("no");
      });
    expect(work).toThrow("no");
    expect(store.get("old", "a")).toBe(1);
    expect(store.get("new", "a")).toBeUndefined();
    store.put("new", "a", 3);
    expect(store.get("new", "a")).toBe(3);
  });

  it("shows a transaction what it has written itself", () => {
    const seen = store.transaction(() => {
      store.put("bots", "a", { name: "x" });
      return store.get("bots", "a");
    });
    expect(seen).toEqual({ name: "x" });
  });

  it("keeps what was put, whatever becomes of it afterwards", () => {
    const bot = { tags: ["a"] };
    store.put("bots", "a", bot);
    bot.tags.push("b");
    store.get<typeof bot>("bots", "a")?.tags.push("c");
    expect(store.get("bots", "a")).toEqual({ tags: ["a"] });
  });
});

describe("the store on disk", () => {
  it("has every acknowledged transaction after a kill -9", async () => {
    const writer = new URL("./store-writer.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, ["--import", "tsx", writer, join(folder, "killed")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let acknowledged = 0;
    await new Promise<void>((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        acknowledged = Number(chunk.toString().trim().split("\n").at(-1));
        if (acknowledged > 200) child.kill("SIGKILL");
      });
      child.on("close", () => resolve());
    });
    const reopened = openStore(join(folder, "killed"));
    const pairs = reopened.entries<number>("pairs");
    await reopened.close();
    expect(acknowledged).toBeGreaterThan(200);
    expect(pairs.length).toBeGreaterThanOrEqual(acknowledged * 2);
    expect(pairs.length % 2).toBe(0);
  });
});

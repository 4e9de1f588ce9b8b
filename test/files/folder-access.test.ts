import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeFolderWhole } from "../../files/folder-access.js";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "folder-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const isPage = (name: string) => name.endsWith(".html");
const write = (...files: ReturnType<typeof file>[]) =>
  writeFolderWhole(join(place, "site"), "site", files, isPage);

describe("a folder that is written whole", () => {
  it("is made, and made again without what was there before", () => {
    expect(write(file("a.html", "one"), file("b.html", "two"))).toEqual([]);
    expect(write(file("a.html", "three"))).toEqual([]);
    expect(readdirSync(join(place, "site"))).toEqual(["a.html"]);
    expect(readFileSync(join(place, "site", "a.html"), "utf8")).toBe("three");
    expect(readdirSync(place)).toEqual(["site"]);
  });

  it("stays as it was when it holds something else", () => {
    mkdirSync(join(place, "site"));
    writeFileSync(join(place, "site", "thesis.doc"), "years");
    expect(write(file("a.html", "one")).map(({ rule }) => rule)).toEqual([
      "must be a new or an empty folder, or one that this command wrote, and it holds thesis.doc",
    ]);
    expect(readdirSync(join(place, "site"))).toEqual(["thesis.doc"]);
    expect(readdirSync(place)).toEqual(["site"]);
  });

  it("is not put in the place of a file, and a failure leaves nothing behind", () => {
    writeFileSync(join(place, "site"), "a file");
    expect(write(file("a.html", "one")).map(({ rule }) => rule)).toEqual(["must be a folder"]);
    rmSync(join(place, "site"));
    expect(write(file("no/such/folder.html", "one"))).toHaveLength(1);
    expect(readdirSync(place)).toEqual([]);
  });
});

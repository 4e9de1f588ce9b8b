import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../rules/issue.js";
import { openApp } from "../../../rules/manifest/open-package.js";
import { readZipContent } from "../../../rules/manifest/zip-content.js";
import { readZipDirectory } from "../../../rules/manifest/zip-directory.js";
import { deterministicZip, replaceEntry } from "../../../rules/manifest/zip-write.js";
import { type CraftedEntry, craftedZip } from "./crafted-zip.js";
import { asFile, sampleManifest } from "./sample-manifests.js";

function read(bytes: Uint8Array) {
  const { directory, issues } = readZipDirectory("app.zip", bytes);
  if (directory === undefined) return { issues: issues.map(formatIssue) };
  const content = readZipContent("app.zip", bytes, directory);
  return { files: content.files, directory, issues: content.issues.map(formatIssue) };
}

const one = (entry: Partial<CraftedEntry>) =>
  read(craftedZip([{ name: "a.txt", content: "hello", ...entry }]));
const extraField = (id: number, data: readonly number[]) =>
  Uint8Array.of(id & 255, id >> 8, data.length & 255, data.length >> 8, ...data);
const AGAIN = "Make the zip again from the files themselves.";

describe("a hostile zip", () => {
  it.each<[string, Partial<CraftedEntry>, string]>([
    [
      "a path that leads out",
      { name: "../evil.txt" },
      'app.zip entry "../evil.txt" must not have a path that leads out of the package (Teams app package). Zip the files from inside their folder.',
    ],
    [
      "one that leads out later",
      { name: "a/../../b" },
      'app.zip entry "a/../../b" must not have a path that leads out of the package (Teams app package). Zip the files from inside their folder.',
    ],
    [
      "an absolute path",
      { name: "/etc/passwd" },
      'app.zip entry "/etc/passwd" must not have an absolute path (Teams app package). Zip the files from inside their folder.',
    ],
    [
      "a drive",
      { name: "C:evil" },
      'app.zip entry "C:evil" must not have an absolute path (Teams app package). Zip the files from inside their folder.',
    ],
    [
      "backslashes",
      { name: "..\\evil" },
      `app.zip entry "..\\\\evil" must separate folders with / and not with \\ (Teams app package). ${AGAIN}`,
    ],
    [
      "no name",
      { name: "" },
      `app.zip must hold only entries with a name (Teams app package). ${AGAIN}`,
    ],
    [
      "a control character",
      { name: "a\u0000.txt" },
      `app.zip entry "a\\u0000.txt" must have a name of printable characters (Teams app package). ${AGAIN}`,
    ],
    [
      "a part that is a dot",
      { name: "a/./b" },
      `app.zip entry "a/./b" must have a plain path (Teams app package). ${AGAIN}`,
    ],
    [
      "a link",
      { mode: 0o120777, content: "/etc/passwd" },
      'app.zip entry "a.txt" must be a plain file and not a link (Teams app package). Put in the file itself.',
    ],
    [
      "a device",
      { mode: 0o020666 },
      'app.zip entry "a.txt" must be a plain file and not a special file (Teams app package). Put in the file itself.',
    ],
    [
      "encryption",
      { flags: 1 },
      'app.zip entry "a.txt" must not be encrypted (Teams app package). Make the zip without a password.',
    ],
    [
      "strong encryption",
      { flags: 0x41 },
      'app.zip entry "a.txt" must not be encrypted (Teams app package). Make the zip without a password.',
    ],
    [
      "a rare method",
      { method: 12 },
      `app.zip entry "a.txt" must be stored or deflated (Teams app package). Make the zip with a common tool's usual settings.`,
    ],
    [
      "another name before its data",
      { localName: "b.txt" },
      `app.zip entry "a.txt" must be described alike in both places where a zip does so (Teams app package). ${AGAIN}`,
    ],
    [
      "a second name",
      { extra: extraField(0x7075, [1, 0, 0, 0, 0, ...Buffer.from("../b.txt")]) },
      `app.zip entry "a.txt" must not have a second name (Teams app package). ${AGAIN}`,
    ],
    [
      "a wrong size",
      { size: 4 },
      'app.zip entry "a.txt" must be whole, and its content is damaged (Teams app package). Make the zip again.',
    ],
    [
      "a wrong checksum",
      { crc: 1 },
      'app.zip entry "a.txt" must be whole, and its content is damaged (Teams app package). Make the zip again.',
    ],
    [
      "data elsewhere",
      { offset: 7 },
      `app.zip entry "a.txt" must be a whole zip archive, and this one is damaged (Teams app package). ${AGAIN}`,
    ],
    [
      "a huge size",
      { size: 0xffffffff },
      `app.zip entry "a.txt" must not be in the zip64 format (Teams app package). ${AGAIN}`,
    ],
  ])("with %s is refused in one sentence", (_, entry, sentence) => {
    const { files, issues } = one(entry);
    expect(issues).toEqual([sentence]);
    expect(files).toBeUndefined();
  });

  it("with a name twice is refused, in whatever case", () => {
    expect(read(craftedZip([{ name: "a.txt" }, { name: "A.TXT" }])).issues).toEqual([
      'app.zip entry "A.TXT" must not be there twice (Teams app package). Remove one of the two.',
    ]);
  });

  it("with entries that share their bytes is refused", () => {
    const bytes = craftedZip([
      { name: "a", content: "x" },
      { name: "a2", localName: "a", offset: 0 },
    ]);
    expect(read(bytes).issues[0]).toMatch(/must (be described alike|not share its bytes)/);
    const overlapping = craftedZip([
      { name: "a", content: "x", offset: 0 },
      { name: "a/", localName: "a/" },
    ]);
    expect(read(overlapping).issues).toEqual([]);
  });

  it("with too many entries is refused before any is looked at", () => {
    const many = Array.from({ length: 1001 }, (_, i) => ({ name: `${i}` }));
    expect(read(craftedZip(many)).issues).toEqual([
      "app.zip must hold at most 1000 entries, and this has 1001 (Teams app package). Put in only what the manifest names.",
    ]);
  });

  it("that inflates too far is refused while inflating", () => {
    const { issues } = one({ content: new Uint8Array(10 * 1024 * 1024), method: 8 });
    expect(issues).toEqual([
      'app.zip entry "a.txt" must not inflate to more than 100 times its size (Teams app package). Replace it by a real file: no part of an app shrinks so far.',
    ]);
    expect(one({ content: new Uint8Array(70 * 1024), method: 8, size: 5 }).issues[0]).toContain(
      "100 times",
    );
  });

  it("with too many bytes in all is refused, however they are packed", () => {
    const block = Uint8Array.from({ length: 6 * 1024 * 1024 }, (_, i) => (i * 2654435761) >>> 13);
    const many = Array.from({ length: 9 }, (_, i) => ({ name: `${i}`, content: block }));
    expect(read(craftedZip(many)).issues).toEqual([
      'app.zip entry "8" must not make the package more than 50 MB once inflated (Teams app package). Put in only what the manifest names.',
    ]);
  });

  it("that is no zip, is cut off or claims other numbers is refused", () => {
    const good = craftedZip([{ name: "a", content: "hello hello", method: 8 }]);
    expect(read(new TextEncoder().encode("PK hello")).issues).toEqual([
      "app.zip must be a zip archive (Teams app package). Give the package that Teams would take.",
    ]);
    expect(read(new Uint8Array()).issues[0]).toContain("must be a zip archive");
    expect(read(good.subarray(0, good.length - 1)).issues[0]).toContain("nothing cut off");
    expect(read(good.subarray(0, good.length - 40)).issues[0]).toContain("must be a zip archive");
    expect(read(good.subarray(3)).issues[0]).toContain("damaged");
    expect(read(Uint8Array.of(...good, 0)).issues).toEqual([
      `app.zip must be one whole zip archive, with nothing cut off and nothing behind it (Teams app package). ${AGAIN}`,
    ]);
    const hidden = craftedZip([{ name: "a" }], { comment: "PK\x05\x06 is no comment" });
    expect(read(hidden).issues[0]).toContain("nothing behind it");
    expect(read(craftedZip([{ name: "a" }], { count: 2 })).issues[0]).toContain("damaged");
    expect(read(craftedZip([{ name: "a" }], { count: 0xffff })).issues[0]).toContain("zip64");
  });

  it("never makes the reader throw, whatever byte was changed", () => {
    const good = craftedZip([
      { name: "manifest.json", content: "{}", method: 8 },
      { name: "b", content: "hello", descriptor: true },
    ]);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, end) => {
        const bytes = good.slice(0, end < 20 ? good.length : end);
        bytes[at % bytes.length] = byte;
        const { issues, files } = read(bytes);
        expect(issues.length === 0).toBe(files !== undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a package", () => {
  it("says where its manifest should be", () => {
    const manifest = asFile(sampleManifest("1.17"));
    const open = (name: string) =>
      openApp("app.zip", craftedZip([{ name, content: manifest }])).issues.map(formatIssue);
    expect(open("manifest.json")).toEqual([]);
    expect(open("appPackage/manifest.json")).toEqual([
      'app.zip must have manifest.json at its top (Teams app package), got "appPackage/manifest.json". Zip the files from inside their folder, with that name in lower case.',
    ]);
    expect(open("other.json")[0]).toContain("Put the manifest into it");
  });

  it("is opened as what it is, whatever it is called", () => {
    const zip = craftedZip([{ name: "manifest.json", content: asFile(sampleManifest("1.17")) }]);
    expect(openApp("package", zip).app?.files?.size).toBe(1);
    expect(openApp("manifest", asFile(sampleManifest("1.17"))).app?.files).toBeUndefined();
    expect(openApp("app.zip", asFile("{}")).issues[0]?.rule).toBe("must be a zip archive");
  });
});

describe("exchanging one entry", () => {
  const entries: CraftedEntry[] = [
    { name: "color.png", content: "\u0001\u0002\u0003", descriptor: true },
    { name: "texts/", mode: 0o040755 },
    { name: "manifest.json", content: '{"a": 1}', method: 8, descriptor: true },
    { name: "texts/de.json", content: '{"b": "ü"}', method: 8, mode: 0o100600 },
  ];

  it.each(["", "prefix"])("keeps everything else byte for byte (before it: %j)", (prefix) => {
    const stored = entries.map((entry) =>
      entry.name === "manifest.json" ? { ...entry, method: 0 } : entry,
    );
    const archive = { comment: "made by Contoso", prefix: new TextEncoder().encode(prefix) };
    const before = craftedZip(stored, archive);
    const { directory } = read(before);
    if (directory === undefined) throw new Error("the archive is sound");
    const content = new TextEncoder().encode('{"a": 1, "c": "longer"}');
    const after = replaceEntry(before, directory, "manifest.json", content);
    const expected = craftedZip(
      stored.map((entry) =>
        entry.name === "manifest.json" ? { ...entry, content, descriptor: false } : entry,
      ),
      archive,
    );
    expect(Buffer.from(after).toString("latin1")).toBe(Buffer.from(expected).toString("latin1"));
    const { files, issues } = read(after);
    expect(issues).toEqual([]);
    expect(new TextDecoder().decode(files?.get("manifest.json"))).toBe('{"a": 1, "c": "longer"}');
    expect([...(files?.keys() ?? [])]).toEqual(["color.png", "manifest.json", "texts/de.json"]);
  });

  it("takes the sizes of the old content out of the entry's extra fields", () => {
    const own = extraField(0xcafe, [1, 2]);
    const sizes = extraField(1, [9, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0]);
    const entry = { name: "manifest.json", content: "{}" };
    const before = craftedZip([
      { ...entry, extra: Uint8Array.of(...sizes, ...own), localSizes: 0xffffffff },
    ]);
    const { directory } = read(before);
    if (directory === undefined) throw new Error("the archive is sound");
    const content = new TextEncoder().encode('{"a": 1}');
    const after = replaceEntry(before, directory, "manifest.json", content);
    expect(after).toEqual(craftedZip([{ ...entry, content, extra: own }]));
  });

  it("leaves an archive that other tools can read", () => {
    const before = craftedZip(entries);
    const { directory } = read(before);
    if (directory === undefined) throw new Error("the archive is sound");
    const after = replaceEntry(before, directory, "manifest.json", new TextEncoder().encode("{}"));
    expect(Buffer.from(unzipSync(after)["manifest.json"] ?? []).toString()).toBe("{}");
    const folder = mkdtempSync(join(tmpdir(), "zip-"));
    writeFileSync(join(folder, "a.zip"), after);
    const script =
      "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))";
    expect(
      execFileSync("python3", ["-c", script, join(folder, "a.zip")], { encoding: "utf8" }),
    ).toBe("None 4\n");
    rmSync(folder, { recursive: true });
  });
});

describe("a new zip", () => {
  it("is the same in every time zone and at any time", () => {
    const files = [["manifest.json", new TextEncoder().encode("{}")]] as const;
    const zone = process.env["TZ"];
    const zips = ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu"].map((name) => {
      process.env["TZ"] = name;
      return Buffer.from(deterministicZip(files)).toString("hex");
    });
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
    expect(new Set(zips).size).toBe(1);
    expect(read(deterministicZip(files)).issues).toEqual([]);
  });
});

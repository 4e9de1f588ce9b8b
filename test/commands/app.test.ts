// The command line as a person has it: another process, its exit code, what it prints and what it leaves on disk.
import { execFile } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { packageApp } from "../../commands/app/package-app.js";
import { validateApp } from "../../commands/app/validate-app.js";
import { Cloud } from "../../rules/clouds.js";
import { formatIssue } from "../../rules/issue.js";
import { defaultColorIcon, defaultOutlineIcon } from "../../rules/manifest/default-icons.js";
import { nodeArguments } from "../../scripts/node-arguments.js";
import { craftedZip } from "../rules/manifest/crafted-zip.js";
import { APP_ID, asFile, sampleManifest } from "../rules/manifest/sample-manifests.js";
import { outputsOf } from "./bot-outputs.js";

const MAIN = new URL("../../commands/main.ts", import.meta.url);

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "app-command-"));
});
beforeEach(() => {
  folder = mkdtempSync(join(root, "work-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function teams(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1" };
    execFile(
      process.execPath,
      nodeArguments(MAIN, args),
      { cwd: folder, env },
      (error, out, err) => {
        const code = error === null ? 0 : Number(error.code);
        resolve({ code, out, err });
      },
    );
  });
}

const path = (name: string) => join(folder, name);
const write = (name: string, content: Uint8Array | string) => writeFileSync(path(name), content);
const calling = { bots: [{ botId: APP_ID, scopes: ["personal"], supportsCalling: true }] };
const packageOf = (manifest: Uint8Array, icons: object = {}) => {
  const files = {
    "color.png": defaultColorIcon("#4464EE"),
    "outline.png": defaultOutlineIcon(),
    ...icons,
  };
  return craftedZip([
    ...Object.entries(files).map(([name, content]) => ({ name, content })),
    { name: "manifest.json", content: manifest, method: 8 },
  ]);
};
const SETTINGS = {
  name: { short: "Reception" },
  description: { short: "Answers the telephone." },
  developer: {
    name: "Contoso",
    websiteUrl: "https://contoso.com",
    privacyUrl: "https://contoso.com/privacy",
    termsOfUseUrl: "https://contoso.com/terms",
  },
};

describe("teams-calling-bot", () => {
  it("lists its commands, and loads nothing that the list does not need", async () => {
    const { code, out } = await teams("--help");
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}app +build, check, change and publish the Teams app of the bot$/m);
  });

  it("says what is wrong with the arguments and exits with 2", async () => {
    expect(await teams("app", "add-caling", "x")).toEqual({
      code: 2,
      out: "",
      err: "error: unknown command 'add-caling'\n(Did you mean add-calling?)\n(add --help to see what is possible)\n",
    });
    expect((await teams("app", "validate")).code).toBe(2);
    expect((await teams("app", "validate", "x", "--cloud", "mars")).code).toBe(2);
  });

  it("shows examples in the help of each command", async () => {
    for (const command of ["package", "validate", "add-calling", "publish"]) {
      const { code, out } = await teams("app", command, "--help");
      expect(code).toBe(0);
      expect(out).toContain(`  $ teams-calling-bot app ${command} `);
    }
    const { out } = await teams("help", "app");
    expect(out).toContain("add-calling");
  });
});

describe("app add-calling", () => {
  it("edits a manifest in place, keeps its mode, and changes nothing the second time", async () => {
    const before = new TextDecoder()
      .decode(asFile(sampleManifest("1.16"), "\t"))
      .replaceAll("\n", "\r\n");
    write("manifest.json", before);
    chmodSync(path("manifest.json"), 0o640);
    const first = await teams("app", "add-calling", "manifest.json");
    expect(first).toEqual({
      code: 0,
      out: "manifest.json has calling now.\n  Added bots[0].supportsCalling: true.\nNext: raise version in the manifest, publish the app and reinstall it.\n",
      err: "",
    });
    const after = readFileSync(path("manifest.json"), "utf8");
    expect(after.replace(',\r\n\t\t\t"supportsCalling": true', "")).toBe(before);
    expect(statSync(path("manifest.json")).mode & 0o777).toBe(0o640);
    expect(await teams("app", "add-calling", "manifest.json")).toEqual({
      code: 0,
      out: "manifest.json has calling already; it stays as it is.\n",
      err: "",
    });
    expect(readFileSync(path("manifest.json"), "utf8")).toBe(after);
    expect(readdirSync(folder)).toEqual(["manifest.json"]);
  });

  it("edits a package, keeps the rest, and the result is valid", async () => {
    write("app.zip", packageOf(asFile(sampleManifest("1.17"))));
    const { code, out } = await teams("app", "add-calling", "app.zip", "--video", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      ok: true,
      file: "app.zip",
      changed: true,
      changes: ["Added bots[0].supportsCalling and bots[0].supportsVideo: true."],
      issues: [],
      warnings: [],
    });
    expect(await teams("app", "validate", "app.zip", "--app-id", APP_ID)).toEqual({
      code: 0,
      out: "app.zip is a valid Teams app package of version 1.17.\n",
      err: "",
    });
  });

  it("follows a link and replaces what it points to", async () => {
    mkdirSync(path("real"));
    write("real/manifest.json", asFile(sampleManifest("1.17")));
    symlinkSync(join("real", "manifest.json"), path("manifest.json"));
    expect((await teams("app", "add-calling", "manifest.json")).code).toBe(0);
    expect(readFileSync(path("real/manifest.json"), "utf8")).toContain("supportsCalling");
    expect(readdirSync(path("real"))).toEqual(["manifest.json"]);
  });

  it.each<[string, Uint8Array, string]>([
    [
      "comments",
      asFile('{\n  // mine\n  "manifestVersion": "1.17"\n}'),
      "error: app:2:3 must not contain comments (RFC 8259). Remove this one and any others.",
    ],
    [
      "a byte-order mark",
      Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), asFile(sampleManifest("1.17"))]),
      "error: app:1:1 must not begin with a byte-order mark (RFC 8259). Save the file as UTF-8 without it.",
    ],
    [
      "no JSON",
      asFile("manifestVersion: 1.17"),
      "error: app:1:1 must be JSON (RFC 8259). This is no value: text stands in double quotes.",
    ],
    [
      "an unknown version",
      asFile(sampleManifest("1.17", { manifestVersion: "9.9" })),
      'error: app:3:22 manifestVersion must be a published version of the manifest: 1.0 to 1.30 without 1.18, or devPreview (Microsoft Teams), got "9.9". Write the version that the manifest was written for, such as "1.30".',
    ],
    [
      "an old version",
      asFile(sampleManifest("1.5")),
      'error: app:3:22 manifestVersion must be 1.8 or later for a bot that takes calls (Microsoft Teams), got "1.5". Run the command with --upgrade to raise it to 1.8.',
    ],
    [
      "wrong icons",
      packageOf(asFile(sampleManifest("1.17")), { "outline.png": defaultColorIcon("#000000") }),
      "error: app/outline.png must be 32x32 pixels (Microsoft Teams), got 192x192. Draw it at 32x32 pixels.",
    ],
    [
      "a path outside",
      craftedZip([
        { name: "manifest.json", content: asFile(sampleManifest("1.17")) },
        { name: "../x" },
      ]),
      'error: app entry "../x" must not have a path that leads out of the package (Teams app package). Zip the files from inside their folder.',
    ],
    [
      "a bomb",
      craftedZip([{ name: "manifest.json", content: new Uint8Array(30_000_000), method: 8 }]),
      'error: app entry "manifest.json" must not inflate to more than 100 times its size (Teams app package). Replace it by a real file: no part of an app shrinks so far.',
    ],
  ])(
    "refuses %s in one sentence, without a stack, and writes nothing",
    async (_, content, sentence) => {
      write("app", content);
      expect(await teams("app", "add-calling", "app")).toEqual({
        code: 1,
        out: "",
        err: `${sentence}\nNothing was written.\n`,
      });
      expect(Buffer.from(content).equals(readFileSync(path("app")))).toBe(true);
      expect(readdirSync(folder)).toEqual(["app"]);
    },
  );

  it("says so when there is no such file, or a folder", async () => {
    mkdirSync(path("folder"));
    const missing = await teams("app", "add-calling", "nothing.json");
    expect(missing.err).toBe(
      "error: nothing.json must exist (this package). Check the path; it is relative to the folder you are in.\nNothing was written.\n",
    );
    const directory = await teams("app", "validate", "folder");
    expect(directory).toEqual({
      code: 1,
      out: "",
      err: "error: folder must be a file (this package). Give the path of a file.\n",
    });
  });
});

describe("app validate", () => {
  it("prints every problem for programs", async () => {
    write("manifest.json", asFile(sampleManifest("1.17", { ...calling, id: "x", version: "1" })));
    const { code, out, err } = await teams("app", "validate", "manifest.json", "--json");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const { ok, file, manifestVersion, issues, warnings } = JSON.parse(out);
    expect({ ok, file, manifestVersion, warnings }).toEqual({
      ok: false,
      file: "manifest.json",
      manifestVersion: "1.17",
      warnings: [],
    });
    expect(issues).toEqual([
      {
        path: "manifest.json:5:9 id",
        rule: "must be a GUID",
        whose: "Microsoft Teams manifest schema",
        got: '"x"',
        fix: "Write 8-4-4-4-12 hexadecimal digits.",
        text: 'manifest.json:5:9 id must be a GUID (Microsoft Teams manifest schema), got "x". Write 8-4-4-4-12 hexadecimal digits.',
      },
      expect.objectContaining({ path: "manifest.json:4:14 version" }),
    ]);
  });
});

describe("a command that knows the registration", () => {
  const OTHER = "00000000-1111-2222-3333-444444444444";
  const outputs = outputsOf({ cloud: Cloud.GccHigh, appId: OTHER });
  const surroundings = () => ({
    cwd: folder,
    env: {},
    progress: () => undefined,
    finish: () => undefined,
  });

  it("reads it from outputs as every command does, and an option beats them", async () => {
    write("manifest.json", asFile(sampleManifest("1.17", calling)));
    const text = JSON.stringify({ note: "x", registration: outputs });
    write("outputs.json", Buffer.from(`\ufeff${text}`, "utf16le"));
    const from = { file: "manifest.json", outputs: "outputs.json" };
    const { issues } = await validateApp(surroundings(), from);
    expect(issues.map(({ path, rule }) => `${path.replace(/.* /, "")} ${rule}`)).toEqual([
      "manifestVersion must be 1.10 or earlier in the cloud gccHigh",
      "bots[0].botId must be the app id of the bot that is registered",
      "webApplicationInfo.id must be the app id of the bot that is registered",
    ]);
    const stated = { ...from, cloud: Cloud.Public, appId: APP_ID };
    expect((await validateApp(surroundings(), stated)).issues).toEqual([]);
    write("app.json", JSON.stringify(SETTINGS));
    const packed = { settings: "app.json", outputs: "outputs.json", out: "app.zip" };
    expect((await packageApp(surroundings(), packed)).issues).toEqual([]);
    expect((await validateApp(surroundings(), { ...from, file: "app.zip" })).issues).toEqual([]);
    const unclear = await validateApp(surroundings(), { ...from, bot: "other" });
    expect(unclear.issues[0]?.fix).toBe("Choose one of registration.");
  });

  it("takes one source only", async () => {
    const { code } = await teams("app", "validate", "x", "--app-id", APP_ID, "--outputs", "y");
    expect(code).toBe(2);
  });
});

describe("app package", () => {
  it("builds from JSON, from YAML and from a stack's file: the same bytes each time", async () => {
    write("app.json", JSON.stringify(SETTINGS));
    write(
      "stack.yaml",
      `config:\n  azure-native:location: westeurope\n  my-bot:app: ${JSON.stringify(SETTINGS)}\n`,
    );
    write(
      "app.yaml",
      "app:\n  name: { short: Reception }\n  description: { short: Answers the telephone. }\n  developer:\n    name: Contoso\n    websiteUrl: https://contoso.com\n    privacyUrl: https://contoso.com/privacy\n    termsOfUseUrl: https://contoso.com/terms\n",
    );
    for (const settings of ["app.json", "app.yaml", "stack.yaml"]) {
      const out = `out/${settings}.zip`;
      const ran = await teams("app", "package", settings, "--app-id", APP_ID, "--out", out);
      expect(ran.err).toBe("");
      expect(ran.out).toMatch(
        new RegExp(`^${out} holds the app package, \\d+ bytes\\.\\nsha256 [0-9a-f]{64}\\n$`),
      );
    }
    const files = readdirSync(path("out")).map((name) => readFileSync(path(`out/${name}`)));
    expect(files).toHaveLength(3);
    expect(new Set(files.map((bytes) => bytes.toString("hex"))).size).toBe(1);
    expect((await teams("app", "validate", "out/app.json.zip", "--app-id", APP_ID)).code).toBe(0);
  });

  it("refuses with every problem at once, and writes nothing", async () => {
    write("app.json", JSON.stringify({ ...SETTINGS, name: undefined, version: "1", scope: [] }));
    expect(await teams("app", "package", "app.json", "--out", "app.zip")).toEqual({
      code: 1,
      out: "",
      err: [
        "error: app.name must be given (this package). Add it: the app's name: short, and full if it is longer than 30 characters.",
        'error: app.version must be three numbers with dots between them, the first at least 1 (Microsoft Teams), got "1". Write it as in 1.0.0, in quotes.',
        'error: app.scope is no setting of this package (this package). Write "scopes" instead, or remove it.',
        "error: --app-id must be given, unless --stack or --outputs says which bot (this package). Give the bot's app id, also called client id.",
        "Nothing was written.",
        "",
      ].join("\n"),
    });
    expect(readdirSync(folder)).toEqual(["app.json"]);
  });

  it.each([
    [
      "a key twice",
      "name: {short: a}\nname: {short: b}\n",
      "app.yaml:2:1 must be JSON or YAML, and Map keys must be unique (YAML).",
    ],
    [
      "a bracket that is not closed",
      '{"name": {"short": "a"',
      "app.yaml:1:23 must be JSON or YAML, and Flow map",
    ],
    [
      "aliases of aliases",
      "a: &a [1,1,1]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n",
      "app.yaml must be JSON or YAML, and its aliases stand for too much (YAML).",
    ],
    [
      "no text",
      Uint8Array.of(0xff, 0),
      "app.yaml must be JSON or YAML, and this is no UTF-8 text (YAML).",
    ],
    ["a list", "- a\n", "app must be an object with named settings (this package), got a list."],
    ["nothing", "", "app.yaml must hold the settings of the app, as JSON or YAML (this package)."],
  ])("refuses a file with %s in a sentence with its place", async (_, content, sentence) => {
    write("app.yaml", content);
    const surroundings = {
      cwd: folder,
      env: {},
      progress: () => undefined,
      finish: () => undefined,
    };
    const options = { settings: "app.yaml", appId: APP_ID, out: "x" };
    const { issues, afterIssues } = await packageApp(surroundings, options);
    expect(issues.map(formatIssue)).toEqual([expect.stringContaining(sentence)]);
    expect(afterIssues).toBe("Nothing was written.");
    expect(readdirSync(folder)).toEqual(["app.yaml"]);
  });

  it("uses the icons that are named", async () => {
    const settings = {
      ...SETTINGS,
      icons: { color: "c.png", outline: "o.png" },
      packagePath: "app.zip",
    };
    write("app.json", JSON.stringify(settings));
    write("c.png", defaultColorIcon("#D85028"));
    const missing = await teams("app", "package", "app.json", "--app-id", APP_ID);
    expect(missing.err).toBe(
      "error: app.icons.outline must exist (this package). Check the path; it is relative to the folder you are in.\nNothing was written.\n",
    );
    write("o.png", defaultOutlineIcon());
    expect((await teams("app", "package", "app.json", "--app-id", APP_ID)).code).toBe(0);
    expect(readFileSync(path("app.zip")).includes(Buffer.from(defaultColorIcon("#D85028")))).toBe(
      true,
    );
  });
});

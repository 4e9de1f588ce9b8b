import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { copyForLocalRun, requireStack, stackNames } from "../../scripts/stack-files.js";

let project: string;
let target: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "stack-files-"));
  target = join(project, ".local", "run", "dev");
  await mkdir(join(project, "stacks"));
  await writeFile(join(project, "Pulumi.yaml"), "name: tiny\nmain: index.ts\nruntime: nodejs\n");
  await writeFile(join(project, "stacks", "Pulumi.dev.yaml"), "config:\n  tiny:a: 1\n");
  await writeFile(join(project, "stacks", "Pulumi.prod.yaml"), "config: {}\n");
  await writeFile(join(project, "stacks", "README.md"), "");
});
afterEach(() => rm(project, { recursive: true, force: true }));

function stackFile(folder: string): Promise<string> {
  return readFile(join(folder, "stacks", "Pulumi.dev.yaml"), "utf8");
}

it("a stack is what has a file", async () => {
  expect(await stackNames(project)).toEqual(["dev", "prod"]);
  await expect(requireStack(project, "prod")).resolves.toBeUndefined();
});

it("an unknown stack is refused with the nearest name and all others", async () => {
  await expect(requireStack(project, "prd")).rejects.toThrow(
    '--stack must name a stack that has a file stacks/Pulumi.<stack>.yaml, got "prd". Did you mean "prod"? There are: dev, prod.',
  );
});

it("a local run works on a copy without `main`, which the engine would look for beside it, and a second one keeps the salt that the engine wrote there", async () => {
  await copyForLocalRun(project, "dev", target);
  expect(await readFile(join(target, "Pulumi.yaml"), "utf8")).toBe("name: tiny\nruntime: nodejs\n");
  const copy = join(target, "stacks", "Pulumi.dev.yaml");
  await writeFile(copy, `${await stackFile(target)}encryptionsalt: v1:abc\n`);
  await writeFile(join(project, "stacks", "Pulumi.dev.yaml"), "config:\n  tiny:a: 2\n");
  await copyForLocalRun(project, "dev", target);
  expect(await stackFile(target)).toBe("config:\n  tiny:a: 2\nencryptionsalt: v1:abc\n");
  expect(await stackFile(project)).toBe("config:\n  tiny:a: 2\n");
});

it("the user's own secrets provider and salt are left out of the copy", async () => {
  await writeFile(
    join(project, "stacks", "Pulumi.dev.yaml"),
    "secretsprovider: azurekeyvault://v/keys/k\nencryptedkey: abc\nencryptionsalt: v1:own\nconfig:\n  tiny:a: 1\n",
  );
  await copyForLocalRun(project, "dev", target);
  expect(await stackFile(target)).toBe("config:\n  tiny:a: 1\n");
});

it("a stack whose secrets need another provider is refused", async () => {
  await writeFile(
    join(project, "stacks", "Pulumi.dev.yaml"),
    "secretsprovider: azurekeyvault://v/keys/k\nconfig:\n  tiny:password:\n    secure: abc\n",
  );
  await expect(copyForLocalRun(project, "dev", target)).rejects.toThrow(
    "holds secrets that only its own secrets provider can read (Pulumi's rule), so the local cloud cannot run this stack. Use --azure, or copy the stack to one without secrets.",
  );
});

it("secrets of a passphrase keep their salt", async () => {
  const source = "encryptionsalt: v1:own\nconfig:\n  tiny:password:\n    secure: abc\n";
  await writeFile(join(project, "stacks", "Pulumi.dev.yaml"), source);
  await copyForLocalRun(project, "dev", target);
  expect(await stackFile(target)).toBe(source);
});

it.each([
  ["config: {bad\n", /^stacks\/Pulumi\.dev\.yaml:\d+ must be YAML/],
  ["config: [a, b]\n", /^stacks\/Pulumi\.dev\.yaml must be YAML .*config is no mapping/],
])(
  "a stack's file that cannot be read is named, with the line and what to write: %s",
  async (text, sentence) => {
    await writeFile(join(project, "stacks", "Pulumi.dev.yaml"), text);
    await expect(copyForLocalRun(project, "dev", target)).rejects.toThrow(sentence);
  },
);

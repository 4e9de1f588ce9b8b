import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { HostKind } from "../../rules/bot-choices.js";
import { readStackConfig } from "../../rules/config.js";
import { settingsSchema } from "../../rules/config-schema.js";
import { hostFields } from "../../rules/hosts/host-settings.js";
import { OUTPUT_NAMES } from "../../rules/outputs.js";
import { unwrapped } from "../../rules/zod-issues.js";
import { appSettingsPage } from "../../scripts/app-settings-page.js";
import { changesPage } from "../../scripts/changes-page.js";
import { checksPage } from "../../scripts/checks-page.js";
import { cloudsPage } from "../../scripts/clouds-page.js";
import { driftPage } from "../../scripts/drift-page.js";
import { permissionsPage } from "../../scripts/permissions-page.js";
import { projectRoot } from "../../scripts/project-paths.js";
import { STACK_CHANGES } from "../components/changes/stack-changes.js";

/** `bot.name`, `credential.federated`, ...: what is written under a name of its own. */
function settingPaths(shape: Readonly<Record<string, z.core.$ZodType>>): string[] {
  return Object.entries(shape).flatMap(([name, type]) => {
    const inner = unwrapped(type);
    if (!(inner instanceof z.ZodObject)) return [name];
    return settingPaths(inner.shape).map((path) => `${name}.${path}`);
  });
}

/** Settings whose change another test makes. */
const TRIED_ELSEWHERE = [
  // Hosts that are made have tests of their own.
  "host.",
  // test/components/hand-over.test.ts
  "otherHost.",
  "allowReplace.",
  // test/components/lifetime.test.ts
  "resourceGroup.existing.",
  // test/components/secret-rotation.test.ts
  "credential.vaultId.",
  "credential.secretName.",
  // test/components/certificate-rotation.test.ts
  "credential.certificate.",
  "credential.previousCertificate.",
  "credential.previous.",
  // test/components/adoption.test.ts
  "adopt.",
  // test/components/admin-consent.test.ts
  "consent.adopt.",
  // test/components/teams-app-package.test.ts
  "app.icons.",
];

const page = (name: string) => readFileSync(join(projectRoot, name), "utf8");

describe("the documentation", () => {
  it("lists the permissions as the rules have them (`npm run docs` writes it again)", () => {
    expect(page("docs/permissions.md")).toBe(permissionsPage());
  });

  it("lists every route of the control interface of the local cloud", () => {
    const routes = page("local-cloud/http/control.ts").matchAll(
      /\b(get|put|post|delete)\("(\/[^"]+)"/g,
    );
    const listed = page("docs/local-cloud.md").matchAll(/^\| `([A-Z]+ \/[^`]+)`/gm);
    expect([...listed].map(([, route]) => route)).toEqual(
      [...routes].map(([, method, path]) => `${method?.toUpperCase()} ${path}`),
    );
  });

  it("lists what a cloud decides as the rules have it", () => {
    expect(page("docs/clouds.md")).toBe(cloudsPage());
  });

  it("lists what a process reads as the rules have it", () => {
    expect(page("docs/app-settings.md")).toBe(appSettingsPage());
  });

  it("lists what changes do as it is tried on the engine", () => {
    expect(page("docs/changes.md")).toBe(changesPage());
  });

  it("lists what somebody else changes as it is tried on the engine", () => {
    expect(page("docs/drift.md")).toBe(driftPage());
  });

  it("says of every setting of a stack what a change of it does", () => {
    const tried = STACK_CHANGES.flatMap(({ changes }) =>
      changes.flatMap(({ settings }) => settings),
    );
    const isTried = (path: string) => tried.some((setting) => `${path}.`.startsWith(`${setting}.`));
    const paths = settingPaths(settingsSchema({}).shape).filter(
      (path) => !TRIED_ELSEWHERE.some((other) => `${path}.`.startsWith(other)),
    );
    expect(paths.filter((path) => !isTried(path))).toEqual([]);
  });

  it("lists the checks as the commands have them", () => {
    expect(page("docs/checks.md")).toBe(checksPage());
  });

  it("names every setting of every kind of host", () => {
    const settings = page("docs/settings.md");
    for (const kind of Object.values(HostKind)) {
      for (const field of hostFields(kind)) expect(settings).toContain(`\`host.${field}\``);
    }
  });

  it("names every output of a stack", () => {
    const outputs = page("docs/outputs.md");
    for (const name of OUTPUT_NAMES) expect(outputs).toContain(`\`${name}\``);
  });

  it("names every setting of the schema", () => {
    const settings = page("docs/settings.md");
    for (const key of Object.keys(settingsSchema({}).shape)) {
      expect(settings).toMatch(new RegExp(`\`${key}[\`.]`));
    }
  });

  it.each([
    ["README.md", 12],
    ["docs/consent.md", 15],
  ])(
    "shows a stack file in %s that is accepted as it stands, in at most %i lines",
    (name, most) => {
      const yaml = /```yaml\n([\s\S]*?)```/.exec(page(name))?.[1] ?? "";
      expect(yaml.trim().split("\n").length).toBeLessThanOrEqual(most);
      const { config }: { config: Record<string, unknown> } = parse(yaml);
      const values = Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]);
      const read = readStackConfig({
        project: "teams-calling-bot",
        values: Object.fromEntries(values),
        secretKeys: [],
      });
      expect(read.issues).toEqual([]);
    },
  );

  it("keeps README.md under 150 lines", () => {
    expect(page("README.md").split("\n").length).toBeLessThan(150);
  });
});

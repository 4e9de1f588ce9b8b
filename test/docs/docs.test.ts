import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { HostKind } from "../../rules/bot-choices.js";
import { readStackConfig } from "../../rules/config.js";
import { settingsSchema } from "../../rules/config-schema.js";
import { hostFields } from "../../rules/hosts/host-settings.js";
import { OUTPUT_NAMES } from "../../rules/outputs.js";
import { appSettingsPage } from "../../scripts/app-settings-page.js";
import { checksPage } from "../../scripts/checks-page.js";
import { permissionsPage } from "../../scripts/permissions-page.js";
import { projectRoot } from "../../scripts/project-paths.js";

const page = (name: string) => readFileSync(join(projectRoot, name), "utf8");

describe("the documentation", () => {
  it("lists the permissions as the rules have them (`npm run docs` writes it again)", () => {
    expect(page("docs/permissions.md")).toBe(permissionsPage());
  });

  it("lists what a process reads as the rules have it", () => {
    expect(page("docs/app-settings.md")).toBe(appSettingsPage());
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

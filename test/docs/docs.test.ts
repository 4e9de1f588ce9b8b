import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { settingsSchema } from "../../rules/config-schema.js";
import { permissionsPage } from "../../scripts/permissions-page.js";
import { projectRoot } from "../../scripts/project-paths.js";

const page = (name: string) => readFileSync(join(projectRoot, name), "utf8");

describe("the documentation", () => {
  it("lists the permissions as the rules have them (`npm run docs` writes it again)", () => {
    expect(page("docs/permissions.md")).toBe(permissionsPage());
  });

  it("names every setting of the schema", () => {
    const settings = page("docs/settings.md");
    for (const key of Object.keys(settingsSchema().shape)) {
      expect(settings).toMatch(new RegExp(`\`${key}[\`.]`));
    }
  });

  it("keeps README.md under 150 lines", () => {
    expect(page("README.md").split("\n").length).toBeLessThan(150);
  });
});

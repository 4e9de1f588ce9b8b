// `npm run docs`: writes the tables of docs/ that follow from the rules. A test compares, so that they cannot drift.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { appSettingsPage } from "./app-settings-page.js";
import { changesPage } from "./changes-page.js";
import { checksPage } from "./checks-page.js";
import { cloudsPage } from "./clouds-page.js";
import { driftPage } from "./drift-page.js";
import { permissionsPage } from "./permissions-page.js";
import { projectRoot } from "./project-paths.js";

await writeFile(join(projectRoot, "docs", "permissions.md"), permissionsPage());
await writeFile(join(projectRoot, "docs", "app-settings.md"), appSettingsPage());
await writeFile(join(projectRoot, "docs", "checks.md"), checksPage());
await writeFile(join(projectRoot, "docs", "changes.md"), changesPage());
await writeFile(join(projectRoot, "docs", "clouds.md"), cloudsPage());
await writeFile(join(projectRoot, "docs", "drift.md"), driftPage());

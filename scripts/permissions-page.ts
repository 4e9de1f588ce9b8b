// docs/permissions.md, from the permission catalogue and the table of capabilities.
import { CAPABILITIES } from "../rules/capabilities.js";
import { demandText, PERMISSIONS } from "../rules/permissions.js";
import { code, table } from "./markdown-table.js";

/** The page, as it must stand in docs/. */
export function permissionsPage(): string {
  const capabilities = Object.entries(CAPABILITIES).map(([name, { what, anyOf }]) => [
    code(name),
    what,
    anyOf.map(code).join(" or "),
  ]);
  const permissions = PERMISSIONS.map(({ value, id, lets, demands }) => [
    code(value),
    lets,
    demands.map(demandText).join(" "),
    code(id),
  ]);
  return [
    "# Capabilities and permissions",
    "",
    "Written by `npm run docs` from `rules/`; do not edit.",
    "",
    "## What a bot does, and the least app role that allows it",
    "Where several are named any one is enough, the least privileged first; one that is there already is not added to.",
    "",
    ...table(["capability", "what the bot does", "needs"], capabilities),
    "",
    "## Graph app roles",
    "Each needs admin consent. What it demands besides that stands beside it.",
    "",
    ...table(["app role", "lets the bot", "demands", "id in the public cloud"], permissions),
    "",
  ].join("\n");
}

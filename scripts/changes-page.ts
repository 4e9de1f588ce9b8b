// docs/changes.md, from the tables by which test/components/changes tries each change on the engine.
import { type AnyWalk, COMPONENT_CHANGES } from "../test/components/changes/component-changes.js";
import type { SettingChange } from "../test/components/changes/setting-change.js";
import { STACK_CHANGES } from "../test/components/changes/stack-changes.js";
import { code, table } from "./markdown-table.js";

/** The page, as it must stand in docs/. */
export function changesPage(): string {
  return [
    "# What a change does",
    "",
    "Written by `npm run docs` from `test/components/changes`, where the real engine makes every one of these changes; do not edit.",
    "",
    "*Replaces* means that the old one is deleted first, because its name or its app id exists only once: for as long as that takes nobody",
    "can write to the bot or call it. Every preview says so before. With `protect: true` the preview and the update are refused instead,",
    "for the application, its service principal or the managed identity, the Azure Bot, its channel, the storage account of the sign-up page",
    "and the resource group. An app id that a preview does not know yet is no reason to replace anything: what counts is that the application",
    "or identity is replaced, or that another id is known.",
    "",
    "## Settings of a stack",
    "Hosts that are made: [hosts.md](hosts.md). All settings: [settings.md](settings.md).",
    "",
    ...table(
      ["setting", "change", "what `pulumi up` does"],
      STACK_CHANGES.flatMap(({ changes }) => changes.map(row)),
    ),
    "| `resourceGroup.existing` | true, for a group that the stack has made | refused: the group would be deleted with everything in it |",
    "| `resourceGroup.existing` | false again | refused by the provider while the group is there |",
    "",
    "Of these, what would cut off a bot in use is refused until `allowReplace` names it: `bot.name`, `resourceGroup.name` and `.location`, `bot.type`,",
    "`managedIdentity`, `tenancy` from `multiTenant` to `singleTenant`, and `host.kind`. How to change them without losing a call: [hand-over.md](hand-over.md).",
    "",
    "## Arguments of the components",
    ...COMPONENT_CHANGES.flatMap(section),
    "## `protect` and `ephemeral`",
    "`protect: true` is for production: a destroy is refused, and the preview of every update names what it keeps. Credentials, consent and",
    "whatever runs the bot can still change. To take the bot away, set it to `false`, deploy, and destroy. Whoever unprotects the state by hand",
    "(`pulumi state unprotect`) still leaves in the cloud what was protected.",
    "",
    "`ephemeral: true` is for stacks that come and go, and set in `stacks/Pulumi.local.yaml` alone. What lives in the application or in the",
    "resource group is left to go with it instead of being deleted one by one. With the azuread provider, which waits 20 seconds for each",
    "object, a destroy was seen to take 21 instead of 61 seconds. If the application or the group then cannot be deleted, what lives in it is",
    "there still and the stack no longer knows it: run `pulumi destroy` again until it succeeds, and only then `pulumi up`.",
    "",
  ].join("\n");
}

function section({ title, changes }: AnyWalk): string[] {
  return [
    `### ${title}`,
    ...table(["argument", "change", "what `pulumi up` does"], changes.map(row)),
    "",
  ];
}

function row({ settings, change, steps, note }: Omit<SettingChange<object>, "to">): string[] {
  const done = effects(steps);
  return [settings.map(code).join(", "), change, note === undefined ? done : `${done}: ${note}`];
}

const VERBS = new Map([
  ["update", "updates"],
  ["replace", "**replaces**"],
  ["create", "makes"],
  ["delete", "deletes"],
]);

/** In the order of the verbs above: `updates Application; makes AppRoleAssignment`. */
function effects(steps: readonly string[]): string {
  const parts = [...VERBS].flatMap(([verb, says]) => {
    const types = steps.flatMap((step) => {
      const [done, type = ""] = step.split(" ");
      return done === verb ? [type] : [];
    });
    return types.length === 0 ? [] : [`${says} ${[...new Set(types)].join(", ")}`];
  });
  return parts.join("; ") || "nothing in Azure or Entra";
}

// docs/app-settings.md, from the tables of what a bot's process reads.
import { APP_SETTINGS } from "../rules/hosts/app-settings.js";
import { MEDIA_SETTINGS } from "../rules/hosts/media-settings.js";
import { code, table } from "./markdown-table.js";

/** The page, as it must stand in docs/. */
export function appSettingsPage(): string {
  const settings = APP_SETTINGS.map(({ name, reader, holds }) => [code(name), reader, holds]);
  const media = MEDIA_SETTINGS.map(({ name, holds }) => [code(name), holds]);
  return [
    "# What a bot's process reads",
    "",
    "Written by `npm run docs` from `rules/hosts/`; do not edit.",
    "",
    "A host that the stack makes gives its process these settings as environment variables. None is a secret: the process signs",
    "in as the bot through the host's managed identity. Two underscores stand for a level of .NET configuration.",
    "",
    ...table(["setting", "read by", "holds"], settings),
    "",
    "Of the cloud's own channel service only clouds that have one get the setting. `host.settings` adds others, and",
    "`host.secretSettings` those whose value the host reads from its Key Vault.",
    "",
    "## On a scale set",
    "The names are those of Microsoft's EchoBot sample. The last three only the machine itself can find out, when it starts.",
    "",
    ...table(["setting", "holds"], media),
    "",
  ].join("\n");
}

// Names of storage accounts: part of a public address, so unique over all of Azure, and never to change.
import { type Issue, shown } from "./issue.js";
import type { BotNameFacts } from "./names.js";
import { stableName } from "./stable-name.js";

/** Lower-case letters and digits of project and stack, then 8 hexadecimal digits; at most 24 characters. */
export function defaultStorageAccountName(facts: BotNameFacts): string {
  return stableName(facts, { kind: "storage", longest: 24, digits: 8, separator: "" });
}

/** 3 to 24 lower-case letters and digits ("Naming rules and restrictions for Azure resources", Microsoft.Storage). */
export function checkStorageAccountName(path: string, name: string): Issue[] {
  if (/^[a-z0-9]{3,24}$/.test(name)) return [];
  const rule = "must be 3 to 24 lower-case letters and digits";
  const fix = "Respell it, or leave it out to get a name that is unique over all of Azure.";
  return [{ path, rule, whose: "Azure Storage", got: shown(name), fix }];
}

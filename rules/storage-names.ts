// Names of storage accounts: part of a public address, so unique over all of Azure, and never to change.
import { createHash } from "node:crypto";
import { type Issue, shown } from "./issue.js";
import type { BotNameFacts } from "./names.js";

const LONGEST = 24;
const HASH_LENGTH = 8;

/**
 * Lower-case letters and digits of project and stack, then 8 hexadecimal digits; at most 24 characters. The same facts give
 * the same name on every run, others give another: the address of the sign-up page must outlive every update.
 */
export function defaultStorageAccountName(facts: BotNameFacts): string {
  const { tenantId, subscriptionId, project, stack, bot = "" } = facts;
  const identity = [tenantId.toLowerCase(), subscriptionId.toLowerCase(), project, stack, bot];
  const hash = createHash("sha256")
    .update(JSON.stringify(["storage", ...identity]))
    .digest("hex");
  const stem = `${project}${stack}`.toLowerCase().replace(/[^a-z0-9]/g, "");
  return `${stem.slice(0, LONGEST - HASH_LENGTH) || "bot"}${hash.slice(0, HASH_LENGTH)}`;
}

/** 3 to 24 lower-case letters and digits ("Naming rules and restrictions for Azure resources", Microsoft.Storage). */
export function checkStorageAccountName(path: string, name: string): Issue[] {
  if (/^[a-z0-9]{3,24}$/.test(name)) return [];
  const rule = "must be 3 to 24 lower-case letters and digits";
  const fix = "Respell it, or leave it out to get a name that is unique over all of Azure.";
  return [{ path, rule, whose: "Azure Storage", got: shown(name), fix }];
}

// Names that are unique over all of Azure and never random: the same stack gets the same ones on every run, also after it was
// destroyed, and another stack gets others.
import { createHash } from "node:crypto";
import type { BotNameFacts } from "./names.js";

/** What a kind of resource allows in its name. */
export interface NameForm {
  /** Keeps names of different kinds apart. */
  readonly kind: string;
  readonly longest: number;
  /** How many hexadecimal digits of the hash are kept. @default 6 */
  readonly digits?: number;
  /** What the name follows besides the stack: another of it is another name. @default nothing */
  readonly follows?: readonly string[];
  /** Put between the parts; `""` where hyphens are not allowed. @default "-" */
  readonly separator?: string;
}

/** `<project>-<stack>-<hash>` in lower-case letters and digits; project and stack are cut when too long, the hash never is. */
export function stableName(facts: BotNameFacts, form: NameForm): string {
  const { kind, longest, digits = 6, separator = "-", follows = [] } = form;
  const { project, stack } = facts;
  const hash = stableHash(kind, facts, follows).slice(0, digits);
  const stem = `${project}-${stack}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, separator)
    .replace(/^[^a-z]+/, "")
    .slice(0, longest - digits - separator.length)
    .replace(/-+$/, "");
  return `${stem || "bot"}${separator}${hash}`;
}

/** A UUID that stands for the same parts on every run: names of role assignments have to be one. */
export function stableUuid(...parts: readonly string[]): string {
  const hash = sha256(parts);
  // Version 8 of RFC 9562: digits of one's own making.
  const groups = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`];
  return [...groups, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join("-");
}

function stableHash(kind: string, facts: BotNameFacts, follows: readonly string[]): string {
  const { tenantId, subscriptionId, project, stack, bot = "" } = facts;
  const deployment = [tenantId.toLowerCase(), subscriptionId.toLowerCase(), project, stack, bot];
  return sha256([kind, ...deployment, ...follows]);
}

function sha256(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

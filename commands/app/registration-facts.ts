// What an `app` command knows of the registration: from its options, or from the outputs of a stack.
import { resolve } from "node:path";
import { readFile } from "../../files/file-access.js";
import type { Cloud } from "../../rules/clouds.js";
import { checkGuid } from "../../rules/guid.js";
import type { Issue } from "../../rules/issue.js";
import { readJsonText } from "../../rules/manifest/manifest-text.js";
import { parseOutputs } from "../../rules/outputs.js";
import type { Surroundings } from "../surroundings.js";

export interface RegistrationOptions {
  readonly appId?: string;
  /** A file with what `pulumi stack output --json` prints. */
  readonly outputs?: string;
  readonly cloud?: Cloud;
}

export interface RegistrationFacts {
  readonly appId?: string;
  readonly cloud?: Cloud;
}

const MOST_BYTES = 1024 * 1024;

/** The facts that were given; an option beats the outputs. */
export function registrationFacts(
  { cwd }: Surroundings,
  options: RegistrationOptions,
): { facts: RegistrationFacts; issues: Issue[] } {
  const { appId, outputs, cloud } = options;
  const stated = {
    ...(appId === undefined ? {} : { appId }),
    ...(cloud === undefined ? {} : { cloud }),
  };
  if (outputs === undefined) {
    const issues = appId === undefined ? [] : checkGuid("--app-id", appId, "the bot's app id");
    return { facts: stated, issues };
  }
  const { bytes, issues } = readFile(resolve(cwd, outputs), outputs, MOST_BYTES);
  if (bytes === undefined) return { facts: stated, issues };
  const { document, issues: unreadable } = readJsonText(outputs, bytes);
  if (document === undefined) return { facts: stated, issues: unreadable };
  const parsed = parseOutputs(document.value);
  const wrong = parsed.issues.map((issue) => ({ ...issue, path: `${outputs} ${issue.path}` }));
  if (parsed.outputs === undefined) return { facts: stated, issues: wrong };
  return {
    facts: { appId: parsed.outputs.appId, cloud: parsed.outputs.cloud, ...stated },
    issues: [],
  };
}

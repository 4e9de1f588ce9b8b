// Findings in words: what a recovery will do, or has done.
import type { Finding } from "./finding.js";
import { shortName } from "./stack-state.js";

/** One sentence. */
export function sentenceOf(finding: Finding): string {
  const name = shortName(finding.resource);
  switch (finding.kind) {
    case "takeOver":
      return `${name} was made by the run that was interrupted: it is taken over as ${finding.made.id}.`;
    case "forget":
      return `${name}: the note that it was being worked on is cleared, because ${finding.why}.`;
    case "redo":
      return `${name} was being changed: the next update does it again.`;
    case "remove":
      return `${name} is deleted already: it leaves the state.`;
    case "discard":
      return `${name} was made and its value was lost: secret ${finding.secret.keyId} is removed from the application, and the next update makes another.`;
    case "leave":
      return `${name} cannot be looked for, because ${finding.why}: only the note of it is cleared, so look yourself whether it was made.`;
    case "refuse":
      return `${name} is not taken over.`;
  }
}

// Turns the engine's events into what a person wants to know about a run: the steps on real
// resources, how many of each kind, and every message once.

import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { type PropertyChange, propertyChanges, readable } from "./property-changes.js";

/** What happens to a resource. */
export type StepKind =
  | "create"
  | "update"
  | "replace"
  | "delete"
  | "delete-replaced"
  | "import"
  | "read"
  | "refresh"
  | "forget"
  | FoundKind;

/** What a refresh finds: nothing is done to the resource, but the state says it from now on. */
export type FoundKind = "changed" | "gone";

/** One step on one real resource; components, providers and the stack itself are not listed. */
export interface Step {
  readonly kind: StepKind;
  readonly urn: string;
  /** Short form of the type, e.g. "azuread:Application". */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** Undefined while previewing. */
  readonly milliseconds: number | undefined;
  readonly planned: boolean;
  readonly failed: boolean;
  readonly changes: readonly PropertyChange[];
  /** The inputs after the step (before it, for a delete). Secrets are "[secret]". */
  readonly inputs: unknown;
}

/** A message of the engine, a provider or the program. */
export interface Message {
  readonly severity: "error" | "warning" | "info";
  readonly text: string;
  /** The logical name of the resource that it is about. */
  readonly resource: string | undefined;
}

/** What is known about a run so far. */
export interface StackReport {
  /** Takes one event; returns what can be shown at once, if anything. */
  take(event: EngineEvent): Step | Message | undefined;
  readonly steps: readonly Step[];
  /** Warnings and errors, each once; notes are only returned by `take`. */
  readonly messages: readonly Message[];
  readonly unchanged: number;
  /** The steps that have begun and not ended. */
  readonly running: readonly { readonly kind: StepKind; readonly name: string }[];
}

const kinds: Readonly<Record<string, StepKind>> = {
  create: "create",
  update: "update",
  delete: "delete",
  "create-replacement": "replace",
  "delete-replaced": "delete-replaced",
  import: "import",
  "import-replacement": "import",
  read: "read",
  "read-replacement": "read",
  refresh: "refresh",
  "remove-pending-replace": "forget",
  discard: "forget",
  "discard-replaced": "forget",
};

const CHANGING: readonly StepKind[] = ["update", "replace", "changed"];

/** How the engine ends a look at a resource that is not as the state says. */
const found: Readonly<Record<string, FoundKind>> = { update: "changed", delete: "gone" };

/**
 * A report on one run.
 * @param now milliseconds; the engine's own times are whole seconds. @default the clock
 */
export function createReport(now: () => number = Date.now): StackReport {
  const steps: Step[] = [];
  const messages: Message[] = [];
  const notes = new Set<string>();
  const began = new Map<string, { at: number; kind: StepKind; name: string }>();
  let unchanged = 0;

  const endStep = (metadata: StepEventMetadata, planned: boolean, failed: boolean) => {
    const start = began.get(metadata.urn);
    began.delete(metadata.urn);
    if (!isRealResource(metadata)) return undefined;
    // A refresh that found nothing new ends as "same", one that found a change as "update".
    if (metadata.op === "same" && !failed) {
      unchanged++;
      return undefined;
    }
    const ended = start?.kind === "refresh" ? found[metadata.op] : undefined;
    const kind = failed ? (start?.kind ?? kinds[metadata.op]) : (ended ?? kinds[metadata.op]);
    // "replace" itself is only the engine's bracket around the other two.
    if (kind === undefined || (planned && kind === "delete-replaced")) return undefined;
    const step: Step = {
      kind,
      urn: metadata.urn,
      type: shortType(metadata.type),
      name: nameOf(metadata.urn),
      milliseconds: planned || start === undefined ? undefined : now() - start.at,
      planned,
      failed,
      changes: CHANGING.includes(kind) ? propertyChanges(metadata) : [],
      inputs: readable((metadata.new ?? metadata.old)?.inputs),
    };
    steps.push(step);
    return step;
  };

  return {
    steps,
    messages,
    get unchanged() {
      return unchanged;
    },
    get running() {
      return [...began.values()];
    },
    take(event) {
      if (event.resourcePreEvent !== undefined) {
        const { metadata } = event.resourcePreEvent;
        const kind = kinds[metadata.op];
        if (kind !== undefined && isRealResource(metadata)) {
          began.set(metadata.urn, { at: now(), kind, name: nameOf(metadata.urn) });
        }
        return undefined;
      }
      if (event.resOutputsEvent !== undefined) {
        const { metadata, planning } = event.resOutputsEvent;
        return endStep(metadata, planning === true, false);
      }
      if (event.resOpFailedEvent !== undefined) {
        return endStep(event.resOpFailedEvent.metadata, false, true);
      }
      const message = messageOf(event);
      if (message === undefined) return undefined;
      if (message.severity === "info") {
        if (notes.has(message.text)) return undefined;
        notes.add(message.text);
        return message;
      }
      if (!messages.some(({ text }) => text === message.text)) messages.push(message);
      return undefined;
    },
  };
}

function messageOf({ diagnosticEvent }: EngineEvent): Message | undefined {
  if (diagnosticEvent === undefined || diagnosticEvent.ephemeral) return undefined;
  const severity = {
    error: "error",
    warning: "warning",
    info: "info",
    "info#err": "info",
  } as const;
  // The engine also sends debug messages, which its types do not list.
  const kind = Object.entries(severity).find(([name]) => name === diagnosticEvent.severity)?.[1];
  // The SDK says on which way a failed check reached it; the check's own sentence is what a person needs.
  const text = plainText(diagnosticEvent.message).replace(
    /^(error serializing property "[^"]+": )+/,
    "",
  );
  // "update failed" and "update canceled" only repeat how it ended.
  if (
    kind === undefined ||
    text === "" ||
    /^(update|preview|destroy|refresh) (failed|canceled)$/.test(text)
  ) {
    return undefined;
  }
  const { urn } = diagnosticEvent;
  const resource = urn === undefined || urn === "" || isStack(urn) ? undefined : nameOf(urn);
  return { severity: kind, text, resource };
}

/** A message without the engine's colour marks, and without the stack of an error in the program. */
function plainText(message: string): string {
  return message
    .replaceAll(/<\{%[^%]*%\}>/g, "")
    .replace(/^Unhandled exception: (\w*Error: )?/, "")
    .replaceAll(/\n\s+at .+/g, "")
    .trim();
}

function isRealResource({ type, new: after, old: before }: StepEventMetadata): boolean {
  return (after ?? before)?.custom === true && !type.startsWith("pulumi:providers:");
}

function isStack(urn: string): boolean {
  return urn.split("::")[2] === "pulumi:pulumi:Stack";
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** "azuread:index/application:Application" is "azuread:Application"; other modules stay. */
export function shortType(type: string): string {
  const [pkg = "", module = "", name = ""] = type.split(":");
  const namespace = module.split("/")[0] ?? "";
  return namespace === "index" ? `${pkg}:${name}` : `${pkg}:${namespace}:${name}`;
}

// What the engine exports of a stack, as far as a recovery looks at it. Everything else passes through as it is.
import { z } from "zod";
import { type Issue, shown } from "../../rules/issue.js";

const Properties = z.record(z.string(), z.unknown());

const StateResource = z.looseObject({
  /** `urn:pulumi:stack::project::type$type::name` */
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().optional(),
  id: z.string().optional(),
  inputs: Properties.optional(),
  outputs: Properties.optional(),
  dependencies: z.array(z.string()).optional(),
  /** Replaced already, and still to be deleted. */
  delete: z.boolean().optional(),
  /** Deleted already, and still to be made again. */
  pendingReplacement: z.boolean().optional(),
});
export type StateResource = z.output<typeof StateResource>;

const Operation = z.looseObject({
  resource: StateResource,
  /** `creating`, `updating`, `deleting`, `reading`, `importing` */
  type: z.string(),
});
export type PendingOperation = z.output<typeof Operation>;

const Deployment = z.looseObject({
  resources: z.array(StateResource).optional(),
  pending_operations: z.array(Operation).optional(),
});

const StackState = z.looseObject({ version: z.number(), deployment: Deployment });
export type StackState = z.output<typeof StackState>;

/** The newest form of a deployment that the tested engine writes, and this package knows. */
const NEWEST_VERSION = 4;

/** The state, or why it is none that a recovery may change. @param stack how messages call it */
export function parseState(
  stack: string,
  exported: unknown,
): { state?: StackState; issues: Issue[] } {
  const path = `state of ${stack}`;
  const version = z.looseObject({ version: z.number() }).safeParse(exported).data?.version;
  if (version !== undefined && version > NEWEST_VERSION) {
    const rule = `must be of version ${NEWEST_VERSION} or older`;
    const fix = "It was written by a newer engine than this package knows: update the package.";
    return { issues: [{ path, rule, whose: "this package", got: shown(version), fix }] };
  }
  const parsed = StackState.safeParse(exported);
  if (parsed.success) return { state: parsed.data, issues: [] };
  const [first] = parsed.error.issues;
  const place = first === undefined || first.path.length === 0 ? "" : `.${first.path.join(".")}`;
  const issue = {
    path: `${path}${place}`,
    rule: "must be what pulumi stack export prints",
    whose: "Pulumi",
    fix: "The state is damaged: restore it from the backend's history, or with pulumi stack import from a copy.",
  };
  return { issues: [issue] };
}

export function resourcesIn({ deployment }: StackState): readonly StateResource[] {
  return deployment.resources ?? [];
}

export function pendingIn({ deployment }: StackState): readonly PendingOperation[] {
  return deployment.pending_operations ?? [];
}

/** Stack, project and logical name of a URN. */
export function partsOf(urn: string): { stack: string; project: string; name: string } {
  const [stack = "", project = "", , ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  return { stack, project, name: name.join("::") };
}

/** How sentences call a resource: `Bot bot`. */
export function shortName({ urn, type }: StateResource): string {
  return `${type.split(":").at(-1) ?? type} ${partsOf(urn).name}`;
}

/** A text among a resource's inputs; undefined where it is none, or a secret. */
export function inputText({ inputs }: StateResource, name: string): string | undefined {
  const value = inputs?.[name];
  return typeof value === "string" ? value : undefined;
}

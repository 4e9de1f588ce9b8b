// An app role that somebody has granted already, by the consent link or by hand, cannot be granted again. The engine runs a
// hook before it makes a resource, in a preview too, and never for a resource that the stack has already: so an assignment
// that the hook finds is not ours.
import * as pulumi from "@pulumi/pulumi";
import { readWithin } from "../graph/bounded-reading.js";
import { byObjectId, grantedAppRoles } from "../graph/granted-app-roles.js";
import { graphClient } from "../graph/graph-client.js";
import { heldToken } from "../graph/held-token.js";
import type { Cloud } from "../rules/clouds.js";
import { alreadyGranted, type ExistingAssignment } from "../rules/consent-adoption.js";
import { formatIssue } from "../rules/issue.js";
import { endpointsOf } from "./cloud.js";
import { type DeployerToken, deployerToken } from "./deployer-token.js";

const PATIENCE_MS = 10_000;

/** The assignments that the hook watches over. */
export interface WatchedGrant {
  readonly roles: readonly string[];
  /** Logical name of the assignment of an app role. */
  resourceName(role: string): string;
  readonly cloud: Cloud | undefined;
}

/** Refuses to make an assignment that exists; where nobody may read the directory it refuses nothing. */
export function foreignAssignmentHook(
  name: string,
  { roles, resourceName, cloud }: WatchedGrant,
  parent: pulumi.Resource,
): pulumi.ResourceHook {
  const { graph } = endpointsOf(cloud);
  // Asked for here: when the engine calls the hook, the program's own context is gone, and with it its providers.
  const signedIn = deployerToken(parent, graph);
  const refuseForeign = async ({ name: made, newInputs }: pulumi.ResourceHookArgs) => {
    const principal: unknown = newInputs?.["principalObjectId"];
    const role = roles.find((candidate) => resourceName(candidate) === made);
    if (typeof principal !== "string" || role === undefined) return;
    const existing = await existingAssignments(principal, await signedIn, graph);
    const all = existing.filter((assignment) => roles.includes(assignment.role));
    const found = all.find((assignment) => assignment.role === role);
    if (found === undefined) return;
    const parentUrn = await urnOf(parent);
    throw new Error(formatIssue(alreadyGranted({ found, all, resourceName: made, parentUrn })));
  };
  return new pulumi.ResourceHook(hookName(name), refuseForeign, { onDryRun: true });
}

async function existingAssignments(
  principal: string,
  deployer: DeployerToken | undefined,
  graph: string,
): Promise<readonly ExistingAssignment[]> {
  if (deployer === undefined) return [];
  const client = graphClient({ credential: heldToken(deployer.token), graphOrigin: graph });
  const read = readWithin(PATIENCE_MS, (signal) =>
    grantedAppRoles(client, byObjectId(principal), signal),
  );
  return read.then(({ assignments }) => assignments).catch(() => []);
}

function urnOf(resource: pulumi.Resource): Promise<string> {
  return new Promise((resolve) => resource.urn.apply((urn) => resolve(urn)));
}

const namesByStack = new WeakMap<object, Map<string, number>>();

/** Hooks have names of their own, once in a stack; two components of one name can have different parents. */
function hookName(name: string): string {
  const stack = pulumi.runtime.getStackResource() ?? namesByStack;
  const counts = namesByStack.get(stack) ?? new Map<string, number>();
  namesByStack.set(stack, counts);
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return `teams-calling-bot ${name} already granted${count === 1 ? "" : ` ${count}`}`;
}

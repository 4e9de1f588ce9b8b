// Owners of applications and service principals. Whoever deploys is made an owner first, so that it may go on, and is
// taken away again in the end unless it is listed.
import { textOf } from "../wire/property-values.js";
import type { DirectoryCall } from "./directory-resource.js";
import { notFoundYet } from "./replication.js";

export interface Owned {
  /** `/applications/{objectId}` */
  readonly path: string;
  /** `ApplicationsClient` */
  readonly client: string;
}

/** Graph takes at most this many with the object itself. */
const MAX_BOUND_OWNERS = 20;

/** The owners to bind in the POST: whoever deploys first. */
export function boundOwners(wanted: readonly string[], { callerId, graph }: DirectoryCall) {
  const others = wanted.filter((owner) => !sameId(owner, callerId));
  const bound = [callerId, ...others].slice(0, MAX_BOUND_OWNERS);
  return bound.map((owner) => graph.directoryObject(owner));
}

/** Object ids of the owners, sorted. */
export async function readOwners(
  { path, client }: Owned,
  { graph, signal }: DirectoryCall,
): Promise<string[]> {
  const owners = await graph.list({ path: `${path}/owners`, client, signal });
  return owners.flatMap((owner) => textOf(owner, "id") ?? []).sort();
}

/** Makes the owners exactly those that are wanted: first come the new ones, then go the others. */
export async function setOwners(
  owned: Owned,
  before: readonly string[],
  wanted: readonly string[],
  { graph, signal }: DirectoryCall,
): Promise<void> {
  const { path, client } = owned;
  const missing = wanted.filter((owner) => !before.some((other) => sameId(owner, other)));
  const surplus = before.filter((owner) => !wanted.some((other) => sameId(owner, other)));
  for (const owner of missing) {
    await graph.ask({
      method: "POST",
      path: `${path}/owners/$ref`,
      body: { "@odata.id": graph.directoryObject(owner) },
      client,
      signal,
      retryWhen: notFoundYet,
    });
  }
  for (const owner of surplus) {
    await graph.find({ method: "DELETE", path: `${path}/owners/${owner}/$ref`, client, signal });
  }
}

/** Whom the POST bound, to be compared with what is wanted. */
export function ownersAfterCreate(wanted: readonly string[], { callerId }: DirectoryCall) {
  const others = wanted.filter((owner) => !sameId(owner, callerId));
  return [callerId, ...others].slice(0, MAX_BOUND_OWNERS);
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

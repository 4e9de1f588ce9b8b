// Resources that name each other by id: what is named must be there, and what is in use may not go.
import type { ArmCloud } from "./arm-call.js";
import { ArmError } from "./arm-error.js";
import { formatResourceId, parseResourceId, type ResourceId } from "./resource-id.js";
import { resourceNotFound } from "./resource-place.js";
import type { ResourceRecord } from "./resource-store.js";
import { fullType } from "./resource-type.js";

/** Another resource, or a part of one, that a request names by its id. */
export interface Reference {
  /** Such as `/subscriptions/…/virtualNetworks/vnet/subnets/bots`. */
  readonly id: string;
  /** Where it stands in the body, such as `properties.subnet.id`. */
  readonly path: string;
  /**
   * Part of the referring resource, relative to its id, such as `frontendIPConfigurations/public`. The refusal to
   * delete what is in use names it. @default the resource itself
   */
  readonly from?: string;
  /** Region that it must be in: one in another region counts as not there. @default any */
  readonly location?: string;
  /** The refusal when it is not there. @default 404 ResourceNotFound in Resource Manager's words */
  readonly missing?: (id: string) => ArmError;
}

/** A reference as the resource that makes it keeps it. */
export interface KeptReference {
  /** Lower case. */
  readonly to: string;
  /** Id of the resource, or of its part, as answers spell it. */
  readonly from: string;
}

/** The references as they are kept. Throws ArmError when an id is no id, or nothing is there. */
export function keptReferences(
  cloud: ArmCloud,
  from: string,
  references: readonly Reference[],
): KeptReference[] {
  return references.map((reference) => {
    checkThere(cloud, reference);
    return {
      to: reference.id.toLowerCase(),
      from: reference.from === undefined ? from : `${from}/${reference.from}`,
    };
  });
}

/** Throws what the type says, when something outside of the resource, or of what is nested in it, is using it. */
export function refuseInUse(cloud: ArmCloud, record: ResourceRecord): void {
  refuseUsers(cloud, record, record.id);
}

function refuseUsers(cloud: ArmCloud, record: ResourceRecord, going: string): void {
  const type = cloud.types.get(record.type);
  if (type === undefined) return;
  const users = cloud.resources.usersOf(record.id).filter((user) => !isIn(user, going));
  if (users.length > 0 && type.inUse !== undefined) throw type.inUse(record, users, cloud);
  for (const childType of cloud.types.childrenOf(type)) {
    for (const child of cloud.resources.children(record, fullType(childType))) {
      refuseUsers(cloud, child, going);
    }
  }
}

/** Whether an id is that of a container, or of something in it. */
export function isIn(id: string, container: string): boolean {
  return `${id}/`.toLowerCase().startsWith(`${container}/`.toLowerCase());
}

function checkThere(cloud: ArmCloud, { id, path, location, missing }: Reference): void {
  const parsed = parseResourceId(id);
  if (parsed === undefined) {
    throw new ArmError(
      400,
      "LinkedInvalidPropertyId",
      `Property id '${id}' at path '${path}' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`,
    );
  }
  const holders = holdersOf(cloud, parsed);
  const there = isThere(cloud, parsed, holders[0]);
  const where = holders.find((holder) => holder.location !== undefined)?.location;
  if (there && (location === undefined || location === where)) return;
  throw missing?.(id) ?? resourceNotFound(parsed);
}

/** Whether an id is that of a resource, or of something in the `parts` of the one that holds it. */
function isThere(cloud: ArmCloud, id: ResourceId, holder: ResourceRecord | undefined): boolean {
  if (holder === undefined) return false;
  if (holder.names.length === id.names.length) return true;
  const part = formatResourceId(id).slice(formatResourceId(holder).length + 1);
  const parts = cloud.types.get(holder.type)?.parts?.(holder) ?? [];
  return parts.some((name) => name.toLowerCase() === part.toLowerCase());
}

/** The resource of an id and those that it is in, the innermost first. */
function holdersOf(cloud: ArmCloud, id: ResourceId): ResourceRecord[] {
  const [namespace = "", ...types] = id.type.split("/");
  return id.names
    .map((_, index) => id.names.slice(0, id.names.length - index))
    .flatMap((names) => {
      const type = [namespace, ...types.slice(0, names.length)].join("/");
      return cloud.resources.get({ ...id, type, names }) ?? [];
    });
}

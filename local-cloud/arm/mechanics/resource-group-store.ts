// Resource groups as they are kept.
import type { Store } from "../../state/store.js";
import { ArmError } from "./arm-error.js";
import type { Tags } from "./tags.js";

export interface ResourceGroupRecord {
  readonly subscriptionId: string;
  readonly name: string;
  readonly location: string;
  readonly managedBy?: string;
  readonly tags?: Tags;
  readonly provisioningState: "Succeeded" | "Deleting";
  readonly createdTime: string;
  readonly changedTime: string;
}

export class ResourceGroups {
  constructor(private readonly store: Store) {}

  get(subscriptionId: string, name: string): ResourceGroupRecord | undefined {
    return this.store.get("armResourceGroups", key(subscriptionId, name));
  }

  /** The group. Throws 404 ResourceGroupNotFound. */
  existing(subscriptionId: string, name: string): ResourceGroupRecord {
    const group = this.get(subscriptionId, name);
    if (group !== undefined) return group;
    throw new ArmError(
      404,
      "ResourceGroupNotFound",
      `Resource group '${name}' could not be found.`,
    );
  }

  /** The group, when something may be put into it. Throws 409 while it is being deleted. */
  open(subscriptionId: string, name: string): ResourceGroupRecord {
    const group = this.existing(subscriptionId, name);
    if (group.provisioningState !== "Deleting") return group;
    throw new ArmError(
      409,
      "ResourceGroupBeingDeleted",
      `The resource group '${group.name}' is in deprovisioning state and cannot perform this operation.`,
    );
  }

  list(subscriptionId: string): ResourceGroupRecord[] {
    return this.store
      .entries<ResourceGroupRecord>("armResourceGroups", key(subscriptionId, ""))
      .map(({ value }) => value);
  }

  put(group: ResourceGroupRecord): void {
    this.store.put("armResourceGroups", key(group.subscriptionId, group.name), group);
  }

  remove(group: ResourceGroupRecord): void {
    this.store.remove("armResourceGroups", key(group.subscriptionId, group.name));
  }
}

function key(subscriptionId: string, name: string): string {
  return `${subscriptionId.toLowerCase()}/${name.toLowerCase()}`;
}

// The user-assigned managed identity of a bot: made by the stack, or one that exists.
import { getUserAssignedIdentity } from "@pulumi/azure-native/managedidentity/getUserAssignedIdentity.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import * as pulumi from "@pulumi/pulumi";
import { armName, armResourceGroup } from "../rules/arm-ids.js";
import { defined } from "./defined.js";
import { azureTags } from "./left-over-tags.js";

/** A user-assigned managed identity that exists. */
export interface ManagedIdentityArgs {
  /** ARM id. */
  resourceId: pulumi.Input<string>;
  /** Its client id: the bot's app id. */
  clientId: pulumi.Input<string>;
  /** Its principal (object) id: what app roles are assigned to. */
  principalId: pulumi.Input<string>;
}

export interface ManagedIdentity {
  readonly resourceId: pulumi.Output<string>;
  readonly clientId: pulumi.Output<string>;
  readonly principalId: pulumi.Output<string>;
}

/** The identity that was given, or one made in the resource group. */
export function managedIdentity(
  name: string,
  given: ManagedIdentityArgs | undefined,
  place: {
    readonly resourceGroupName: pulumi.Output<string>;
    readonly resourceName: pulumi.Input<string>;
    readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
    /** @default the provider's setting azure-native:location, or else that of the group */
    readonly location?: pulumi.Input<string> | undefined;
    readonly parent: pulumi.Resource;
    /** Further options of an identity that is made. @default none */
    readonly options?: pulumi.CustomResourceOptions;
  },
): ManagedIdentity {
  if (given !== undefined) {
    return {
      resourceId: pulumi.output(given.resourceId),
      clientId: pulumi.output(given.clientId),
      principalId: pulumi.output(given.principalId),
    };
  }
  const identity = new UserAssignedIdentity(
    `${name}-identity`,
    {
      resourceGroupName: place.resourceGroupName,
      resourceName: place.resourceName,
      tags: azureTags(name, place.tags),
      ...defined({ location: place.location }),
    },
    { ...place.options, parent: place.parent },
  );
  return { resourceId: identity.id, ...lastingIds(identity, place.parent) };
}

/**
 * Client and principal id, which an identity keeps for as long as it is there. A preview that plans an update of it, say of its tags,
 * takes both for unknown, and would plan to replace whatever names them: so a preview reads them.
 */
function lastingIds(
  identity: UserAssignedIdentity,
  parent: pulumi.Resource,
): Pick<ManagedIdentity, "clientId" | "principalId"> {
  const { id, clientId, principalId } = identity;
  if (!pulumi.runtime.isDryRun()) return { clientId, principalId };
  // Of one that is made or replaced the id is unknown as well, and nothing is read.
  const read = id.apply((known) => readIdentity(known, parent));
  return {
    clientId: read.apply((it) => (it ? pulumi.output(it.clientId) : clientId)),
    principalId: read.apply((it) => (it ? pulumi.output(it.principalId) : principalId)),
  };
}

/** Undefined where it is gone, or nobody may ask. */
async function readIdentity(id: string, parent: pulumi.Resource) {
  const place = { resourceGroupName: armResourceGroup(id), resourceName: armName(id) };
  return await getUserAssignedIdentity(place, { parent }).catch(() => undefined);
}

// The user-assigned managed identity of a bot without an Entra application: made by the stack, or one that exists.
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as pulumi from "@pulumi/pulumi";
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
    readonly parent: pulumi.Resource;
  },
): ManagedIdentity {
  if (given !== undefined) {
    return {
      resourceId: pulumi.output(given.resourceId),
      clientId: pulumi.output(given.clientId),
      principalId: pulumi.output(given.principalId),
    };
  }
  const identity = new managedidentity.UserAssignedIdentity(
    `${name}-identity`,
    {
      resourceGroupName: place.resourceGroupName,
      resourceName: place.resourceName,
      tags: azureTags(name, place.tags),
    },
    { parent: place.parent },
  );
  return {
    resourceId: identity.id,
    clientId: identity.clientId,
    principalId: identity.principalId,
  };
}

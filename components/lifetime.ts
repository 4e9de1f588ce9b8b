// How long what a bot is made of lives: on after a destroy, or no longer than what it lives in.
import type * as pulumi from "@pulumi/pulumi";

/**
 * Options of what cannot be had again once it is gone, such as an app id: with `protect` a destroy and every replacement is
 * refused, and whoever takes the refusal away by hand still leaves it in the cloud.
 */
export function lasting(
  protect: boolean | undefined,
): Pick<pulumi.ResourceOptions, "protect" | "retainOnDelete"> {
  return protect === true ? { protect: true, retainOnDelete: true } : {};
}

/** Options of what may be renewed or taken back although what it belongs to is protected. */
export const RENEWABLE: Pick<pulumi.ResourceOptions, "protect" | "retainOnDelete"> = {
  protect: false,
  retainOnDelete: false,
};

/**
 * Options of what is gone as soon as `owner` is, so that nobody has to delete it. Only where the stack deletes `owner` itself:
 * a delete that fails leaves behind what the state no longer knows.
 */
export function goingWith(
  ephemeral: boolean | undefined,
  owner: pulumi.Resource | undefined,
): Pick<pulumi.ResourceOptions, "deletedWith"> {
  return ephemeral === true && owner !== undefined ? { deletedWith: owner } : {};
}

import * as pulumi from "@pulumi/pulumi";

/** `value`, but only once `condition` is known: what takes it is not made before. */
export function after<T>(
  condition: pulumi.Output<unknown>,
  value: pulumi.Input<T>,
): pulumi.Output<pulumi.Unwrap<T>> {
  return pulumi.all([value, condition]).apply(([known]) => known);
}

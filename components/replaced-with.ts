// Options by which the engine replaces a resource that its provider would try to change in place: when the resources that
// a value comes from are replaced, or when the value is another one. A value that is merely unknown in a preview, as every
// output of a managed identity is whose tags change, is no reason.
import * as pulumi from "@pulumi/pulumi";

/** To be spread into the options of a resource that exists once by its name, so the old one goes first. */
export function replacedWith(
  values: readonly pulumi.Input<unknown>[],
): Pick<
  pulumi.CustomResourceOptions,
  "replaceWith" | "replacementTrigger" | "deleteBeforeReplace"
> {
  return {
    replaceWith: values.flatMap(originsOf),
    replacementTrigger: onceKnown(pulumi.all([...values])),
    deleteBeforeReplace: true,
  };
}

/** The resources that a value comes from: @pulumi/pulumi knows them, but leaves them out of its types. */
function originsOf(value: pulumi.Input<unknown>): pulumi.Resource[] {
  if (!pulumi.Output.isInstance(value)) return [];
  const ask: unknown = Reflect.get(value, "resources");
  const origins: unknown = typeof ask === "function" ? ask.call(value) : [];
  return origins instanceof Set ? [...origins].filter(pulumi.Resource.isInstance) : [];
}

/** The value, or null while it is unknown: the engine takes an unknown trigger for a changed one, and null for none. */
export function onceKnown(value: pulumi.Output<unknown>): pulumi.Output<unknown> {
  const asked: Promise<unknown> = Promise.resolve(Reflect.get(value, "isKnown"));
  return pulumi.output(asked.then((isKnown) => (isKnown === true ? value : null)));
}

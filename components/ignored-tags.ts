// Tags that others set on the Azure resources of a bot, whatever of its components makes them.
import * as pulumi from "@pulumi/pulumi";

/**
 * Options of a component whose Azure resources keep tags that the program says nothing of, as the state knows them. The provider
 * writes all tags of a resource at once, from the program and the state alone.
 * @param names of the tags, as Azure writes them
 */
export function leavingTags(
  names: readonly string[] = [],
  options: pulumi.ComponentResourceOptions = {},
): pulumi.ComponentResourceOptions {
  if (names.length === 0) return options;
  const ignoreChanges = names.map((name) => `tags[${JSON.stringify(name)}]`);
  const leaving: pulumi.ResourceTransformation = ({ type, props, opts }) =>
    type.startsWith("azure-native:") && Reflect.has(Object(props), "tags")
      ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges }) }
      : undefined;
  return pulumi.mergeOptions(options, { transformations: [leaving] });
}

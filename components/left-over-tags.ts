// Marks by which a person, or a later run, finds what this stack has made, also when the stack no longer knows it.
import * as pulumi from "@pulumi/pulumi";
import { OWN_TAGS } from "../rules/tags.js";

/** Tags of an Azure resource: the stack's own and ours. @default tags {} */
export function azureTags(
  name: string,
  tags: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined,
): pulumi.Output<Record<string, string>> {
  return pulumi.output(tags ?? {}).apply((given) => ({ ...given, ...ownTags(name) }));
}

/** Tags of an Entra application, which are plain strings there. */
export function entraTags(name: string): string[] {
  return Object.entries(ownTags(name)).map(([key, value]) => `${key}:${value}`);
}

/** Whether these are the tags of what this stack has made under this name. */
export function isOwn(name: string, tags: Readonly<Record<string, string>>): boolean {
  const lower = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(ownTags(name)).every(([key, value]) => lower.get(key) === value);
}

function ownTags(name: string): Record<string, string> {
  return {
    [OWN_TAGS.project]: pulumi.getProject(),
    [OWN_TAGS.stack]: pulumi.getStack(),
    [OWN_TAGS.name]: name,
  };
}

// Who owns the application and its service principal. A deployer with Application.ReadWrite.OwnedBy may change only
// what it owns, so it never gives that away; and pipelines and people who deploy in turn do not flip the list.
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";

export interface Ownership {
  /** Object ids. */
  readonly owners: pulumi.Output<string[]>;
  /** Properties that later runs leave as they are. */
  readonly ignoreChanges: string[];
}

/** The owners that were given, or else whoever deploys first. */
export function ownership(
  owners: pulumi.Input<pulumi.Input<string>[]> | undefined,
  parent: pulumi.Resource,
): Ownership {
  if (owners !== undefined) return { owners: pulumi.output(owners), ignoreChanges: [] };
  const deployer = azuread.getClientConfigOutput({ parent });
  return { owners: deployer.objectId.apply((objectId) => [objectId]), ignoreChanges: ["owners"] };
}

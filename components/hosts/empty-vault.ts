// A vault that a host makes is empty at first: whoever deploys is told what to put into it.
import * as pulumi from "@pulumi/pulumi";
import { HostKind } from "../../rules/bot-choices.js";
import type { Cloud } from "../../rules/clouds.js";
import { emptyVaultWarnings } from "../../rules/hosts/empty-vault.js";
import { armReading } from "../arm-reading.js";
import type { HostArgs } from "./host-args.js";
import { deletedVaultStatus, vaultStatus } from "./vault-before.js";
import { warn } from "./vault-warnings.js";

export interface EmptyVaultQuestion {
  readonly vaultName: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: pulumi.Input<string> | undefined;
  readonly cloud: Cloud | undefined;
  readonly parent: pulumi.Resource;
}

/** Says what a person has to do. A deleted vault comes back with its secrets, so it is not empty. */
export function warnOfEmptyVault(
  { kind = HostKind.Existing, secretSettings = {} }: HostArgs,
  { vaultName, resourceGroupName, location, cloud, parent }: EmptyVaultQuestion,
): void {
  if (Object.keys(secretSettings).length === 0) return;
  pulumi
    .all([vaultName, resourceGroupName, location, armReading(parent, cloud)])
    .apply(async ([name, group, region, arm]) => {
      const planned = { name, group, location: region };
      // Where nobody may ask, nothing is claimed.
      if ((await vaultStatus(arm, planned)) !== 404) return;
      if ((await deletedVaultStatus(arm, planned)) === 200) return;
      await warn(emptyVaultWarnings(kind, { name, secretSettings }), parent);
    });
}

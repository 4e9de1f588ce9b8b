// The public address as it is before an update: it can never leave its zones.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../../rules/clouds.js";
import { checkAddressZones } from "../../rules/hosts/scale-set-changes.js";
import { throwIfAny } from "../../rules/issue.js";
import { armReading } from "../arm-reading.js";
import { refusing } from "../refusal.js";

const API_VERSION = "2024-05-01";

export interface AddressQuestion {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly publicIpAddressName: pulumi.Input<string>;
  readonly zones: readonly string[];
  readonly cloud: Cloud | undefined;
}

/** The wanted zones, once an address that is there is known to be in them. Where nobody may look, the service decides. */
export function addressZones(
  { resourceGroupName, publicIpAddressName, zones, cloud }: AddressQuestion,
  parent: pulumi.Resource,
): pulumi.Output<string[]> {
  return pulumi
    .all([resourceGroupName, publicIpAddressName, armReading(parent, cloud)])
    .apply(async ([group, name, arm]) => {
      const path = `/subscriptions/${arm.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Network/publicIPAddresses/${name}`;
      const answer = await arm.ask(path, API_VERSION);
      const said = Address.safeParse(await answer?.json().catch(() => undefined));
      const now = said.success ? (said.data.zones ?? []) : zones;
      refusing(parent, throwIfAny)(checkAddressZones("zones", now, zones));
      return [...zones];
    });
}

const Address = z.object({ id: z.string(), zones: z.array(z.string()).nullish() });

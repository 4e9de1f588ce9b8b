// What lets a scale set grow, and shrink where the stack asks for it.

import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { RoleDefinition } from "@pulumi/azure-native/authorization/roleDefinition.js";
import { AutoscaleSetting } from "@pulumi/azure-native/monitor/autoscaleSetting.js";
import { PrincipalType } from "@pulumi/azure-native/types/enums/authorization/index.js";
import {
  MetricStatisticType,
  ScaleDirection,
  ScaleType,
  TimeAggregationType,
} from "@pulumi/azure-native/types/enums/monitor/index.js";
import * as pulumi from "@pulumi/pulumi";
import { ScaleIn } from "../../rules/hosts/scale-set.js";
import { PROTECTION_ACTIONS, scaleRules } from "../../rules/hosts/scaling.js";
import { stableUuid } from "../../rules/stable-name.js";
import { azureClient } from "../client-config.js";
import type { ManagedIdentityArgs } from "../managed-identity.js";
import { sendDiagnostics } from "./diagnostics.js";
import type { MachinePlace } from "./machine-network.js";

export interface ScalingArgs extends MachinePlace {
  readonly resourceName: pulumi.Input<string>;
  /** ARM id. */
  readonly scaleSetId: pulumi.Input<string>;
  /** ARM id. */
  readonly workspaceId: pulumi.Input<string>;
  readonly range: { readonly least: number; readonly most: number };
  readonly scaleIn?: ScaleIn;
  readonly identity: ManagedIdentityArgs;
  /** Whether the identity is given the role by which it protects its machine. @default true */
  readonly grantRoles?: boolean;
}

/** Makes nothing for a set of a fixed number. */
export function scaleSetScaling(name: string, args: ScalingArgs, parent: pulumi.Resource): void {
  const { range, scaleIn = ScaleIn.Off, grantRoles = true, workspaceId } = args;
  if (range.most === range.least) return;
  const mayProtect = scaleIn === ScaleIn.Protected && grantRoles;
  // Without the role no bot could keep its machine, so that nothing shrinks before it is there.
  const dependsOn = mayProtect ? [protectionGrant(name, args, parent)] : [];
  const setting = autoscale(name, args, scaleIn, { parent, dependsOn });
  // Why a machine was added or taken away.
  sendDiagnostics(
    `${name}-autoscale-logs`,
    { resourceUri: setting.id, workspaceId, logs: ["allLogs"] },
    parent,
  );
}

function autoscale(
  name: string,
  { resourceGroupName, resourceName, scaleSetId, range, tags, location }: ScalingArgs,
  scaleIn: ScaleIn,
  options: pulumi.CustomResourceOptions,
): AutoscaleSetting {
  return new AutoscaleSetting(
    `${name}-autoscale`,
    {
      resourceGroupName,
      autoscaleSettingName: resourceName,
      name: resourceName,
      tags,
      ...(location === undefined ? {} : { location }),
      enabled: true,
      targetResourceUri: scaleSetId,
      profiles: [
        {
          name: "processor",
          capacity: {
            minimum: String(range.least),
            maximum: String(range.most),
            // What the set has when nothing can be measured.
            default: String(range.least),
          },
          rules: scaleRules(scaleIn).map(({ direction, cooldown, ...trigger }) => ({
            metricTrigger: {
              ...trigger,
              metricName: "Percentage CPU",
              metricNamespace: "microsoft.compute/virtualmachinescalesets",
              metricResourceUri: scaleSetId,
              timeGrain: "PT1M",
              statistic: MetricStatisticType.Average,
              timeAggregation: TimeAggregationType.Average,
              dividePerInstance: false,
            },
            scaleAction: {
              direction: ScaleDirection[direction],
              type: ScaleType.ChangeCount,
              value: "1",
              cooldown,
            },
          })),
        },
      ],
    },
    options,
  );
}

/** The right to read and write the set's machines, and nothing else: the service has no narrower one for their protection. */
function protectionGrant(
  name: string,
  { resourceGroupName, resourceName, scaleSetId, identity }: ScalingArgs,
  parent: pulumi.Resource,
): RoleAssignment {
  const { subscriptionId } = azureClient(parent);
  const group = pulumi.interpolate`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
  const role = new RoleDefinition(
    `${name}-protection-role`,
    {
      scope: group,
      roleDefinitionId: pulumi
        .all([group, resourceName])
        .apply(([id, set]) => stableUuid(id.toLowerCase(), set, "protection-role")),
      // Unique in the whole tenant, and other subscriptions have groups and sets of the same names.
      roleName: pulumi.interpolate`Protect machines of ${resourceName} (${resourceGroupName}, ${subscriptionId})`,
      roleType: "CustomRole",
      description: "Lets a calling bot keep the machine that it runs on while it has calls.",
      permissions: [{ actions: PROTECTION_ACTIONS, notActions: [] }],
      assignableScopes: [group],
    },
    { parent },
  );
  return new RoleAssignment(
    `${name}-protection`,
    {
      roleAssignmentName: pulumi
        .all([scaleSetId, identity.principalId])
        .apply(([id, principal]) => stableUuid(id.toLowerCase(), "protection", principal)),
      scope: scaleSetId,
      roleDefinitionId: role.id,
      principalId: identity.principalId,
      principalType: PrincipalType.ServicePrincipal,
    },
    { parent },
  );
}

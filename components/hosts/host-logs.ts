// Where a host's logs, metrics and traces go: one workspace, made or given.
import { Component as ApplicationInsights } from "@pulumi/azure-native/applicationinsights/component.js";
import { getComponentOutput } from "@pulumi/azure-native/applicationinsights/getComponent.js";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import {
  ApplicationType,
  IngestionMode,
} from "@pulumi/azure-native/types/enums/applicationinsights/index.js";
import { WorkspaceSkuNameEnum } from "@pulumi/azure-native/types/enums/operationalinsights/index.js";
import * as pulumi from "@pulumi/pulumi";
import { armName, armResourceGroup } from "../../rules/arm-ids.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";

const RETENTION_DAYS = 30;

export interface HostLogsArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  /** Of what is made. */
  readonly resourceName: pulumi.Input<string>;
  /** @default the same */
  readonly workspaceName?: pulumi.Input<string> | undefined;
  readonly location?: pulumi.Input<string> | undefined;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /** ARM id of a workspace that exists. */
  readonly workspaceId?: pulumi.Input<string> | undefined;
  /** ARM id of an Application Insights resource that exists. */
  readonly applicationInsightsId?: pulumi.Input<string> | undefined;
}

export interface HostLogs {
  readonly workspaceId: pulumi.Output<string>;
  readonly connectionString: pulumi.Output<string>;
}

export function hostLogs(name: string, args: HostLogsArgs, parent: pulumi.Resource): HostLogs {
  const workspaceId = pulumi.output(args.workspaceId ?? workspace(name, args, parent).id);
  return { workspaceId, connectionString: connectionString(name, args, workspaceId, parent) };
}

function workspace(name: string, args: HostLogsArgs, parent: pulumi.Resource) {
  return new Workspace(
    `${name}-logs`,
    {
      resourceGroupName: args.resourceGroupName,
      workspaceName: args.workspaceName ?? args.resourceName,
      sku: { name: WorkspaceSkuNameEnum.PerGB2018 },
      retentionInDays: RETENTION_DAYS,
      tags: azureTags(name, args.tags),
      ...defined({ location: args.location }),
    },
    { parent },
  );
}

function connectionString(
  name: string,
  args: HostLogsArgs,
  workspaceId: pulumi.Output<string>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { applicationInsightsId } = args;
  if (applicationInsightsId !== undefined) {
    const id = pulumi.output(applicationInsightsId);
    const [resourceGroupName, resourceName] = [id.apply(armResourceGroup), id.apply(armName)];
    return getComponentOutput({ resourceGroupName, resourceName }, { parent }).connectionString;
  }
  return new ApplicationInsights(
    `${name}-insights`,
    {
      resourceGroupName: args.resourceGroupName,
      resourceName: args.resourceName,
      kind: "web",
      applicationType: ApplicationType.Web,
      ingestionMode: IngestionMode.LogAnalytics,
      workspaceResourceId: workspaceId,
      tags: azureTags(name, args.tags),
      ...defined({ location: args.location }),
    },
    { parent },
  ).connectionString;
}

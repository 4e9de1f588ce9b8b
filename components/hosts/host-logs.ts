// Where a host's logs, metrics and traces go: one workspace, made or given.
import { Component as ApplicationInsights } from "@pulumi/azure-native/applicationinsights/component.js";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import {
  ApplicationType,
  IngestionMode,
} from "@pulumi/azure-native/types/enums/applicationinsights/index.js";
import { WorkspaceSkuNameEnum } from "@pulumi/azure-native/types/enums/operationalinsights/index.js";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../../rules/clouds.js";
import { checkInsightsReadable } from "../../rules/presence.js";
import { armReading } from "../arm-reading.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";
import { refuse } from "../refusal.js";

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
  readonly cloud?: Cloud | undefined;
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
    return givenConnectionString(pulumi.output(applicationInsightsId), args.cloud, parent);
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

const API_VERSION = "2020-02-02";
const Component = z.object({ properties: z.object({ ConnectionString: z.string() }) });

/** By its id: the provider would look for it in its own subscription. */
function givenConnectionString(
  insightsId: pulumi.Output<string>,
  cloud: Cloud | undefined,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  return pulumi.all([insightsId, armReading(parent, cloud)]).apply(async ([id, arm]) => {
    const answer = await arm.ask(id, API_VERSION);
    const said = Component.safeParse(await answer?.json().catch(() => undefined));
    refuse(parent, checkInsightsReadable("applicationInsightsId", id, answer?.status));
    return said.data?.properties.ConnectionString ?? "";
  });
}

// Logs and metrics of a resource, sent to the workspace that the whole host shares.
import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting.js";
import type * as pulumi from "@pulumi/pulumi";

export interface DiagnosticsArgs {
  /** ARM id of the resource that is watched. */
  readonly resourceUri: pulumi.Input<string>;
  readonly workspaceId: pulumi.Input<string>;
  /** Category groups of its logs, such as `allLogs`. @default [] */
  readonly logs?: readonly string[];
  /** Whether it has platform metrics. @default true */
  readonly metrics?: boolean;
}

/** Sends what `args` names; each resource has one such setting. */
export function sendDiagnostics(
  name: string,
  { resourceUri, workspaceId, logs = [], metrics = true }: DiagnosticsArgs,
  parent: pulumi.Resource,
): DiagnosticSetting {
  return new DiagnosticSetting(
    name,
    {
      name: "teams-calling-bot",
      resourceUri,
      workspaceId,
      logs: logs.map((categoryGroup) => ({ categoryGroup, enabled: true })),
      metrics: metrics ? [{ category: "AllMetrics", enabled: true }] : [],
    },
    { parent },
  );
}

// Where the logs of an environment go ("Log storage and monitoring options in Azure Container Apps").
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { WORKSPACE_TYPE } from "../operational-insights/workspace.js";
import { choiceOf, invalidRequest } from "./container-app-error.js";

const DESTINATIONS = ["log-analytics", "azure-monitor", "none"];

/** The configuration as answers show it: the key of the workspace goes in and never comes out. */
export function logsFor(request: WriteRequest, fields: BodyFields): JsonObject {
  const given = fields.object("appLogsConfiguration");
  const destination = choiceOf(
    "AppLogsConfiguration.Destination",
    DESTINATIONS,
    given.string("destination"),
  );
  const workspace = given.object("logAnalyticsConfiguration");
  const [customerId, sharedKey] = [workspace.string("customerId"), workspace.string("sharedKey")];
  if (destination !== "log-analytics") {
    return { destination: destination ?? null, logAnalyticsConfiguration: null };
  }
  // The words were not seen.
  if (customerId === undefined || sharedKey === undefined) {
    throw invalidRequest(
      "AppLogsConfiguration.LogAnalyticsConfiguration",
      "CustomerId and SharedKey of a workspace are needed for the destination log-analytics",
    );
  }
  checkWorkspace(request, customerId, sharedKey);
  return {
    destination,
    logAnalyticsConfiguration: {
      customerId,
      sharedKey: null,
      dynamicJsonColumns: workspace.boolean("dynamicJsonColumns") ?? false,
    },
  };
}

// The words were not seen.
function checkWorkspace({ cloud, id }: WriteRequest, customerId: string, sharedKey: string): void {
  const workspace = cloud.resources
    .inSubscription(id.subscriptionId, WORKSPACE_TYPE)
    .find(({ properties }) => properties["customerId"] === customerId);
  if (workspace === undefined) {
    const path = "AppLogsConfiguration.LogAnalyticsConfiguration.CustomerId";
    throw invalidRequest(path, `There is no workspace with the id '${customerId}'`);
  }
  if (Object.values(workspace.hidden ?? {}).includes(sharedKey)) return;
  const path = "AppLogsConfiguration.LogAnalyticsConfiguration.SharedKey";
  throw invalidRequest(path, `It is no key of the workspace '${workspace.names[0]}'`);
}

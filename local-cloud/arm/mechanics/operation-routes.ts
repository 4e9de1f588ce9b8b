// Where clients poll: `Location` (202 until done) and `Azure-AsyncOperation` (a status document).
// "Track asynchronous Azure operations".

import type { ArmAnswer, ArmCall, ArmRoute } from "./arm-call.js";
import { ArmError } from "./arm-error.js";
import { type OperationEffect, type OperationRecord, RETRY_AFTER_SECONDS } from "./operations.js";
import { viewOf } from "./resource-view.js";

/** Starts an operation on `target` and says where to poll it. */
export function operationHeaders(
  call: ArmCall,
  target: string,
  effect: OperationEffect,
  namespace: string,
): Record<string, string> {
  const subscriptionId = call.params["subscriptionId"] ?? "";
  const { id } = call.cloud.operations.start(subscriptionId, effect, target);
  const result = resultUrl(call, subscriptionId, id);
  const status = `/subscriptions/${subscriptionId}/providers/${namespace}/locations/global/operationStatuses/${id}`;
  return {
    ...(effect === "finish-resource" ? {} : { Location: result }),
    ...(effect === "delete-group" ? {} : { "Azure-AsyncOperation": absolute(call, status) }),
    "Retry-After": String(RETRY_AFTER_SECONDS),
  };
}

export const operationRoutes: readonly ArmRoute[] = [
  {
    method: "GET",
    pattern: "/subscriptions/{subscriptionId}/operationresults/{operationId}",
    action: "Microsoft.Resources/subscriptions/operationresults/read",
    // The link carries the version of the request that began it, whichever type's that was.
    apiVersions: [],
    handle: (call) => {
      const operation = polled(call);
      if (operation.status !== "InProgress") return { status: 200, ...resultOf(call, operation) };
      const Location = resultUrl(call, operation.subscriptionId, operation.id);
      return {
        status: 202,
        headers: { Location, "Retry-After": String(RETRY_AFTER_SECONDS) },
      };
    },
  },
  {
    method: "GET",
    pattern:
      "/subscriptions/{subscriptionId}/providers/{namespace}/locations/{location}/operationStatuses/{operationId}",
    action: "Microsoft.Resources/subscriptions/operationresults/read",
    apiVersions: [],
    handle: (call) => {
      const { id, status, startTime, endTime, error } = polled(call);
      const body = {
        id: call.path,
        name: id,
        status,
        startTime,
        ...(endTime === undefined ? {} : { endTime }),
        ...(error === undefined ? {} : { error }),
      };
      if (status !== "InProgress") return { status: 200, body };
      return { status: 200, body, headers: { "Retry-After": String(RETRY_AFTER_SECONDS) } };
    },
  },
];

function polled(call: ArmCall): OperationRecord {
  const { subscriptionId = "", operationId = "" } = call.params;
  const operation = call.cloud.operations.poll(subscriptionId, operationId);
  if (operation !== undefined) return operation;
  throw new ArmError(
    404,
    "OperationNotFound",
    `The operation '${operationId}' could not be found.`,
  );
}

function resultOf(call: ArmCall, operation: OperationRecord): Pick<ArmAnswer, "body"> {
  const record = call.cloud.resources.byId(operation.target);
  return record === undefined ? {} : { body: viewOf(call.cloud, record) };
}

function resultUrl(call: ArmCall, subscriptionId: string, id: string): string {
  return absolute(call, `/subscriptions/${subscriptionId}/operationresults/${id}`);
}

function absolute(call: ArmCall, path: string): string {
  const { arm } = call.cloud.context.origins();
  return `${arm}${path}?api-version=${encodeURIComponent(call.apiVersion)}`;
}

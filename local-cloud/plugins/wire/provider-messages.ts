// The answers whose gRPC messages are more than one field: check failures, detailed diffs, errors.
import grpc from "@grpc/grpc-js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import statusMessages from "@pulumi/pulumi/proto/status_pb.js";
import anyMessages from "google-protobuf/google/protobuf/any_pb.js";
import type { Difference } from "./detailed-diff.js";
import { topLevelOf } from "./property-paths.js";
import { toStruct } from "./property-values.js";
import { type CheckAnswer, type DiffAnswer, InitFailed } from "./resource-plugin.js";

export function checkResponse(answer: CheckAnswer): messages.CheckResponse {
  const response = new providerMessages.CheckResponse().setInputs(toStruct(answer.inputs));
  const failures = answer.failures.map(({ property, reason }) =>
    new providerMessages.CheckFailure().setProperty(property ?? "").setReason(reason),
  );
  return response.setFailuresList(failures);
}

export function diffResponse({ detailed, deleteBeforeReplace }: DiffAnswer): messages.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = providerMessages.DiffResponse.DiffChanges;
  const response = new providerMessages.DiffResponse();
  response.setChanges(detailed.size === 0 ? DIFF_NONE : DIFF_SOME);
  response.setHasdetaileddiff(true);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setDiffsList(topLevelNames([...detailed.keys()]));
  const replacing = [...detailed].filter(([, { replaces }]) => replaces).map(([path]) => path);
  response.setReplacesList(topLevelNames(replacing));
  for (const [path, difference] of detailed) {
    const entry = new providerMessages.PropertyDiff();
    entry.setKind(kindOf(difference));
    // Both sides of the comparison are what a program wrote.
    entry.setInputdiff(true);
    response.getDetaileddiffMap().set(path, entry);
  }
  return response;
}

function topLevelNames(paths: readonly string[]): string[] {
  return [...new Set(paths.map(topLevelOf))];
}

function kindOf({ kind, replaces }: Difference): messages.PropertyDiff.Kind {
  const kinds = providerMessages.PropertyDiff.Kind;
  switch (kind) {
    case "add":
      return replaces ? kinds.ADD_REPLACE : kinds.ADD;
    case "delete":
      return replaces ? kinds.DELETE_REPLACE : kinds.DELETE;
    case "update":
      return replaces ? kinds.UPDATE_REPLACE : kinds.UPDATE;
  }
}

/** The engine prints the message of a gRPC error as it is. */
export function failureResponse(error: unknown): Partial<grpc.ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitFailed)) return { code: grpc.status.UNKNOWN, details: message };
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", initFailedDetails(error));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}

/** pulumirpc.ErrorResourceInitFailed: what exists is kept in the state, with the reason why it is not finished. */
function initFailedDetails({ reason, created, inputs }: InitFailed): Buffer {
  const failed = new providerMessages.ErrorResourceInitFailed();
  failed.setId(created.id);
  failed.setProperties(toStruct(created.outputs));
  failed.setInputs(toStruct(inputs));
  failed.setReasonsList([reason]);
  const packed = new anyMessages.Any();
  packed.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statusMessages.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(reason);
  status.addDetails(packed);
  return Buffer.from(status.serializeBinary());
}

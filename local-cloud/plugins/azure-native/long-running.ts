// Follows an operation that Resource Manager finishes later ("Track asynchronous Azure operations"): by
// Azure-AsyncOperation, else by Location, else by the resource's provisioningState.
import type { HttpResponse } from "../http/http-client.js";
import { retryAfterMs } from "../http/retry.js";
import { pause } from "../wire/cancellable.js";
import { objectOf, textOf } from "../wire/property-values.js";
import { type ArmClient, ArmFailure, failureOf, objectIn } from "./arm-client.js";

export interface Followed {
  readonly client: ArmClient;
  /** Where the resource is, with its API version. */
  readonly resourceUrl: string;
  readonly apiVersion: string;
  readonly pollMs: number;
  readonly signal: AbortSignal;
}

/** Waits until the operation has ended. Throws ArmFailure when it failed or was cancelled. */
export async function followToEnd(first: HttpResponse, followed: Followed): Promise<void> {
  const operation = first.header("azure-asyncoperation");
  const location = first.header("location");
  if (operation !== undefined) {
    await poll(absolute(operation, followed), first, followed, (answer) =>
      stateOf(answer, "status"),
    );
  } else if (location !== undefined && first.status === 202) {
    await poll(absolute(location, followed), first, followed, (answer) =>
      answer.status === 202 ? "InProgress" : "Succeeded",
    );
  } else if (provisioningState(first) !== "Succeeded") {
    await poll(followed.resourceUrl, first, followed, provisioningState);
  }
}

const FAILED = new Set(["failed", "canceled", "cancelled"]);

async function poll(
  url: string,
  first: HttpResponse,
  { client, pollMs, signal }: Followed,
  stateOfAnswer: (answer: HttpResponse) => string,
): Promise<void> {
  let wait = retryAfterMs(first) ?? pollMs;
  for (;;) {
    await pause(wait, signal);
    const answer = await client.send("GET", url, signal);
    if (answer.status >= 400) throw failureOf(answer);
    const state = stateOfAnswer(answer).toLowerCase();
    if (state === "succeeded") return;
    if (FAILED.has(state)) throw failedOperation(answer, state);
    wait = retryAfterMs(answer) ?? pollMs;
  }
}

function failedOperation(answer: HttpResponse, state: string): ArmFailure {
  const { code } = failureOf(answer);
  if (code !== undefined) return failureOf(answer);
  return new ArmFailure(
    answer.status,
    undefined,
    `Status=${answer.status} Message="operation ${state}"`,
  );
}

function stateOf(answer: HttpResponse, name: string): string {
  return textOf(objectIn(answer), name) ?? "Succeeded";
}

/** A resource without a provisioning state is ready. */
function provisioningState(answer: HttpResponse): string {
  return textOf(objectOf(objectIn(answer), "properties"), "provisioningState") ?? "Succeeded";
}

/** Some services send a Location without host or API version. */
function absolute(location: string, { client, apiVersion }: Followed): string {
  const url = new URL(location, client.origin);
  if (!url.searchParams.has("api-version")) url.searchParams.set("api-version", apiVersion);
  return url.href;
}

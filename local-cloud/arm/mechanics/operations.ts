// Long-running operations. They stand in the store, so a client goes on polling after a restart. One is done when
// it was polled often enough, or when enough time went by without anybody asking.
import { randomUUID } from "node:crypto";
import type { CloudContext } from "../../cloud-context.js";
import type { ArmErrorDetail } from "./arm-error.js";

/** What an operation will have done when it is over. */
export type OperationEffect = "delete-group" | "delete-resource" | "finish-resource";

export interface OperationRecord {
  readonly id: string;
  readonly subscriptionId: string;
  readonly effect: OperationEffect;
  /** Id of the resource group or resource. */
  readonly target: string;
  readonly status: "InProgress" | "Succeeded" | "Failed";
  readonly polls: number;
  readonly startTime: string;
  readonly endTime?: string;
  /** Why it failed. */
  readonly error?: ArmErrorDetail;
}

type CarryOut = (effect: OperationEffect, target: string) => ArmErrorDetail | undefined;

export interface OperationOptions {
  /** How many polls it takes: the last of them finds the operation done. @default 1 */
  readonly operationPolls?: number;
  /** After this many seconds it is done even when nobody polls. @default 15 */
  readonly operationSeconds?: number;
}

/** Seconds between polls, as `Retry-After` says. 0 would make azure-native wait its own 10 or 30 seconds. */
export const RETRY_AFTER_SECONDS = 1;

export class Operations {
  private readonly polls: number;
  private readonly seconds: number;
  private carryOut: CarryOut = () => undefined;

  constructor(
    private readonly context: CloudContext,
    options: OperationOptions,
  ) {
    this.polls = options.operationPolls ?? 1;
    this.seconds = options.operationSeconds ?? 15;
  }

  /** Says how effects are carried out, and what goes wrong with it; once, before the first request. */
  carriedOutBy(carryOut: CarryOut): void {
    this.carryOut = carryOut;
  }

  start(subscriptionId: string, effect: OperationEffect, target: string): OperationRecord {
    const operation: OperationRecord = {
      id: randomUUID(),
      subscriptionId: subscriptionId.toLowerCase(),
      effect,
      target,
      status: "InProgress",
      polls: 0,
      startTime: this.context.now().toISOString(),
    };
    this.put(operation);
    this.context.store.put("armPendingOperations", operation.id, operation.startTime);
    return operation;
  }

  /** The operation as one more poll sees it. */
  poll(subscriptionId: string, id: string): OperationRecord | undefined {
    const operation = this.context.store.get<OperationRecord>("armOperations", id.toLowerCase());
    if (operation?.subscriptionId !== subscriptionId.toLowerCase()) return undefined;
    if (operation.status !== "InProgress") return operation;
    const polled = { ...operation, polls: operation.polls + 1 };
    if (polled.polls >= this.polls) return this.finish(polled);
    this.put(polled);
    return polled;
  }

  /** Finishes what is over by the clock. Reads one empty collection when nothing is under way. */
  finishDue(): void {
    const { store } = this.context;
    const now = this.context.now().getTime();
    for (const { key, value } of store.entries<string>("armPendingOperations")) {
      if (Date.parse(value) + this.seconds * 1000 > now) continue;
      const operation = store.get<OperationRecord>("armOperations", key);
      if (operation !== undefined) this.finish(operation);
    }
  }

  private finish(operation: OperationRecord): OperationRecord {
    const endTime = this.context.now().toISOString();
    this.context.store.remove("armPendingOperations", operation.id);
    const error = this.carryOut(operation.effect, operation.target);
    const finished: OperationRecord =
      error === undefined
        ? { ...operation, status: "Succeeded", endTime }
        : { ...operation, status: "Failed", endTime, error };
    this.put(finished);
    return finished;
  }

  private put(operation: OperationRecord): void {
    this.context.store.put("armOperations", operation.id, operation);
  }
}

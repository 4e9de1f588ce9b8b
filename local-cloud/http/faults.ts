// The cloud misbehaves on purpose, one rule at a time. Each rule says which calls it is for, how often, and what happens.
import { z } from "zod";
import { SERVICE_NAMES, type ServiceName } from "../cloud-context.js";

const Match = {
  service: z.enum(SERVICE_NAMES).optional(),
  method: z.string().toUpperCase().optional(),
  /** A regular expression, searched in path and query. */
  path: z.string().refine(isRegExp, "is not a regular expression").optional(),
  /** How many calls the rule is for. Every matching one when left out. */
  times: z.int().min(1).optional(),
  /** How many matching calls pass before the rule begins. */
  skip: z.int().min(0).default(0),
};

export const FaultRule = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("throttle"),
    retryAfterSeconds: z.number().min(0).optional(),
    ...Match,
  }),
  z.strictObject({
    kind: z.literal("fail"),
    status: z.int().min(400).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    ...Match,
  }),
  /** The connection is closed without an answer, before or after the service has acted. */
  z.strictObject({ kind: z.literal("drop"), when: z.enum(["before", "after"]), ...Match }),
  /** Whoever hangs up while a call waits to be taken up has never made it. */
  z.strictObject({
    kind: z.literal("delay"),
    milliseconds: z.int().min(0).max(600_000),
    /** Of the service acting. @default "before" */
    when: z.enum(["before", "after"]).optional(),
    ...Match,
  }),
]);
export type FaultRule = z.infer<typeof FaultRule>;

interface Armed {
  readonly id: number;
  readonly rule: FaultRule;
  seen: number;
  used: number;
}

export class Faults {
  private nextId = 1;
  private armed: Armed[] = [];

  add(rule: FaultRule): number {
    const id = this.nextId++;
    this.armed.push({ id, rule, seen: 0, used: 0 });
    return id;
  }

  list(): readonly { id: number; rule: FaultRule; used: number }[] {
    return this.armed.map(({ id, rule, used }) => ({ id, rule, used }));
  }

  remove(id: number): boolean {
    const before = this.armed.length;
    this.armed = this.armed.filter((armed) => armed.id !== id);
    return this.armed.length < before;
  }

  clear(): void {
    this.armed = [];
  }

  /** The rules that this call falls under; counts as one use of each. */
  strike(service: ServiceName, method: string, path: string): FaultRule[] {
    return this.armed.flatMap((armed) => {
      if (!matches(armed.rule, service, method, path)) return [];
      armed.seen += 1;
      const spent = armed.rule.times !== undefined && armed.used >= armed.rule.times;
      if (armed.seen <= armed.rule.skip || spent) return [];
      armed.used += 1;
      return [armed.rule];
    });
  }
}

function matches(rule: FaultRule, service: ServiceName, method: string, path: string): boolean {
  return (
    (rule.service === undefined || rule.service === service) &&
    (rule.method === undefined || rule.method === method) &&
    (rule.path === undefined || new RegExp(rule.path, "i").test(path))
  );
}

function isRegExp(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

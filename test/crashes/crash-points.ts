// Every moment at which a run can be killed: before and after each call of a recorded run that changes something.

import type { FaultRule } from "../../local-cloud/http/faults.js";
import type { LoggedRequest } from "../../local-cloud/index.js";
import { VICTIMS, type Victim } from "./scene.js";

export interface CrashPoint {
  readonly stackName: string;
  readonly operation: "up" | "destroy";
  readonly victim: Victim;
  /** Whether the service had acted when the victim was killed. */
  readonly when: "before" | "after";
  readonly call: ChangingCall;
}

/** One call, in any run of the same stack. */
export interface ChangingCall {
  readonly service: LoggedRequest["service"];
  readonly method: string;
  /** Regular expression. */
  readonly path: string;
  /** How many calls like it come before it. */
  readonly before: number;
}

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The calls of a recorded run; ids that the services choose may be any. */
export function changingCalls(requests: readonly LoggedRequest[]): ChangingCall[] {
  const seen = new Map<string, number>();
  return requests.map(({ service, method, path: whole }) => {
    const [plain = ""] = whole.split("?");
    const path = `^${plain.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&").replace(GUID, "[^/?]+")}(\\?|$)`;
    const kind = `${service} ${method} ${path}`;
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return { service, method, path, before };
  });
}

export function crashPoints(
  stackName: string,
  operation: "up" | "destroy",
  calls: readonly ChangingCall[],
): CrashPoint[] {
  return calls.flatMap((call) =>
    VICTIMS.flatMap((victim) =>
      (["before", "after"] as const).map((when) => ({
        stackName,
        operation,
        victim,
        when,
        call,
      })),
    ),
  );
}

/** Long enough for a victim to be killed; what outlives it finishes the call afterwards. */
const HELD_MS = 1_500;

export function ruleFor({ call, when }: CrashPoint): FaultRule {
  const { service, method, path, before } = call;
  return {
    kind: "delay",
    milliseconds: HELD_MS,
    when,
    service,
    method,
    path,
    skip: before,
    times: 1,
  };
}

/** `local up: engine killed after graph POST /v1.0/applications` */
export function nameOf({ stackName, operation, victim, when, call }: CrashPoint): string {
  const path = call.path.replace(/^\^|\(\\\?\|\$\)$/g, "").replaceAll("\\", "");
  const nth = call.before === 0 ? "" : ` (${call.before + 1})`;
  return `${stackName} ${operation}: ${victim} killed ${when} ${call.service} ${call.method} ${path}${nth}`;
}

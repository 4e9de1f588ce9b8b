// The forms in which a service fails for a while, and which calls each can befall.
import type { FaultRule } from "../../local-cloud/http/faults.js";
import type { RecordedCall } from "./recorded-calls.js";

type OnlyForm<Rule> = Rule extends FaultRule
  ? Omit<Rule, "skip" | "service" | "method" | "path" | "times">
  : never;
type Form = OnlyForm<FaultRule>;

export interface FaultForm {
  readonly name: string;
  readonly form: Form;
  /** @default every call */
  readonly befalls?: (call: RecordedCall) => boolean;
  /** Whether the service has acted although nobody was told. @default false */
  readonly acted?: true;
}

const GRAPH_MISSING =
  "Resource 'x' does not exist or one of its queried reference-property objects are not present.";

export const FAULT_FORMS: readonly FaultForm[] = [
  { name: "429 with Retry-After", form: { kind: "throttle", retryAfterSeconds: 0 } },
  { name: "429 without Retry-After", form: { kind: "throttle" } },
  ...[500, 502, 503, 504].map((status) => ({
    name: String(status),
    form: { kind: "fail" as const, status },
  })),
  { name: "dropped before", form: { kind: "drop", when: "before" } },
  { name: "dropped after", form: { kind: "drop", when: "after" }, acted: true },
  { name: "slow", form: { kind: "delay", milliseconds: 700 } },
  {
    name: "404, not replicated yet",
    form: { kind: "fail", status: 404, code: "Request_ResourceNotFound", message: GRAPH_MISSING },
    befalls: ({ service, method, path }) =>
      service === "graph" &&
      ((method === "PATCH" && /\/applications\//.test(path)) ||
        (method === "POST" && /appRoleAssignedTo/.test(path))),
  },
  {
    name: "400, not replicated yet",
    form: {
      kind: "fail",
      status: 400,
      code: "Request_BadRequest",
      message: "Not a valid reference update",
    },
    befalls: ({ method, path }) => method === "POST" && /appRoleAssignedTo/.test(path),
  },
  {
    name: "400, application not replicated yet",
    form: {
      kind: "fail",
      status: 400,
      code: "Request_BadRequest",
      message:
        "The appId 'x' of the service principal does not reference a valid application object.",
    },
    befalls: ({ method, path }) => method === "POST" && /\/servicePrincipals\$$/.test(path),
  },
  {
    name: "403, application not replicated yet",
    form: {
      kind: "fail",
      status: 403,
      code: "Authorization_RequestDenied",
      message:
        "When using this permission, the backing application of the service principal being created must in the local tenant",
    },
    befalls: ({ method, path }) => method === "POST" && /\/servicePrincipals\$$/.test(path),
  },
  {
    name: "409, concurrent requests",
    form: {
      kind: "fail",
      status: 409,
      code: "Directory_ConcurrencyViolation",
      message:
        "Error due to concurrent requests being made to the tenant. Please wait briefly and retry.",
    },
    befalls: ({ service, method }) => service === "graph" && method !== "GET",
  },
  {
    name: "409, another operation",
    form: {
      kind: "fail",
      status: 409,
      code: "AnotherOperationInProgress",
      message: "Another operation on this or dependent resource is in progress.",
    },
    befalls: ({ service, method }) => service === "arm" && method !== "GET",
  },
];

/** A rule that makes this call alone fail in this form. */
export function faultAt({ form }: FaultForm, call: RecordedCall): FaultRule {
  return { ...form, ...call, times: 1 };
}

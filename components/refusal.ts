// How components check and refuse: the rules' sentences and nothing else. Pulumi prints a ResourceError that hides its
// stack as it is. Plain arguments are judged at once, all together; what is known later, by the function that returns it.
import * as pulumi from "@pulumi/pulumi";
import { type Issue, RulesError } from "../rules/issue.js";

/** Throws all issues as one error of `resource`, without a stack; does nothing when there are none. */
export function refuse(resource: pulumi.Resource, issues: readonly Issue[]): void {
  if (issues.length > 0) throw asRefusal(resource, new RulesError(issues));
}

/** The issues of an argument that is plain all through; none yet when it is left out or holds an output. */
export function ifPlain<T>(
  value: T | undefined,
  check: (plain: pulumi.Unwrap<T>) => Issue[],
): Issue[] {
  return value !== undefined && isPlain(value) ? check(value) : [];
}

/** Makes a named check printable: what it throws by the rules becomes an error of `resource` without a stack. */
export function refusing<A, B>(resource: pulumi.Resource, check: (value: A) => B): (value: A) => B {
  return (value) => {
    try {
      return check(value);
    } catch (error) {
      throw asRefusal(resource, error);
    }
  };
}

function asRefusal(resource: pulumi.Resource, error: unknown): unknown {
  return error instanceof RulesError
    ? new pulumi.ResourceError(error.message, resource, true)
    : error;
}

function isPlain<T>(value: T): value is T & pulumi.Unwrap<T> {
  if (typeof value !== "object" || value === null) return true;
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  return Object.values(value).every(isPlain);
}

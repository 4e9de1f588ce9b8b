// Runs operations while services fail, and tells whether the deployment ends where it ends without that.
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { FaultRule } from "../../local-cloud/http/faults.js";
import { cloudAccess } from "../../scripts/read-back.js";
import { recoverBeforeRun } from "../../scripts/stack-recovery.js";
import type { TestCloud } from "../support/test-cloud.js";
import { newTestStack, type TestStack } from "../support/test-stack.js";
import { type CloudContents, cloudContents, emptyCloud } from "./cloud-contents.js";
import { faultProgram } from "./fault-program.js";
import { type RecordedCall, recordedCalls } from "./recorded-calls.js";

export const OPERATIONS = ["up", "refresh", "destroy"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What an undisturbed deployment does, and leaves. */
export interface Reference {
  readonly calls: Readonly<Record<Operation, readonly RecordedCall[]>>;
  /** Of the cloud and of the state. */
  readonly up: Ended;
  readonly gone: Ended;
}

export interface Ended {
  readonly cloud: CloudContents;
  readonly state: readonly string[];
}

/** How a disturbed operation went. */
export interface Outcome {
  /** The sentence that a person saw; undefined when the operation succeeded. */
  readonly error: string | undefined;
  /** How many runs it took. */
  readonly runs: number;
  /** Lines that are there and should not be (`+`), or are not and should be (`-`). */
  readonly differences: readonly string[];
}

const MOST_RUNS = 3;

export class DisturbedStack {
  private constructor(
    private readonly cloud: TestCloud,
    private readonly testStack: TestStack,
    readonly reference: Reference,
  ) {}

  /** Comes up, is refreshed and goes once without any fault. */
  static async start(cloud: TestCloud): Promise<DisturbedStack> {
    const testStack = await newTestStack({ cloud, stackName: "disturbed", program: faultProgram });
    const { stack } = testStack;
    const record = async (operation: Operation) => {
      const before = cloud.requests.all().length;
      await stack[operation]();
      return recordedCalls(cloud.requests.all().slice(before));
    };
    const up = await record("up");
    const after = await ended(stack);
    const refresh = await record("refresh");
    const destroy = await record("destroy");
    const gone = await ended(stack);
    return new DisturbedStack(cloud, testStack, {
      calls: { up, refresh, destroy },
      up: after,
      gone,
    });
  }

  /** Runs one operation with these faults, and again without them until it succeeds. */
  async disturb(operation: Operation, rules: readonly FaultRule[]): Promise<Outcome> {
    const { stack } = this.testStack;
    for (const rule of rules) this.cloud.faults.add(rule);
    const error = await failure(stack, operation);
    this.cloud.faults.clear();
    let runs = 1;
    let again = error;
    while (again !== undefined && runs < MOST_RUNS) {
      runs += 1;
      // As `npm run stack` does before it runs anything.
      await recoverBeforeRun(stack, { copies: this.testStack.workDir, agree: async () => true });
      again = await failure(stack, operation);
    }
    const expected = operation === "destroy" ? this.reference.gone : this.reference.up;
    const differences = differencesOf(expected, await ended(stack));
    return {
      error,
      runs,
      differences: again === undefined ? differences : [...differences, `! ${again}`],
    };
  }

  /** Leaves nothing, neither in the state nor in the cloud, whatever there was. */
  async clear(): Promise<void> {
    this.cloud.faults.clear();
    this.cloud.replication.replicateLate(0);
    await failure(this.testStack.stack, "destroy");
    await emptyCloud(cloudAccess(process.env));
    await this.testStack.stack.refresh({ clearPendingCreates: true });
  }

  /** A whole life with these faults in each of its operations; what is left of a failure is cleared away. */
  async live(rules: Readonly<Record<Operation, readonly FaultRule[]>>): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const operation of OPERATIONS) {
      outcomes.push(await this.disturb(operation, rules[operation]));
    }
    if (outcomes.some(({ differences }) => differences.length > 0)) await this.clear();
    return outcomes;
  }

  remove(): void {
    this.testStack.remove();
  }
}

async function failure(stack: Stack, operation: Operation): Promise<string | undefined> {
  const written: string[] = [];
  const take = (text: string) => void written.push(text);
  try {
    await stack[operation]({ onOutput: take, onError: take });
    return undefined;
  } catch {
    return written.join("");
  }
}

async function ended(stack: Stack): Promise<Ended> {
  const { deployment } = await stack.exportStack();
  const { resources = [], pending_operations: pending = [] } = deployment as {
    resources?: { urn: string; initErrors?: unknown[] }[];
    pending_operations?: unknown[];
  };
  const state = resources.map(({ urn, initErrors = [] }) =>
    [urn.split("::").slice(2).join(" "), ...initErrors.map(String)].join(": "),
  );
  return {
    cloud: await cloudContents(cloudAccess(process.env)),
    state: [...state, ...pending.map((one) => `pending ${JSON.stringify(one)}`)].sort(),
  };
}

function differencesOf(expected: Ended, found: Ended): string[] {
  return [...difference(expected.cloud, found.cloud), ...difference(expected.state, found.state)];
}

/** Each line as often as it is there. */
function difference(expected: readonly string[], found: readonly string[]): string[] {
  const left = [...found];
  const missing = expected.filter((line) => {
    const at = left.indexOf(line);
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
  return [...missing.map((line) => `- ${line}`), ...left.map((line) => `+ ${line}`)];
}

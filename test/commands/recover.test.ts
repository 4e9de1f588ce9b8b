// `teams-calling-bot recover`: what becomes of a state, and what is never taken over. Runs that are really killed are in
// test/crashes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resourceIdOf, resourcePath } from "../../arm/resource-paths.js";
import { mendCheckpoint } from "../../commands/recover/damaged-checkpoint.js";
import { recoveredState } from "../../commands/recover/edit-state.js";
import { isDead } from "../../commands/recover/lock-owner.js";
import { operatorPlace } from "../../commands/recover/operator-place.js";
import { plannedResource } from "../../commands/recover/planned-create.js";
import { type RecoverRequest, recoverStack } from "../../commands/recover/recover.js";
import { lockIn, StackLocked } from "../../commands/recover/stack-engine.js";
import {
  parseState,
  type StackState,
  type StateResource,
} from "../../commands/recover/stack-state.js";
import { RESOURCE_TABLE } from "../../local-cloud/plugins/azure-native/resource-table.js";
import { SUBSCRIPTION_ID } from "../../local-cloud/well-known.js";
import { formatIssue } from "../../rules/issue.js";
import { cloudAccess } from "../../scripts/read-back.js";
import { asDeployer } from "../support/as-deployer.js";
import { startTestCloud, type TestCloud } from "../support/test-cloud.js";

const PROVIDER = "urn:pulumi:dev::calls::pulumi:providers:azure-native::default";
const GROUP_ID = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-bots`;

function resource(type: string, name: string, more: Partial<StateResource> = {}): StateResource {
  return { urn: `urn:pulumi:dev::calls::${type}::${name}`, type, custom: true, ...more };
}

const provider: StateResource = {
  urn: PROVIDER,
  type: "pulumi:providers:azure-native",
  custom: true,
  id: "1",
};

const group = resource("azure-native:resources:ResourceGroup", "bots", {
  provider: `${PROVIDER}::1`,
  inputs: {
    resourceGroupName: "rg-bots",
    location: "westeurope",
    azureApiVersion: "2024-03-01",
    tags: { "pulumi-project": "calls", "pulumi-stack": "dev", "pulumi-name": "bots" },
  },
});

function stateOf(
  resources: readonly StateResource[],
  pending: readonly { readonly type: string; readonly resource: StateResource }[] = [],
): StackState {
  return {
    version: 3,
    deployment: {
      manifest: { version: "v3.259.0" },
      resources: [...resources],
      ...(pending.length === 0 ? {} : { pending_operations: [...pending] }),
    },
  };
}

describe("a state that is edited", () => {
  const bot = resource("azure-native:botservice:Bot", "bot", { inputs: { kind: "azurebot" } });
  const made = { id: "/bots/1", outputs: {} };

  it("gets what was made as something that the next update finishes, and loses the note of it", () => {
    const before = stateOf([provider, group], [{ type: "creating", resource: bot }]);
    const { deployment, ...rest } = recoveredState(before, [
      { kind: "takeOver", resource: bot, made },
    ]);
    expect(rest).toEqual({ version: 3 });
    expect(deployment).toEqual({
      manifest: { version: "v3.259.0" },
      resources: [
        provider,
        group,
        {
          ...bot,
          id: "/bots/1",
          outputs: { kind: "azurebot" },
          initErrors: [expect.stringContaining("was killed")],
        },
      ],
    });
  });

  it("has what a directory resource is compared with read again first", () => {
    const application = resource("azuread:index/application:Application", "bot", {});
    const { deployment } = recoveredState(stateOf([]), [
      { kind: "takeOver", resource: application, made: { id: "/applications/1", outputs: {} } },
    ]);
    expect(deployment.resources).toEqual([
      { ...application, id: "/applications/1", outputs: {}, refreshBeforeUpdate: true },
    ]);
  });

  it("keeps what was to be replaced, to be deleted, and drops what was deleted for it already", () => {
    const old = { ...bot, id: "/bots/0" };
    const finding = { kind: "takeOver", resource: bot, made } as const;
    const taken = expect.objectContaining({ id: "/bots/1" });
    expect(recoveredState(stateOf([old]), [finding]).deployment.resources).toEqual([
      taken,
      { ...old, delete: true },
    ]);
    const gone = { ...old, pendingReplacement: true };
    expect(recoveredState(stateOf([gone]), [finding]).deployment.resources).toEqual([taken]);
  });

  it("loses what is deleted, unless something in it still needs it", () => {
    const deleted = { ...group, id: GROUP_ID };
    const finding = { kind: "remove", resource: deleted } as const;
    expect(recoveredState(stateOf([provider, deleted]), [finding]).deployment.resources).toEqual([
      provider,
    ]);
    const needing = stateOf([deleted, { ...bot, id: "/bots/1", dependencies: [deleted.urn] }]);
    expect(recoveredState(needing, [finding]).deployment.resources).toHaveLength(2);
  });

  it("passes everything through that a recovery does not look at", () => {
    const strange = { ...stateOf([{ ...bot, id: "/bots/1", protect: true }]), more: { a: [1] } };
    const { state } = parseState("dev", structuredClone(strange));
    expect(state && recoveredState(state, [])).toEqual(strange);
  });
});

describe("a state that cannot be used", () => {
  it.each([
    ["damaged", { version: 3, deployment: { resources: [{ urn: 7 }] } }],
    ["no state at all", "<html>"],
  ])("is refused with a sentence when it is %s", (_, exported) => {
    const { state, issues } = parseState("dev", exported);
    expect(state).toBeUndefined();
    expect(issues.map(formatIssue)).toEqual([
      expect.stringMatching(
        /^state of dev.* must be what pulumi stack export prints \(Pulumi\)\. /,
      ),
    ]);
  });

  it("is refused with a sentence when a newer engine has written it", () => {
    const { issues } = parseState("dev", { version: 9, deployment: {} });
    expect(issues.map(formatIssue)).toEqual([
      "state of dev must be of version 4 or older (this package), got 9. It was written by a newer engine than this package knows: update the package.",
    ]);
  });
});

describe("a lock", () => {
  it("is read from what the engine says", () => {
    const text =
      "error: the stack is currently locked by 1 lock(s). Either wait ...\n  file:///x/y.json: created by ann@host-1 (pid 42) at 2026-11-24T10:00:00Z";
    expect(lockIn(text)?.owners).toEqual([{ user: "ann", host: "host-1", pid: 42 }]);
    expect(lockIn("error: no such stack")).toBeUndefined();
  });

  it("is of a dead run only when the process was on this machine and is gone", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    const pid = child.pid ?? 0;
    expect(isDead({ user: "ann", host: hostname(), pid })).toBe(true);
    expect(isDead({ user: "ann", host: "another", pid })).toBe(false);
  });
});

describe("a state that the engine was killed in the middle of writing", () => {
  const place = { project: "calls", stack: "dev" };
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "backend-"));
    const stacks = join(folder, ".pulumi", "stacks", "calls");
    mkdirSync(stacks, { recursive: true });
    file = join(stacks, "dev.json");
    writeFileSync(file, '{"version":3}');
    writeFileSync(`${file}.bak`, '{"version":2}');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const mend = () => mendCheckpoint(pathToFileURL(folder).href, place);

  it("is readable again when only the note beside it was cut off", () => {
    writeFileSync(`${file}.attrs`, "");
    expect(mend()).toEqual(["The engine was killed while it wrote the state of dev."]);
    expect(existsSync(`${file}.attrs`)).toBe(false);
    expect(readFileSync(file, "utf8")).toBe('{"version":3}');
  });

  it("is the one before when it was cut off itself, and what was there is kept", () => {
    writeFileSync(file, '{"vers');
    expect(mend()).toHaveLength(1);
    expect(readFileSync(file, "utf8")).toBe('{"version":2}');
    expect(readFileSync(`${file}.damaged`, "utf8")).toBe('{"vers');
  });

  it("is left as it is when it is sound, when there is nothing better, and in another backend", () => {
    expect(mend()).toEqual([]);
    writeFileSync(file, "");
    writeFileSync(`${file}.bak`, "");
    expect(mend()).toEqual([]);
    expect(mendCheckpoint("s3://bucket", place)).toEqual([]);
  });
});

it("ids are made as the provider makes them", () => {
  const paths = RESOURCE_TABLE.map(({ token, path }) => [token, path, resourcePath(token) ?? path]);
  expect(paths.filter(([, path, own]) => path !== own)).toEqual([]);
  expect(resourceIdOf(group.type, group.inputs ?? {}, SUBSCRIPTION_ID)).toBe(GROUP_ID);
  expect(resourceIdOf(group.type, {}, SUBSCRIPTION_ID)).toBeUndefined();
});

it("a planned resource gets what is told of it, and depends on everything that is there", () => {
  const known = { ...group, id: GROUP_ID };
  const planned = {
    ...resource("azure-native:botservice:Bot", "bot"),
    provider: `${PROVIDER}::1`,
    inputs: { kind: "azurebot", properties: { msaAppId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" } },
  };
  expect(plannedResource(planned, stateOf([provider, known]))).toMatchObject({
    inputs: { kind: "azurebot" },
    dependencies: [known.urn],
  });
  // Its provider is not there, so nothing can have been made with it.
  expect(plannedResource(planned, stateOf([known]))).toBeUndefined();
});

describe("a recovery", () => {
  let cloud: TestCloud;
  let deployer: ReturnType<typeof asDeployer>;
  const before = { ...process.env };
  beforeAll(async () => {
    cloud = await startTestCloud();
    Object.assign(process.env, cloud.environment());
    deployer = asDeployer(cloud);
  });
  afterAll(async () => {
    process.env = before;
    await cloud.remove();
  });

  /** An engine that holds a state, and what was done to it. */
  function attempt(state: StackState, more: Partial<RecoverRequest> = {}) {
    const done: string[] = [];
    let now: unknown = state;
    const request: RecoverRequest = {
      stack: "dev",
      engine: {
        exportState: async () => structuredClone(now),
        importState: async (next) => {
          done.push("import");
          now = next;
        },
        cancel: async () => void done.push("cancel"),
        lastRun: async () => undefined,
        plannedCreates: async () => [],
      },
      ...operatorPlace(process.env, {}, "calls"),
      locks: [],
      agree: async () => true,
      keepCopy: () => "copy.json",
      ...more,
    };
    const change = (next: StackState) => {
      now = next;
    };
    return { request, done, change, state: () => now };
  }

  const pendingGroup = stateOf([provider], [{ type: "creating", resource: group }]);

  it("forgets what was never made", async () => {
    const { request, state } = attempt(pendingGroup);
    const { done, issues } = await recoverStack(request);
    expect(issues).toEqual([]);
    expect(done).toEqual([
      "ResourceGroup bots: the note that it was being worked on is cleared, because nothing was made.",
      "The state before that is in copy.json.",
    ]);
    expect(state()).toEqual(stateOf([provider]));
  });

  it("refuses what carries the tags of another stack, and edits nothing", async () => {
    const tags = { ...Object(group.inputs?.["tags"]), "pulumi-stack": "prod" };
    await deployer.arm("PUT", GROUP_ID, "2024-03-01", { location: "westeurope", tags });
    const { request, done } = attempt(pendingGroup);
    const { issues } = await recoverStack(request);
    expect(issues.map(formatIssue)).toEqual([
      expect.stringMatching(
        /^ResourceGroup bots must be provably this stack's to be taken over, and \/subscriptions\/.* carries no tags of this stack \(this package\)\. Look whose it is: /,
      ),
    ]);
    expect(done).toEqual([]);
  });

  it("takes over what carries its own tags, and only after a yes", async () => {
    const { tags } = Object(group.inputs);
    await deployer.arm("PUT", GROUP_ID, "2024-03-01", { location: "westeurope", tags });
    const asked: string[] = [];
    const no = attempt(pendingGroup, {
      agree: async (lines) => {
        asked.push(...lines);
        return false;
      },
    });
    expect(await recoverStack(no.request)).toEqual({ done: [], issues: [], declined: true });
    expect(asked).toEqual([
      `ResourceGroup bots was made by the run that was interrupted: it is taken over as ${GROUP_ID}.`,
    ]);
    expect(no.done).toEqual([]);

    const yes = attempt(pendingGroup);
    await recoverStack(yes.request);
    expect(yes.state()).toMatchObject({ deployment: { resources: [provider, { id: GROUP_ID }] } });
  });

  it("stops when the state changes while it looks", async () => {
    const running = attempt(pendingGroup);
    const request = {
      ...running.request,
      agree: async () => {
        running.change(stateOf([provider, { ...group, id: GROUP_ID }]));
        return true;
      },
    };
    const { issues } = await recoverStack(request);
    expect(issues.map(({ rule }) => rule)).toEqual([
      "must not change while it is recovered, and it did",
    ]);
    expect(running.done).toEqual([]);
  });

  it("leaves a lock alone that is not certainly a dead run's", async () => {
    const owner = { user: "ann", host: "another", pid: 42 };
    const early = attempt(pendingGroup, { locks: [owner] });
    const { issues } = await recoverStack(early.request);
    expect(issues.map(({ rule }) => rule)).toEqual([
      "must not be in use, and process 42 of ann on another holds its lock and is not known to be dead",
    ]);
    const late = attempt(pendingGroup);
    const engine = {
      ...late.request.engine,
      importState: () => Promise.reject(new StackLocked([owner])),
    };
    expect((await recoverStack({ ...late.request, engine })).issues).toHaveLength(1);
    expect([...early.done, ...late.done]).toEqual([]);
  });

  it("does not choose between several applications with the same tags", async () => {
    const tags = ["pulumi-project:calls", "pulumi-stack:dev", "pulumi-name:bot"];
    const application = resource("azuread:index/application:Application", "bot", {
      inputs: { displayName: "Bot", tags },
    });
    const { graph, credential } = cloudAccess(cloud.environment());
    const { token } = await credential.getToken(`${graph}/.default`);
    for (let made = 0; made < 2; made++) {
      const answer = await fetch(`${graph}/v1.0/applications`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ displayName: "Bot", tags }),
      });
      expect(answer.status).toBe(201);
    }
    const { request, done } = attempt(
      stateOf([provider], [{ type: "creating", resource: application }]),
    );
    const { issues } = await recoverStack(request);
    expect(issues.map(({ path, rule }) => `${path} ${rule}`)).toEqual([
      "Application bot must be the only application with its tags to be taken over",
    ]);
    expect(done).toEqual([]);
  });
});

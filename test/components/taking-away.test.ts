// docs/taking-away.md on the real engine: what a destroy deletes, in which order, what it leaves, and what comes back.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type PurgeOptions, purge } from "../../commands/purge/purge.js";
import { type CallingBotArgs, ConsentMode, CredentialKind } from "../../components/index.js";
import { formatIssue } from "../../rules/issue.js";
import { cloudAccess, graphClientOf } from "../../scripts/read-back.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { run } from "../support/test-stack.js";
import { ARGS } from "./refused-programs.js";

const { cloud, botStack } = await cloudOfFile();

const folder = mkdtempSync(join(tmpdir(), "purge-"));
writeFileSync(join(folder, "Pulumi.yaml"), "name: teams-calling-bot\nruntime: nodejs\n");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function purged(options: PurgeOptions) {
  const env = cloud.environment();
  const surroundings = { cwd: folder, env, progress: () => {}, finish: () => {} };
  const { lines, issues } = await purge(surroundings, options);
  return [...lines, ...issues.map(formatIssue)].join("\n");
}

/** Kinds of what was asked to be deleted since `from`, in order. */
function deletesSince(from: number): string[] {
  const asked = cloud.requests.all().slice(from);
  return asked
    .filter(({ method, path }) => method === "DELETE" || path.endsWith("/removePassword"))
    .map(({ path }) =>
      path.endsWith("/removePassword")
        ? "removePassword"
        : (/\/([A-Za-z]+)\/[^/?]+(?:\?.*)?$/.exec(path)?.[1] ?? path),
    );
}

const BOT: CallingBotArgs = {
  ...ARGS,
  consent: { mode: ConsentMode.Grant },
  credential: { kind: CredentialKind.Secret },
};

describe("a stack that is destroyed", () => {
  it("goes from the outside in, leaves its application to be restored, and comes back under the same bot name", async () => {
    const { stack } = await botStack("away", BOT);
    const first = (await run(stack, "up")).outputs;
    const other = await botStack("other", ARGS);
    const living = (await run(other.stack, "up")).outputs;

    const before = cloud.requests.all().length;
    await run(stack, "destroy");
    const order = deletesSince(before);
    expect([...order].sort()).toEqual([
      "appRoleAssignedTo",
      "applications",
      "botServices",
      "channels",
      "removePassword",
      "resourceGroups",
      "servicePrincipals",
    ]);
    const at = (kind: string) => order.indexOf(kind);
    expect(at("channels")).toBeLessThan(at("botServices"));
    expect(at("botServices")).toBeLessThan(at("resourceGroups"));
    expect(at("appRoleAssignedTo")).toBeLessThan(at("servicePrincipals"));
    expect(at("servicePrincipals")).toBeLessThan(at("applications"));
    expect(at("removePassword")).toBeLessThan(at("applications"));
    expect((await stack.exportStack()).deployment.resources ?? []).toEqual([]);

    // In the recycle bin, and nobody emptied it.
    const graph = graphClientOf(cloudAccess(process.env));
    const bin = "/directory/deletedItems/microsoft.graph.application";
    const inBin = async () =>
      (await graph.api(bin).get()).value.map(({ appId }: { appId: string }) => appId);
    expect(await inBin()).toEqual([first["appId"]]);

    const again = (await run(stack, "up")).outputs;
    expect(again["botName"]).toBe(first["botName"]);
    expect(again["appId"]).not.toBe(first["appId"]);
    expect(await inBin()).toEqual([first["appId"]]);

    // Purged only when it is named, and only what is this stack's and deleted.
    const appId = String(first["appId"]);
    expect(await purged({ stack: "away" })).toContain(`  ${appId}  `);
    expect(await purged({ stack: "other" })).toContain("has no application of the stack other");
    for (const [stackName, id] of [
      ["other", appId],
      ["away", String(again["appId"])],
      ["other", String(living["appId"])],
    ] as const) {
      expect(await purged({ stack: stackName, appId: id })).toContain(
        `--app-id must be a deleted application of the stack ${stackName}`,
      );
    }
    expect(await purged({ stack: "away", appId: "all" })).toContain("--app-id must be");
    expect(await inBin()).toEqual([appId]);
    expect(await purged({ stack: "away", appId })).toMatch(/\(.*\) is deleted for good\.$/);
    expect(await inBin()).toEqual([]);

    cloud.faults.add({
      kind: "fail",
      status: 403,
      service: "graph",
      path: "deletedItems",
      skip: 0,
    });
    expect(await purged({ stack: "away" })).toContain("Sign in to the tenant as whoever deployed");
    cloud.faults.clear();
    for (const one of [stack, other.stack]) await run(one, "destroy");
  });
});

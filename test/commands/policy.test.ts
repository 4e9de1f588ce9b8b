// `teams-calling-bot policy`, from the outputs of a stack.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PolicyOptions, policy } from "../../commands/policy/policy.js";
import type { StackOutputs } from "../../rules/outputs.js";
import { outputsOf } from "./bot-outputs.js";

const GUID = "11111111-1111-4111-8111-111111111111";
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policy-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function printed(roles: readonly string[], options: PolicyOptions) {
  const permissions = roles.map((value) => ({ value, id: GUID, because: [] }));
  const outputs: StackOutputs = outputsOf({ permissions });
  writeFileSync(join(folder, "outputs.json"), JSON.stringify(outputs));
  const surroundings = { cwd: folder, env: {}, progress: () => {}, finish: () => {} };
  return policy(surroundings, { outputs: "outputs.json", ...options });
}

describe("policy", () => {
  it("prints a script for a bot that handles meetings, under the bot's name or another", async () => {
    const { lines, issues } = await printed(["OnlineMeetings.Read.All"], { user: [GUID] });
    expect(issues).toEqual([]);
    expect(lines[0]).toBe("# Needed for OnlineMeetings.Read.All.");
    expect(lines).toContain(
      `Grant-CsApplicationAccessPolicy -PolicyName "${outputsOf().botName}" -Identity "${GUID}"`,
    );
    const named = await printed(["OnlineMeetings.Read.All"], {
      everyone: true,
      policy: "Meetings",
    });
    expect(named.lines).toContain('Grant-CsApplicationAccessPolicy -PolicyName "Meetings" -Global');
  });

  it("prints what takes it away, also when the bot does not need it any more", async () => {
    const { lines } = await printed([], { group: [GUID], remove: true });
    expect(lines).toContain(`Grant-CsApplicationAccessPolicy -PolicyName $null -Group "${GUID}"`);
  });

  it("says so when none is needed, and asks whose meetings they are", async () => {
    const none = await printed(["Calls.JoinGroupCall.All"], {});
    expect(none.lines).toEqual(["# No app role of the bot needs an application access policy."]);
    const { issues } = await printed(["OnlineMeetings.Read.All"], {});
    expect(issues.map(({ path }) => path)).toEqual(["--user"]);
  });
});

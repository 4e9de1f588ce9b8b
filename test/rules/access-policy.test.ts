import { describe, expect, it } from "vitest";
import {
  type AccessPolicy,
  accessPolicyLines,
  accessPolicyRemoval,
  checkAccessPolicy,
  needingAccessPolicy,
} from "../../rules/access-policy.js";
import { Cloud } from "../../rules/clouds.js";
import { formatIssue } from "../../rules/issue.js";
import { powerShellErrors } from "../support/powershell-parser.js";

const GUID = "11111111-1111-4111-8111-111111111111";
const policy = (changes: Partial<AccessPolicy> = {}): AccessPolicy => ({
  name: "contoso-bot",
  appId: GUID,
  tenantId: GUID,
  cloud: Cloud.Public,
  users: [GUID],
  ...changes,
});

describe("the script of an application access policy", () => {
  it("is PowerShell for every kind of holder, and so is its removal", async () => {
    const whole = policy({ groups: [GUID], everyone: true });
    for (const lines of [accessPolicyLines(whole), accessPolicyRemoval(whole)]) {
      expect(await powerShellErrors(lines.join("\n"))).toEqual([]);
    }
  });

  it("makes the policy once, adds the bot to one that is there, and grants it", () => {
    const text = accessPolicyLines(policy({ everyone: true })).join("\n");
    expect(text).toContain(
      `New-CsApplicationAccessPolicy -Identity "contoso-bot" -AppIds "${GUID}"`,
    );
    expect(text).toContain(`-Identity "contoso-bot" -AppIds @{Add = "${GUID}"}`);
    expect(text).toContain(`-PolicyName "contoso-bot" -Identity "${GUID}"`);
    expect(text).toContain('-PolicyName "contoso-bot" -Global');
  });

  it.each([
    [Cloud.Public, undefined],
    [Cloud.GccModerate, undefined],
    [Cloud.GccHigh, "TeamsGCCH"],
    [Cloud.Dod, "TeamsDOD"],
  ])("signs in to the Teams of %s", (cloud, environment) => {
    const line = accessPolicyLines(policy({ cloud })).find((one) => one.startsWith("Connect"));
    const where = environment === undefined ? "" : ` -TeamsEnvironmentName ${environment}`;
    expect(line).toBe(`Connect-MicrosoftTeams -TenantId "${GUID}"${where}`);
  });

  it("takes nothing that would be code", () => {
    const said = (changes: Partial<AccessPolicy>) =>
      checkAccessPolicy(policy(changes)).map(formatIssue).join("\n");
    expect(said({})).toBe("");
    expect(said({ name: '$(Remove-Item "x")' })).toContain("--policy must be 1 to 64 letters");
    expect(said({ users: ["somebody@contoso.com"] })).toContain("--user must be a GUID");
    expect(said({ groups: ['"; exit'] })).toContain("--group must be a GUID");
    expect(said({ users: [] })).toContain("--user must say whose meetings the bot handles");
  });

  it("is needed for meetings and for nothing else", () => {
    expect(needingAccessPolicy(["Calls.JoinGroupCall.All", "OnlineMeetings.Read.All"])).toEqual([
      "OnlineMeetings.Read.All",
    ]);
  });
});

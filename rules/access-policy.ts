// The application access policy that OnlineMeetings.* needs. Only Teams PowerShell can make or read one: neither Resource Manager
// nor Microsoft Graph has it. Sources: "Configure application access to online meetings or virtual events",
// "Grant-CsApplicationAccessPolicy", "Connect-MicrosoftTeams".

import { Cloud } from "./clouds.js";
import { checkGuid } from "./guid.js";
import { type Issue, shown } from "./issue.js";
import { Demand, findPermission } from "./permissions.js";

/** Names of the app roles for which there has to be one. */
export function needingAccessPolicy(permissions: readonly string[]): string[] {
  return permissions.filter((value) =>
    findPermission(value)?.demands.includes(Demand.ApplicationAccessPolicy),
  );
}

/** The two lines that make the policy and grant it to one user, for texts. */
export function accessPolicyScript(botName: string, appId: string): string[] {
  return [
    `New-CsApplicationAccessPolicy -Identity "${botName}" -AppIds "${appId}"`,
    `Grant-CsApplicationAccessPolicy -PolicyName "${botName}" -Identity "<object id of the user whose meetings the bot handles>"`,
  ];
}

/** Whose meetings the bot may handle. */
export interface PolicyHolders {
  /** Object ids of users. @default [] */
  readonly users?: readonly string[];
  /** Object ids of groups. @default [] */
  readonly groups?: readonly string[];
  /** Everybody of the tenant. @default false */
  readonly everyone?: boolean;
}

export interface AccessPolicy extends PolicyHolders {
  readonly name: string;
  readonly appId: string;
  readonly tenantId: string;
  readonly cloud: Cloud;
}

/** Issues of who is to have the policy, and of its name; nothing of them may end up as code in a script. */
export function checkAccessPolicy({
  name,
  users = [],
  groups = [],
  everyone = false,
}: AccessPolicy): Issue[] {
  const issues = [
    ...users.flatMap((id) => checkGuid("--user", id, "the object id of the user")),
    ...groups.flatMap((id) => checkGuid("--group", id, "the object id of the group")),
  ];
  if (!/^[\w][\w .-]{0,63}$/.test(name)) {
    issues.push({
      path: "--policy",
      rule: "must be 1 to 64 letters, digits, spaces, dots, hyphens or underscores",
      whose: "this package",
      got: shown(name),
      fix: "Choose another name.",
    });
  }
  if (users.length + groups.length === 0 && !everyone) {
    issues.push({
      path: "--user",
      rule: "must say whose meetings the bot handles, or --group, or --everyone",
      whose: "Microsoft Teams",
      fix: "Give object ids: a policy that nobody has allows nothing.",
    });
  }
  return issues;
}

/** `-TeamsEnvironmentName` by cloud; the public cloud and GCC need none. */
const ENVIRONMENTS: Readonly<Partial<Record<Cloud, string>>> = {
  [Cloud.GccHigh]: "TeamsGCCH",
  [Cloud.Dod]: "TeamsDOD",
  [Cloud.China]: "TeamsChina",
};

/** Lines that sign in as a Teams administrator. */
function connect({ tenantId, cloud }: AccessPolicy): string[] {
  const environment = ENVIRONMENTS[cloud];
  const where = environment === undefined ? "" : ` -TeamsEnvironmentName ${environment}`;
  return [
    "$ErrorActionPreference = 'Stop'",
    "if (-not (Get-Module -ListAvailable -Name MicrosoftTeams)) {",
    "  Install-Module -Name MicrosoftTeams -Scope CurrentUser",
    "}",
    `Connect-MicrosoftTeams -TenantId "${tenantId}"${where}`,
    "",
  ];
}

/** A whole script that may be run again: it makes the policy or adds the bot to it, grants it, and shows what there is. */
export function accessPolicyLines(policy: AccessPolicy): string[] {
  const { name, appId, users = [], groups = [], everyone = false } = policy;
  return [
    ...connect(policy),
    `$policy = Get-CsApplicationAccessPolicy | Where-Object { $_.Identity -eq "Tag:${name}" }`,
    "if ($null -eq $policy) {",
    `  New-CsApplicationAccessPolicy -Identity "${name}" -AppIds "${appId}"`,
    `} elseif ($policy.AppIds -notcontains "${appId}") {`,
    `  Set-CsApplicationAccessPolicy -Identity "${name}" -AppIds @{Add = "${appId}"}`,
    "}",
    "",
    "# A user has one such policy: this takes the place of the one before. To keep that, add the bot to it with --policy.",
    ...users.map((id) => `Grant-CsApplicationAccessPolicy -PolicyName "${name}" -Identity "${id}"`),
    ...groups.map((id) => `Grant-CsApplicationAccessPolicy -PolicyName "${name}" -Group "${id}"`),
    ...(everyone ? [`Grant-CsApplicationAccessPolicy -PolicyName "${name}" -Global`] : []),
    "",
    `Get-CsApplicationAccessPolicy -Identity "${name}"`,
    "# It takes up to 30 minutes until Microsoft Graph knows.",
  ];
}

/** A whole script that takes it away again, for a bot that is taken away. */
export function accessPolicyRemoval(policy: AccessPolicy): string[] {
  const { name, users = [], groups = [], everyone = false } = policy;
  return [
    ...connect(policy),
    ...users.map((id) => `Grant-CsApplicationAccessPolicy -PolicyName $null -Identity "${id}"`),
    ...groups.map((id) => `Grant-CsApplicationAccessPolicy -PolicyName $null -Group "${id}"`),
    ...(everyone ? ["Grant-CsApplicationAccessPolicy -PolicyName $null -Global"] : []),
    "",
    "# Only where no other bot is in the policy:",
    `Remove-CsApplicationAccessPolicy -Identity "${name}"`,
  ];
}

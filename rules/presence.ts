// What a stack names and does not make must be there already. The cloud would say so only after other things were made.
import { type Issue, shown, throwIfAny } from "./issue.js";
import { OWN_TAGS } from "./tags.js";

/** What Azure answers when asked for a resource group. */
export interface AskedGroup {
  readonly isThere: boolean;
  /** Whether its tags say that this stack has made it. */
  readonly isOurs: boolean;
}

/** Returns the name of a resource group that is there and not the stack's own, or throws a RulesError. */
export function checkedExistingGroup(path: string, name: string): (asked: AskedGroup) => string {
  return ({ isThere, isOurs }) => {
    const missing: Issue = {
      path: `${path}.name`,
      rule: "must be a resource group of the subscription when resourceGroup.existing is true, and there is none",
      whose: "Azure Resource Manager",
      got: shown(name),
      fix: "Correct the name, make the group first, or leave resourceGroup.existing out: the stack then makes one.",
    };
    const own: Issue = {
      path: `${path}.existing`,
      rule: "must be false for a group that this stack has made, because the update would delete it with everything in it",
      whose: "this package",
      got: `true for ${shown(name)}`,
      fix: `Leave it out. To hand the group over, take it out of the state (pulumi state delete) and its tag ${OWN_TAGS.stack} off.`,
    };
    throwIfAny(isThere ? (isOurs ? [own] : []) : [missing]);
    return name;
  };
}

/** An issue for each of the owners that is among `missing`, which are those that the directory does not have. */
export function checkOwnersAreThere(
  path: string,
  owners: readonly string[],
  missing: readonly string[],
): Issue[] {
  return owners.flatMap((owner, i) => {
    if (!missing.includes(owner)) return [];
    return [
      {
        path: `${path}[${i}]`,
        rule: "must be the object id of a user or service principal of the tenant, and the directory has none",
        whose: "Microsoft Entra ID",
        got: shown(owner),
        fix: "Correct it; of an application give the object id of its service principal (its enterprise application).",
      },
    ];
  });
}

/**
 * An issue for a resource that a stack gives, of whatever subscription, and that Azure says it does not have.
 * @param status of Azure's answer; undefined where there was none
 */
export function checkGivenIsThere(path: string, id: string, status: number | undefined): Issue[] {
  if (status !== 404) return [];
  return [
    {
      path,
      rule: "must be the resource id of one that exists, and there is none",
      whose: "Azure Resource Manager",
      got: shown(id),
      fix: "Copy it from the resource's properties, or leave it out to have one made.",
    },
  ];
}

/** An issue for Application Insights whose connection string whoever deploys may not read. */
export function checkInsightsReadable(
  path: string,
  id: string,
  status: number | undefined,
): Issue[] {
  if (status !== undefined && status < 300) return [];
  if (status === 404) return checkGivenIsThere(path, id, status);
  return [
    {
      path,
      rule: "must be one that whoever deploys may read, because the process is told its connection string",
      whose: "this package",
      got: `${shown(id)}, and ${status === undefined ? "no answer" : `the answer ${status}`}`,
      fix: "Give the deployer the role Reader there and run again, or leave it out to have one made.",
    },
  ];
}

// What a stack names and does not make must be there already. The cloud would say so only after other things were made.
import { type Issue, shown, throwIfAny } from "./issue.js";

/** For what Azure answers when asked for a resource group: returns its name, or throws a RulesError. */
export function checkedExistingGroup(path: string, name: string): (isThere: boolean) => string {
  return (isThere) => {
    const missing: Issue = {
      path,
      rule: "must be a resource group of the subscription when resourceGroup.existing is true, and there is none",
      whose: "Azure Resource Manager",
      got: shown(name),
      fix: "Correct the name, make the group first, or leave resourceGroup.existing out: the stack then makes one.",
    };
    throwIfAny(isThere ? [] : [missing]);
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

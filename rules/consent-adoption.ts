// An app role that is granted already cannot be granted a second time: its assignment is taken over.
import { isGuid } from "./guid.js";
import { type Issue, shown } from "./issue.js";
import { findPermission } from "./permissions.js";

/** An app role assignment that exists. */
export interface ExistingAssignment {
  /** Name of the app role. */
  readonly role: string;
  /** Id of the assignment, opaque and case-sensitive. */
  readonly assignmentId: string;
  /** Object id of Microsoft Graph's service principal. */
  readonly resourceId: string;
}

/** The id by which the azuread provider knows an assignment: `/servicePrincipals/{resource}/appRoleAssignedTo/{assignment}`. */
export function assignmentImportId({ resourceId, assignmentId }: ExistingAssignment): string {
  return `/servicePrincipals/${resourceId}/appRoleAssignedTo/${assignmentId}`;
}

/** Issues of the assignments to take over, by name of the app role. */
export function checkAdopted(
  path: string,
  adopt: Readonly<Record<string, string>>,
  asked: readonly string[],
): Issue[] {
  const whose = "this package";
  return Object.entries(adopt).flatMap(([name, id]): Issue[] => {
    const at = `${path}[${shown(name)}]`;
    const role = findPermission(name)?.value;
    if (role === undefined || !asked.includes(role)) {
      const rule = "must be named after an app role that is asked for";
      return [{ path: at, rule, whose, fix: `Use one of ${asked.join(", ")}.` }];
    }
    const [, resource = "", assignment = ""] =
      /^\/servicePrincipals\/([^/]+)\/appRoleAssignedTo\/([^/]+)$/.exec(id) ?? [];
    if (isGuid(resource) && assignment !== "") return [];
    const rule = "must be /servicePrincipals/{resource}/appRoleAssignedTo/{assignment}";
    return [{ path: at, rule, whose, got: shown(id), fix: "Take the id from the error." }];
  });
}

/** What {@link alreadyGranted} says. */
export interface AlreadyGranted {
  /** The assignment that stands in the way. */
  readonly found: ExistingAssignment;
  /** Every assignment that may have to be taken over; each may be named, also one that this stack owns. */
  readonly all: readonly ExistingAssignment[];
  /** Logical name of the resource that was to be made. */
  readonly resourceName: string;
  /** URN of its parent. */
  readonly parentUrn: string;
}

/** The issue of an app role that is granted already: by a link, by a person, or by a run that did not end. */
export function alreadyGranted({ found, all, resourceName, parentUrn }: AlreadyGranted): Issue {
  const adopt = Object.fromEntries(all.map((one) => [one.role, assignmentImportId(one)]));
  const type = "azuread:index/appRoleAssignment:AppRoleAssignment";
  return {
    path: `permissions "${found.role}"`,
    rule: "must not be granted already when consent.mode is grant",
    whose: "Microsoft Entra ID",
    fix: `Take it over: set consent.adopt to ${JSON.stringify(adopt)} for the next update, or give that id as the resource option import, or run: pulumi import ${type} ${resourceName} ${assignmentImportId(found)} --parent 'parent=${parentUrn}' --protect=false.`,
  };
}

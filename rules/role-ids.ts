// App role ids: from the directory where the bot is registered, with the catalogue as the check.
import { type Issue, throwIfAny } from "./issue.js";
import { findPermission } from "./permissions.js";

/**
 * The id of app role `value` among those that Microsoft Graph's service principal lists, or a RulesError.
 * In the public cloud a listed id that differs from the published one means that something else answers for
 * Microsoft Graph; whether national clouds use the same ids is unverified, so there the directory's id is taken.
 */
export function checkedRoleId(
  listed: Readonly<Record<string, string>>,
  value: string,
  idsArePublic = true,
): string {
  const id = listed[value];
  throwIfAny(id === undefined ? [notOffered(value)] : []);
  const published = findPermission(value)?.id;
  if (idsArePublic && published !== undefined && published !== id?.toLowerCase()) {
    throwIfAny([differs(value, published, id ?? "")]);
  }
  return id ?? "";
}

function notOffered(value: string): Issue {
  return {
    path: `permissions "${value}"`,
    rule: "must be an app role that Microsoft Graph offers in this tenant",
    whose: "Microsoft Graph",
    fix: "Take it out: this cloud does not have it.",
  };
}

function differs(value: string, published: string, got: string): Issue {
  return {
    path: `permissions "${value}"`,
    rule: `must have the published id ${published} in the tenant's directory`,
    whose: "Microsoft Graph",
    got: `"${got}"`,
    fix: "Check that the providers talk to Microsoft Graph, and for a national cloud set cloud.",
  };
}

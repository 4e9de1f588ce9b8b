// What the directory refuses to write into an application, whichever client asks.
import type { Directory } from "../directory/directory.js";
import type { ApplicationRecord } from "../directory/records.js";
import { badRequest, GraphError, invalidValue, missingValue, notHere } from "./errors.js";
import { checkIdentifierUris, identifierUrisOf } from "./identifier-uris.js";
import { isJsonObject, type JsonObject, stringAt } from "./json-body.js";
import { checkRedirectUris } from "./redirect-uris.js";
import { isGuid } from "./shape.js";

const LONGEST_NAME = 256;
const MOST_RESOURCES = 50;
const MOST_PERMISSIONS = 400;

/**
 * Throws 400 unless `next` may stand in the directory. `before` is what stands there now; undefined for a new one.
 */
export function checkApplication(
  directory: Directory,
  next: ApplicationRecord,
  before: ApplicationRecord | undefined,
): void {
  const { fields } = next;
  checkNames(fields);
  checkAudience(fields);
  checkRequiredResourceAccess(fields["requiredResourceAccess"]);
  checkRedirectUris(fields);
  checkPermissionsKept(before?.fields ?? {}, fields);
  checkRoles(fields["appRoles"]);
  const had = new Set(before === undefined ? [] : identifierUrisOf(before));
  checkIdentifierUris(
    directory,
    next,
    identifierUrisOf(next).filter((uri) => !had.has(uri)),
  );
  for (const absent of ["applicationTemplateId", "uniqueName"]) {
    if (isSet(fields[absent])) throw notHere(`the application property ${absent}`);
  }
}

function checkNames(fields: JsonObject): void {
  const displayName = stringAt(fields, "displayName");
  if (displayName === undefined || displayName === "")
    throw missingValue("Application", "displayName");
  if (displayName.length > LONGEST_NAME) {
    throw invalidValue("Application", "displayName", `is longer than ${LONGEST_NAME} characters`);
  }
}

const AUDIENCES = [
  "AzureADMyOrg",
  "AzureADMultipleOrgs",
  "AzureADandPersonalMicrosoftAccount",
  "PersonalMicrosoftAccount",
];

function checkAudience(fields: JsonObject): void {
  const audience = stringAt(fields, "signInAudience") ?? "";
  if (!AUDIENCES.includes(audience)) {
    throw invalidValue("Application", "signInAudience", `must be one of ${AUDIENCES.join(", ")}`);
  }
  const api = isJsonObject(fields["api"]) ? fields["api"] : {};
  const version = api["requestedAccessTokenVersion"] ?? null;
  const allowed = audience.includes("Personal") ? [2] : [null, 1, 2];
  if (!allowed.some((candidate) => candidate === version)) {
    throw badRequest("Property api.requestedAccessTokenVersion is invalid.");
  }
}

/**
 * The form only. UNVERIFIED: the directory takes ids that the named resource does not offer, and consent is what fails.
 */
function checkRequiredResourceAccess(value: unknown): void {
  const path = "requiredResourceAccess";
  const resources = objects(value, path);
  if (resources.length > MOST_RESOURCES) {
    throw invalidValue("Application", path, `names more than ${MOST_RESOURCES} resources`);
  }
  const accesses = resources.flatMap((resource, index) => {
    if (!isGuid(stringAt(resource, "resourceAppId") ?? "")) {
      throw invalidValue("Application", `${path}[${index}].resourceAppId`, "must be an app id");
    }
    return objects(resource["resourceAccess"], `${path}[${index}].resourceAccess`);
  });
  if (accesses.length > MOST_PERMISSIONS) {
    throw invalidValue("Application", path, `names more than ${MOST_PERMISSIONS} permissions`);
  }
  for (const access of accesses) {
    if (!isGuid(stringAt(access, "id") ?? "")) {
      throw invalidValue(
        "Application",
        `${path}.resourceAccess.id`,
        "must be the id of a permission",
      );
    }
    if (!["Role", "Scope"].includes(stringAt(access, "type") ?? "")) {
      throw invalidValue("Application", `${path}.resourceAccess.type`, "must be Role or Scope");
    }
  }
}

function checkRoles(value: unknown): void {
  const [ids, values] = [new Set<string>(), new Set<string>()];
  for (const [index, role] of objects(value, "appRoles").entries()) {
    const path = `appRoles[${index}]`;
    const id = stringAt(role, "id");
    if (id === undefined || ids.has(id))
      throw invalidValue("Application", `${path}.id`, "must be a GUID of its own");
    ids.add(id);
    for (const required of ["displayName", "description"]) {
      if (!stringAt(role, required))
        throw invalidValue("Application", `${path}.${required}`, "is required");
    }
    const types = role["allowedMemberTypes"];
    if (
      !Array.isArray(types) ||
      types.length === 0 ||
      types.some((type) => !["User", "Application"].includes(type))
    ) {
      throw invalidValue(
        "Application",
        `${path}.allowedMemberTypes`,
        "must hold User, Application or both",
      );
    }
    const roleValue = stringAt(role, "value");
    if (roleValue === undefined) continue;
    if (values.has(roleValue) || /\s/.test(roleValue) || roleValue.length > 120) {
      throw invalidValue(
        "Application",
        `${path}.value`,
        "must be its own, at most 120 characters, without a space",
      );
    }
    values.add(roleValue);
  }
}

/** A permission that is in use must be disabled before it is taken away (hashicorp/terraform-provider-azuread). */
function checkPermissionsKept(before: JsonObject, next: JsonObject): void {
  const kept = new Set(permissionsOf(next).map(({ id }) => id));
  const lost = permissionsOf(before).some(
    ({ id, isEnabled }) => isEnabled !== false && !kept.has(id),
  );
  if (!lost) return;
  throw new GraphError(
    400,
    "CannotDeleteOrUpdateEnabledEntitlement",
    "Permission (scope or role) cannot be deleted or updated unless disabled first.",
  );
}

function permissionsOf(fields: JsonObject): JsonObject[] {
  const api = isJsonObject(fields["api"]) ? fields["api"] : {};
  return [
    ...objects(fields["appRoles"], "appRoles"),
    ...objects(api["oauth2PermissionScopes"], "api"),
  ];
}

function objects(value: unknown, path: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw invalidValue("Application", path, "must be a list of objects");
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}

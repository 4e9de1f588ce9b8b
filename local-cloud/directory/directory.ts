// The directory's records and the questions asked of them, each answered by a key or an index: a stack may hold a
// thousand bots. Call the writing methods inside `store.transaction`.
import type { Store } from "../state/store.js";
import type {
  ApplicationRecord,
  AppRoleAssignmentRecord,
  DeletedItemRecord,
  ServicePrincipalRecord,
} from "./records.js";

export class Directory {
  constructor(private readonly store: Store) {}

  application(tenantId: string, id: string): ApplicationRecord | undefined {
    return this.store.get("applications", key(tenantId, id));
  }

  /** The application with this app id, in whichever tenant owns it. */
  applicationByAppId(appId: string): ApplicationRecord | undefined {
    const home = this.store.get<string>("applicationsByAppId", appId.toLowerCase());
    return home === undefined ? undefined : this.store.get("applications", home);
  }

  applications(tenantId: string): ApplicationRecord[] {
    return values(this.store.entries("applications", key(tenantId, "")));
  }

  putApplication(record: ApplicationRecord): void {
    const home = key(record.tenantId, record.id);
    this.store.put("applications", home, record);
    this.store.put("applicationsByAppId", record.appId.toLowerCase(), home);
  }

  removeApplication(record: ApplicationRecord): void {
    this.store.remove("applications", key(record.tenantId, record.id));
    this.store.remove("applicationsByAppId", record.appId.toLowerCase());
  }

  servicePrincipal(tenantId: string, id: string): ServicePrincipalRecord | undefined {
    return this.store.get("servicePrincipals", key(tenantId, id));
  }

  servicePrincipalByAppId(tenantId: string, appId: string): ServicePrincipalRecord | undefined {
    const id = this.store.get<string>("servicePrincipalsByAppId", key(tenantId, appId));
    return id === undefined ? undefined : this.servicePrincipal(tenantId, id);
  }

  servicePrincipals(tenantId: string): ServicePrincipalRecord[] {
    return values(this.store.entries("servicePrincipals", key(tenantId, "")));
  }

  putServicePrincipal(record: ServicePrincipalRecord): void {
    this.store.put("servicePrincipals", key(record.tenantId, record.id), record);
    this.store.put("servicePrincipalsByAppId", key(record.tenantId, record.appId), record.id);
  }

  /** Removes it and every app role assignment to it and on it, as the real directory does. */
  removeServicePrincipal(record: ServicePrincipalRecord): void {
    for (const assignment of [
      ...this.assignmentsOfPrincipal(record.tenantId, record.id),
      ...this.assignmentsToResource(record.tenantId, record.id),
    ]) {
      this.removeAssignment(assignment);
    }
    this.store.remove("servicePrincipals", key(record.tenantId, record.id));
    this.store.remove("servicePrincipalsByAppId", key(record.tenantId, record.appId));
  }

  assignment(tenantId: string, id: string): AppRoleAssignmentRecord | undefined {
    // Assignment ids are case-sensitive, unlike object ids.
    return this.store.get("appRoleAssignments", `${tenantId}/${id}`);
  }

  assignmentsOfPrincipal(tenantId: string, principalId: string): AppRoleAssignmentRecord[] {
    return this.assignmentsBy("appRoleAssignmentsByPrincipal", tenantId, principalId);
  }

  assignmentsToResource(tenantId: string, resourceId: string): AppRoleAssignmentRecord[] {
    return this.assignmentsBy("appRoleAssignmentsByResource", tenantId, resourceId);
  }

  putAssignment(record: AppRoleAssignmentRecord): void {
    this.store.put("appRoleAssignments", `${record.tenantId}/${record.id}`, record);
    for (const [index, indexKey] of indexKeys(record)) this.store.put(index, indexKey, record.id);
  }

  removeAssignment(record: AppRoleAssignmentRecord): void {
    this.store.remove("appRoleAssignments", `${record.tenantId}/${record.id}`);
    for (const [index, indexKey] of indexKeys(record)) this.store.remove(index, indexKey);
  }

  /** Values of the app roles that `resourceAppId` has granted to a principal: the `roles` claim of its next token. */
  grantedRoles(tenantId: string, principalId: string, resourceAppId: string): string[] {
    const resource = this.servicePrincipalByAppId(tenantId, resourceAppId);
    if (resource === undefined) return [];
    const granted = new Set(
      this.assignmentsOfPrincipal(tenantId, principalId)
        .filter((assignment) => assignment.resourceId === resource.id)
        .map((assignment) => assignment.appRoleId),
    );
    return resource.appRoles.filter((role) => granted.has(role.id)).map((role) => role.value);
  }

  deletedItem(tenantId: string, id: string): DeletedItemRecord | undefined {
    return this.store.get("deletedItems", key(tenantId, id));
  }

  deletedItems(tenantId: string): DeletedItemRecord[] {
    return values(this.store.entries("deletedItems", key(tenantId, "")));
  }

  putDeletedItem(record: DeletedItemRecord): void {
    this.store.put("deletedItems", key(record.tenantId, record.id), record);
  }

  removeDeletedItem(record: DeletedItemRecord): void {
    this.store.remove("deletedItems", key(record.tenantId, record.id));
  }

  private assignmentsBy(index: string, tenantId: string, id: string): AppRoleAssignmentRecord[] {
    return values<string>(this.store.entries(index, `${key(tenantId, id)}/`)).flatMap(
      (assignmentId) => this.assignment(tenantId, assignmentId) ?? [],
    );
  }
}

function indexKeys(record: AppRoleAssignmentRecord): [index: string, key: string][] {
  return [
    ["appRoleAssignmentsByPrincipal", `${key(record.tenantId, record.principalId)}/${record.id}`],
    ["appRoleAssignmentsByResource", `${key(record.tenantId, record.resourceId)}/${record.id}`],
  ];
}

function key(tenantId: string, id: string): string {
  return `${tenantId}/${id.toLowerCase()}`;
}

function values<T>(entries: { value: T }[]): T[] {
  return entries.map(({ value }) => value);
}

// The people who can sign in to the local cloud: one for every right that matters to a consent. They have no passwords.
import type { Store } from "../state/store.js";
import { SECOND_TENANT_ID, TENANT_ID } from "../well-known.js";

/** A directory role: its template id is what a token's `wids` hold ("Microsoft Entra built-in roles"). */
export interface DirectoryRole {
  readonly templateId: string;
  readonly displayName: string;
}

export const GLOBAL_ADMINISTRATOR: DirectoryRole = {
  templateId: "62e90394-69f5-4237-9190-012177145e10",
  displayName: "Global Administrator",
};
export const PRIVILEGED_ROLE_ADMINISTRATOR: DirectoryRole = {
  templateId: "e8611ab8-c189-46e8-94e1-60213ab1f814",
  displayName: "Privileged Role Administrator",
};
export const APPLICATION_ADMINISTRATOR: DirectoryRole = {
  templateId: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  displayName: "Application Administrator",
};
/** What everybody has who is a member of a tenant. */
const MEMBER_TEMPLATE_ID = "b79fbf4d-3ef9-4689-8143-76b194e85509";

/** A member of a tenant. */
export interface PersonRecord {
  /** Object id. */
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly roles: readonly DirectoryRole[];
}

export const GLOBAL_ADMIN = person("a1", TENANT_ID, "Gloria Adams", "gloria@contoso.local", [
  GLOBAL_ADMINISTRATOR,
]);
export const PRIVILEGED_ROLE_ADMIN = person("a2", TENANT_ID, "Priya Rao", "priya@contoso.local", [
  PRIVILEGED_ROLE_ADMINISTRATOR,
]);
export const APPLICATION_ADMIN = person("a3", TENANT_ID, "Anton Apel", "anton@contoso.local", [
  APPLICATION_ADMINISTRATOR,
]);
export const ORDINARY_USER = person("a4", TENANT_ID, "Uma Okoro", "uma@contoso.local", []);
export const SECOND_TENANT_ADMIN = person(
  "a5",
  SECOND_TENANT_ID,
  "Felix Brandt",
  "felix@fabrikam.local",
  [GLOBAL_ADMINISTRATOR],
);

/** Everybody, in the order in which the sign-in page shows them. */
const PEOPLE: readonly PersonRecord[] = [
  GLOBAL_ADMIN,
  PRIVILEGED_ROLE_ADMIN,
  APPLICATION_ADMIN,
  ORDINARY_USER,
  SECOND_TENANT_ADMIN,
];

/** Directory role template ids of a person, as the `wids` claim carries them. */
export function widsOf({ roles }: PersonRecord): string[] {
  return [...roles.map(({ templateId }) => templateId), MEMBER_TEMPLATE_ID];
}

export function holdsOneOf(who: PersonRecord, roles: readonly DirectoryRole[]): boolean {
  return who.roles.some((held) => roles.some(({ templateId }) => templateId === held.templateId));
}

const COLLECTION = "people";

/** Writes everybody who is not there yet: a state folder may be older than one of them. */
export function seedPeople(store: Store): void {
  store.transaction(() => {
    for (const one of PEOPLE) {
      if (store.get(COLLECTION, one.id) === undefined) store.put(COLLECTION, one.id, one);
    }
  });
}

export function allPeople(store: Store): PersonRecord[] {
  return store.entries<PersonRecord>(COLLECTION).map(({ value }) => value);
}

export function findPerson(store: Store, id: string): PersonRecord | undefined {
  return store.get(COLLECTION, id.toLowerCase());
}

function person(
  suffix: string,
  tenantId: string,
  displayName: string,
  userPrincipalName: string,
  roles: readonly DirectoryRole[],
): PersonRecord {
  const id = `10ca1000-0000-4000-8000-0000000000${suffix}`;
  return { id, tenantId, displayName, userPrincipalName, roles };
}

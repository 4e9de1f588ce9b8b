// What the directory (Entra) remembers. Graph, the token endpoint and managed identities all read and write these.

/** A client secret: only its hash is kept, as the real service shows the text once. */
export interface PasswordCredentialRecord {
  readonly keyId: string;
  readonly displayName: string | null;
  readonly hint: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
  readonly secretHash: string;
}

export interface FederatedIdentityCredentialRecord {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly description: string | null;
}

/** Fields as Microsoft Graph shows them, without ids and credentials. */
export type GraphFields = Readonly<Record<string, unknown>>;

export interface ApplicationRecord {
  /** Object id. */
  readonly id: string;
  readonly appId: string;
  readonly tenantId: string;
  readonly createdDateTime: string;
  readonly fields: GraphFields;
  readonly passwordCredentials: readonly PasswordCredentialRecord[];
  readonly federatedIdentityCredentials: readonly FederatedIdentityCredentialRecord[];
  /** Object ids of users and service principals. */
  readonly owners: readonly string[];
}

/** An app role that a resource offers, as `servicePrincipals.appRoles` shows it. */
export interface AppRoleRecord {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
  readonly isEnabled: boolean;
  readonly allowedMemberTypes: readonly string[];
  readonly origin: string;
}

export interface ServicePrincipalRecord {
  /** Object id. */
  readonly id: string;
  readonly appId: string;
  /** The tenant this service principal lives in. */
  readonly tenantId: string;
  /** The tenant that owns the application behind it. */
  readonly appOwnerOrganizationId: string | null;
  readonly servicePrincipalType: "Application" | "ManagedIdentity";
  readonly createdDateTime: string;
  readonly fields: GraphFields;
  readonly appRoles: readonly AppRoleRecord[];
  readonly owners: readonly string[];
}

export interface AppRoleAssignmentRecord {
  /** Opaque, base64url-like, never a GUID. */
  readonly id: string;
  readonly tenantId: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly createdDateTime: string;
}

/** An application or service principal that was deleted and can be restored for 30 days. */
export interface DeletedItemRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly deletedDateTime: string;
  readonly application?: ApplicationRecord;
  readonly servicePrincipal?: ServicePrincipalRecord;
}

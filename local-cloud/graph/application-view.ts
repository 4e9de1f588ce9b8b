// An application as Graph shows it.
import type { ApplicationRecord, PasswordCredentialRecord } from "../directory/records.js";
import { TENANTS } from "../well-known.js";
import { applicationShape } from "./application-shape.js";
import type { Collection } from "./collection.js";
import type { JsonObject } from "./json-body.js";
import { shownKeyCredentials } from "./key-credentials.js";
import { shown } from "./shape.js";

/** Every property of v1.0, with null or an empty list where nothing was set. */
export function applicationView(
  record: ApplicationRecord,
  deletedAt: string | null = null,
): JsonObject {
  const { id, appId, createdDateTime, fields } = record;
  // Written to v1.0, read from beta only.
  const { oauth2RequirePostResponse: _, ...properties } = shown(applicationShape.writable, fields);
  return {
    id,
    deletedDateTime: deletedAt,
    appId,
    createdDateTime,
    disabledByMicrosoftStatus: null,
    publisherDomain: TENANTS.find((tenant) => tenant.id === record.tenantId)?.domain ?? null,
    certification: null,
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    ...properties,
    keyCredentials: shownKeyCredentials(fields["keyCredentials"]),
    passwordCredentials: record.passwordCredentials.map((credential) =>
      passwordView(credential, null),
    ),
  };
}

/** A client secret; its text is known only to the answer that made it. */
export function passwordView(
  credential: PasswordCredentialRecord,
  secretText: string | null,
): JsonObject {
  const { displayName, endDateTime, hint, keyId, startDateTime } = credential;
  return {
    customKeyIdentifier: null,
    displayName,
    endDateTime,
    hint,
    keyId,
    secretText,
    startDateTime,
  };
}

const known = new Set([...Object.keys(applicationShape.writable), ...applicationShape.readOnly]);

export const applicationCollection: Collection = {
  resource: applicationShape.resource,
  type: applicationShape.type,
  context: applicationShape.collection,
  known,
  others: known,
  sortable: ["displayName", "createdDateTime"],
  expandable: ["owners"],
  properties: {
    id: "text",
    appId: "text",
    applicationTemplateId: "text",
    createdDateTime: "dateTime",
    description: "text",
    displayName: "text",
    identifierUris: "list",
    publisherDomain: "text",
    signInAudience: "text",
    tags: "list",
    uniqueName: "text",
  },
};

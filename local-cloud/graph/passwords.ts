// Client secrets of an application. The text is in the answer that made it, and nowhere else.
import { randomUUID } from "node:crypto";
import type { ApplicationRecord, PasswordCredentialRecord } from "../directory/records.js";
import { hashSecret, newClientSecret } from "../entra/secrets.js";
import { passwordCredential } from "./application-shape.js";
import { passwordView } from "./application-view.js";
import { checkSecretAllowed } from "./credential-policy.js";
import { applicationToChange } from "./directory-lookup.js";
import { badRequest, missingValue, notHere } from "./errors.js";
import { isJsonObject, type JsonObject, stringAt } from "./json-body.js";
import { writeApplicationParts } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";
import { actionParameters, guid } from "./shape.js";
import { timestamp } from "./timestamp.js";

export const passwordRoutes: readonly GraphRoute[] = [
  {
    method: "POST",
    path: "/applications/{id}/addPassword",
    rights: writeApplicationParts,
    handle: addPassword,
  },
  {
    method: "POST",
    path: "/applications/{id}/removePassword",
    rights: writeApplicationParts,
    handle: removePassword,
  },
];

export interface NewPassword {
  readonly record: PasswordCredentialRecord;
  readonly secretText: string;
}

/** A secret for `wanted`, a passwordCredential whose types are checked. It lasts two years unless that says otherwise. */
export function newPassword(wanted: JsonObject, now: Date): NewPassword {
  if (stringAt(wanted, "secretText") !== undefined) {
    throw badRequest("New password credentials must be generated with service actions.");
  }
  if (wanted["customKeyIdentifier"]) throw notHere("custom key identifiers of client secrets");
  const start = dateOf(wanted, "startDateTime") ?? now;
  const end = dateOf(wanted, "endDateTime") ?? twoYearsAfter(start);
  if (end.getTime() <= start.getTime()) {
    throw badRequest("The end date of the password credential must be after its start date.");
  }
  const secretText = newClientSecret();
  return {
    secretText,
    record: {
      keyId: randomUUID(),
      displayName: stringAt(wanted, "displayName") ?? null,
      hint: secretText.slice(0, 3),
      startDateTime: timestamp(start),
      endDateTime: timestamp(end),
      secretHash: hashSecret(secretText),
    },
  };
}

/** What a PATCH leaves of the secrets: it may drop some, it cannot make any. */
export function keptPasswords(
  application: ApplicationRecord,
  value: unknown,
): readonly PasswordCredentialRecord[] {
  if (value === undefined || value === null) return application.passwordCredentials;
  const kept = Array.isArray(value) ? value.filter(isJsonObject) : [];
  const keyIds = new Set(kept.map((credential) => stringAt(credential, "keyId")?.toLowerCase()));
  const known = application.passwordCredentials.filter(({ keyId }) => keyIds.has(keyId));
  if (known.length === kept.length) return known;
  throw badRequest("New password credentials must be generated with service actions.");
}

function addPassword(call: GraphCall): GraphAnswer {
  const { directory, now } = call.context;
  const application = applicationToChange(call);
  const parameters = actionParameters("addPassword", { passwordCredential }, call.body);
  const wanted = parameters["passwordCredential"];
  const { record, secretText } = newPassword(isJsonObject(wanted) ? wanted : {}, now());
  checkSecretAllowed(call.context.store, application, record);
  directory.putApplication({
    ...application,
    passwordCredentials: [...application.passwordCredentials, record],
  });
  return {
    status: 200,
    body: {
      "@odata.context": `${call.base}/$metadata#microsoft.graph.passwordCredential`,
      ...passwordView(record, secretText),
    },
  };
}

function removePassword(call: GraphCall): GraphAnswer {
  const { directory } = call.context;
  const application = applicationToChange(call);
  const wanted = stringAt(actionParameters("removePassword", { keyId: guid }, call.body), "keyId");
  if (wanted === undefined) throw missingValue("PasswordCredential", "keyId");
  const left = application.passwordCredentials.filter(
    ({ keyId }) => keyId !== wanted.toLowerCase(),
  );
  if (left.length === application.passwordCredentials.length) {
    throw badRequest(`No password credential found with keyId '${wanted}'.`);
  }
  directory.putApplication({ ...application, passwordCredentials: left });
  return { status: 204 };
}

function dateOf(wanted: JsonObject, property: string): Date | undefined {
  const value = stringAt(wanted, property);
  return value === undefined ? undefined : new Date(value);
}

/** "application: addPassword": when no end is given, the secret ends two years after it starts. */
function twoYearsAfter(start: Date): Date {
  const end = new Date(start);
  end.setUTCFullYear(end.getUTCFullYear() + 2);
  return end;
}

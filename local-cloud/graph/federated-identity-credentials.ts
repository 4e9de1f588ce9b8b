// Federated identity credentials: another issuer's tokens that an application signs in with instead of a secret.
// The issuer and subject are not looked up: a wrong one fails only when a token is exchanged, as in Entra.
import { randomUUID } from "node:crypto";
import type { ApplicationRecord, FederatedIdentityCredentialRecord } from "../directory/records.js";
import { type Collection, collectionAnswer, entityAnswer } from "./collection.js";
import { applicationOf, applicationToChange } from "./directory-lookup.js";
import { badRequest, invalidValue, missingValue, notFound, notHere, sameKey } from "./errors.js";
import { type JsonObject, stringAt } from "./json-body.js";
import { alternateKey } from "./request-path.js";
import { readApplications, writeApplications } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";
import {
  anything,
  type EntityShape,
  readOnlyProperty,
  text,
  texts,
  writtenProperties,
} from "./shape.js";

const LIST = "/applications/{id}/federatedIdentityCredentials";
const ONE = `${LIST}/{credential}`;

export const federatedIdentityCredentialRoutes: readonly GraphRoute[] = [
  { method: "GET", path: LIST, rights: readApplications, handle: list },
  { method: "POST", path: LIST, rights: writeApplications, handle: create },
  { method: "GET", path: ONE, rights: readApplications, handle: get },
  { method: "PATCH", path: ONE, rights: writeApplications, handle: update },
  { method: "DELETE", path: ONE, rights: writeApplications, handle: remove },
];

const RESOURCE = "FederatedIdentityCredential";

const shape: EntityShape = {
  resource: RESOURCE,
  type: "microsoft.graph.federatedIdentityCredential",
  collection: "federatedIdentityCredentials",
  writable: {
    name: text,
    issuer: text,
    subject: text,
    description: text,
    audiences: texts,
    claimsMatchingExpression: anything,
  },
  readOnly: ["id"],
};

const known = new Set([...Object.keys(shape.writable), "id"]);

function collectionOf(application: ApplicationRecord): Collection {
  return {
    resource: RESOURCE,
    type: shape.type,
    context: `applications('${application.id}')/federatedIdentityCredentials`,
    known,
    others: known,
    sortable: [],
    properties: { name: "text", issuer: "text", subject: "text" },
  };
}

function list(call: GraphCall): GraphAnswer {
  const application = applicationOf(call);
  const views = application.federatedIdentityCredentials.map(view);
  return collectionAnswer(call, collectionOf(application), views);
}

function get(call: GraphCall): GraphAnswer {
  const application = applicationOf(call);
  return entityAnswer(call, collectionOf(application), view(credentialOf(call, application)));
}

function create(call: GraphCall): GraphAnswer {
  const application = applicationToChange(call);
  const written = writtenProperties(shape, call.body);
  for (const required of ["name", "issuer", "subject", "audiences"]) {
    if (written[required] === undefined || written[required] === null) {
      throw missingValue(RESOURCE, required);
    }
  }
  const record = recordOf(randomUUID(), written);
  checkName(record.name);
  check(record, application.federatedIdentityCredentials);
  save(call, application, [...application.federatedIdentityCredentials, record]);
  return entityAnswer(call, collectionOf(application), view(record), 201);
}

function update(call: GraphCall): GraphAnswer {
  const application = applicationToChange(call);
  const before = credentialOf(call, application);
  const changes = writtenProperties(shape, call.body);
  if (changes["name"] !== undefined && changes["name"] !== before.name)
    throw readOnlyProperty("name");
  const next = recordOf(before.id, { ...before, ...changes });
  const others = application.federatedIdentityCredentials.filter(({ id }) => id !== before.id);
  check(next, others);
  save(call, application, [...others, next]);
  return { status: 204 };
}

function remove(call: GraphCall): GraphAnswer {
  const application = applicationToChange(call);
  const { id: gone } = credentialOf(call, application);
  save(
    call,
    application,
    application.federatedIdentityCredentials.filter(({ id }) => id !== gone),
  );
  return { status: 204 };
}

function save(
  call: GraphCall,
  application: ApplicationRecord,
  federatedIdentityCredentials: readonly FederatedIdentityCredentialRecord[],
): void {
  call.context.directory.putApplication({ ...application, federatedIdentityCredentials });
}

/** By id, by name in the place of the id, or by `(name='..')`. */
function credentialOf(
  call: GraphCall,
  application: ApplicationRecord,
): FederatedIdentityCredentialRecord {
  const key = call.param("credential");
  const wanted = alternateKey(key)?.value ?? key;
  const found = application.federatedIdentityCredentials.find(
    ({ id, name }) => id === wanted.toLowerCase() || name === wanted,
  );
  if (found === undefined) throw notFound(wanted);
  return found;
}

function recordOf(id: string, written: JsonObject): FederatedIdentityCredentialRecord {
  if ((written["claimsMatchingExpression"] ?? null) !== null) {
    throw notHere("claims matching expressions of federated identity credentials");
  }
  const audiences = written["audiences"];
  return {
    id,
    name: stringAt(written, "name") ?? "",
    issuer: stringAt(written, "issuer") ?? "",
    subject: stringAt(written, "subject") ?? "",
    audiences: Array.isArray(audiences) ? audiences.map(String) : [],
    description: stringAt(written, "description") ?? null,
  };
}

function view(record: FederatedIdentityCredentialRecord): JsonObject {
  return { ...record };
}

const MOST = 20;
const LONGEST = 600;

function checkName(name: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(name)) {
    throw invalidValue(
      RESOURCE,
      "name",
      "must be 3 to 120 letters, digits, dashes and underscores, the first a letter or digit",
    );
  }
}

/** "Important considerations and restrictions for federated identity credentials". */
function check(
  record: FederatedIdentityCredentialRecord,
  others: readonly FederatedIdentityCredentialRecord[],
): void {
  if (others.length >= MOST) {
    throw badRequest(
      `The application has ${MOST} federated identity credentials, which is the most it may have.`,
    );
  }
  const { issuer, subject, audiences, description } = record;
  for (const [property, value] of Object.entries({
    issuer,
    subject,
    description: description ?? "-",
  })) {
    if (value === "") throw missingValue(RESOURCE, property);
    if (value.length > LONGEST)
      throw invalidValue(RESOURCE, property, `is longer than ${LONGEST} characters`);
  }
  if (!/^https:\/\/[^/\s*]+/i.test(issuer) || !URL.canParse(issuer)) {
    throw invalidValue(RESOURCE, "issuer", "must be the https URL of the issuer");
  }
  const [audience] = audiences;
  if (
    audiences.length !== 1 ||
    audience === undefined ||
    audience === "" ||
    audience.length > LONGEST
  ) {
    throw invalidValue(
      RESOURCE,
      "audiences",
      `must hold exactly one audience of at most ${LONGEST} characters`,
    );
  }
  if (others.some((other) => other.name === record.name)) {
    throw sameKey(`FederatedIdentityCredential with name ${record.name} already exists.`);
  }
  if (others.some((other) => other.issuer === issuer && other.subject === subject)) {
    throw sameKey(
      `FederatedIdentityCredential with issuer ${issuer} and subject ${subject} already exists.`,
    );
  }
}

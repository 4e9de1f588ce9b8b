// Owners of applications and service principals. With `Application.ReadWrite.OwnedBy`, owning is what gives the right.
import type { ApplicationRecord, ServicePrincipalRecord } from "../directory/records.js";
import { collectionAnswer } from "./collection.js";
import {
  applicationOf,
  applicationToChange,
  checkedId,
  sees,
  servicePrincipalOf,
  servicePrincipalToChange,
} from "./directory-lookup.js";
import { directoryObjectCollection, directoryObjectViews } from "./directory-object-view.js";
import { badRequest, malformed, notFound, notHere } from "./errors.js";
import { type JsonObject, stringAt } from "./json-body.js";
import { readApplications, writeApplicationParts } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";

type Owned = ApplicationRecord | ServicePrincipalRecord;

/** The two kinds of object that have owners. */
interface Kind<T extends Owned> {
  readonly path: string;
  find(call: GraphCall): T;
  findToChange(call: GraphCall): T;
  save(call: GraphCall, record: T): void;
}

const applications: Kind<ApplicationRecord> = {
  path: "/applications/{id}/owners",
  find: applicationOf,
  findToChange: applicationToChange,
  save: (call, record) => call.context.directory.putApplication(record),
};

const servicePrincipals: Kind<ServicePrincipalRecord> = {
  path: "/servicePrincipals/{id}/owners",
  find: servicePrincipalOf,
  findToChange: servicePrincipalToChange,
  save: (call, record) => call.context.directory.putServicePrincipal(record),
};

export const ownerRoutes: readonly GraphRoute[] = [
  ...routesOf(applications),
  ...routesOf(servicePrincipals),
];

/** The reference page also names Directory.Read.All for adding owners; it is needed for users, which are not here. */
function routesOf<T extends Owned>(kind: Kind<T>): GraphRoute[] {
  const rights = writeApplicationParts;
  return [
    {
      method: "GET",
      path: kind.path,
      rights: readApplications,
      handle: (call) => {
        const owners = ownerViews(call, kind.find(call));
        return collectionAnswer(call, directoryObjectCollection, owners);
      },
    },
    { method: "POST", path: `${kind.path}/$ref`, rights, handle: (call) => addOwner(call, kind) },
    {
      method: "DELETE",
      path: `${kind.path}/{owner}/$ref`,
      rights,
      handle: (call) => removeOwner(call, kind),
    },
  ];
}

const MOST_OWNERS = 100;

function addOwner<T extends Owned>(call: GraphCall, kind: Kind<T>): GraphAnswer {
  const record = kind.findToChange(call);
  const reference = stringAt(call.body, "@odata.id");
  if (reference === undefined) throw malformed("An entity reference with '@odata.id' is expected.");
  const owner = referencedOwner(call, reference);
  if (record.owners.includes(owner)) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'owners'.",
    );
  }
  if (record.owners.length >= MOST_OWNERS) {
    throw badRequest(`The object has ${MOST_OWNERS} owners, which is the most it may have.`);
  }
  kind.save(call, { ...record, owners: [...record.owners, owner] });
  return { status: 204 };
}

function removeOwner<T extends Owned>(call: GraphCall, kind: Kind<T>): GraphAnswer {
  const record = kind.findToChange(call);
  const gone = checkedId(call.param("owner")).toLowerCase();
  if (!record.owners.includes(gone)) throw notFound(gone);
  kind.save(call, { ...record, owners: record.owners.filter((owner) => owner !== gone) });
  return { status: 204 };
}

/**
 * Owners of a new object: those in `owners@odata.bind`, and the caller where its rights end at what it owns.
 * UNVERIFIED: a caller with wider rights is made owner only when it says so.
 */
export function ownersBoundIn(call: GraphCall): string[] {
  const bound = call.body["owners@odata.bind"] ?? [];
  if (!Array.isArray(bound) || !bound.every((item) => typeof item === "string")) {
    throw malformed("'owners@odata.bind' must be a list of references.");
  }
  for (const name of Object.keys(call.body)) {
    const relation = /^(.+)@odata\.bind$/.exec(name)?.[1];
    if (relation !== undefined && relation !== "owners") throw notHere(`'${name}' in a new object`);
  }
  const owners = new Set(bound.map((reference) => referencedOwner(call, reference)));
  if (call.reach === "owned") owners.add(call.caller.objectId);
  return [...owners];
}

/** `{ owners }` where `$expand=owners` asks for them. */
export function expandedOwners(call: GraphCall, record: Owned): JsonObject {
  return call.query.expand.length === 0 ? {} : { owners: ownerViews(call, record) };
}

function ownerViews(call: GraphCall, record: Owned): JsonObject[] {
  return directoryObjectViews(call, record.owners);
}

/** `{base}/directoryObjects/{id}`, `{base}/servicePrincipals/{id}`, or with the id in parentheses. */
function referencedOwner(call: GraphCall, reference: string): string {
  const match =
    /\/(directoryObjects|servicePrincipals|users)(?:\/|\(')([^/()']+)(?:'\))?\/?$/i.exec(reference);
  const id = match?.[2];
  if (id === undefined) throw malformed(`The entity reference '${reference}' is not valid.`);
  const principal = call.context.directory.servicePrincipal(call.caller.tenantId, checkedId(id));
  if (principal === undefined || !sees(call, principal.id)) throw notFound(id);
  return principal.id;
}

// The tenant, as Graph shows it.
import { TENANTS, type Tenant } from "../well-known.js";
import { type Collection, collectionAnswer, entityAnswer } from "./collection.js";
import { checkedId } from "./directory-lookup.js";
import { notFound } from "./errors.js";
import type { JsonObject } from "./json-body.js";
import { readOrganization } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";

export const organizationRoutes: readonly GraphRoute[] = [
  { method: "GET", path: "/organization", rights: readOrganization, handle: list },
  { method: "GET", path: "/organization/{id}", rights: readOrganization, handle: get },
];

function list(call: GraphCall): GraphAnswer {
  return collectionAnswer(call, collection, own(call).map(view));
}

function get(call: GraphCall): GraphAnswer {
  const id = checkedId(call.param("id"));
  const [tenant] = own(call).filter((candidate) => candidate.id === id.toLowerCase());
  if (tenant === undefined) throw notFound(id);
  return entityAnswer(call, collection, view(tenant));
}

/** A caller sees its own tenant and no other. */
function own(call: GraphCall): Tenant[] {
  return TENANTS.filter((tenant) => tenant.id === call.caller.tenantId);
}

function view(tenant: Tenant): JsonObject {
  return {
    id: tenant.id,
    deletedDateTime: null,
    businessPhones: [],
    city: null,
    country: null,
    countryLetterCode: null,
    createdDateTime: "2026-01-01T00:00:00Z",
    displayName: tenant.displayName,
    preferredLanguage: "en",
    tenantType: "AAD",
    verifiedDomains: [
      { capabilities: "", isDefault: true, isInitial: true, name: tenant.domain, type: "Managed" },
    ],
  };
}

const known = new Set(Object.keys(view({ id: "", displayName: "", domain: "" })));

const collection: Collection = {
  resource: "Organization",
  type: "microsoft.graph.organization",
  context: "organization",
  known,
  others: known,
  sortable: [],
  properties: { displayName: "text" },
};

// Delegated permission grants. Nothing here signs users in, so there are none, and making one is not pretended.
import { type Collection, collectionAnswer } from "./collection.js";
import { notFound, notHere } from "./errors.js";
import { readDelegatedGrants, writeDelegatedGrants } from "./rights.js";
import type { GraphCall, GraphRoute } from "./route-table.js";

const LIST = "/oauth2PermissionGrants";
const ONE = `${LIST}/{grant}`;

export const delegatedGrantRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: LIST,
    rights: readDelegatedGrants,
    handle: (call) => collectionAnswer(call, collection, []),
  },
  {
    method: "POST",
    path: LIST,
    rights: writeDelegatedGrants,
    handle: () => {
      throw notHere("delegated permissions, so none can be granted (oauth2PermissionGrants)");
    },
  },
  { method: "GET", path: ONE, rights: readDelegatedGrants, handle: absent },
  { method: "PATCH", path: ONE, rights: writeDelegatedGrants, handle: absent },
  { method: "DELETE", path: ONE, rights: writeDelegatedGrants, handle: absent },
];

function absent(call: GraphCall): never {
  throw notFound(call.param("grant"));
}

const known = new Set(["id", "clientId", "consentType", "principalId", "resourceId", "scope"]);

const collection: Collection = {
  resource: "OAuth2PermissionGrant",
  type: "microsoft.graph.oAuth2PermissionGrant",
  context: "oauth2PermissionGrants",
  known,
  others: known,
  sortable: [],
  properties: { clientId: "text", consentType: "text", principalId: "text", resourceId: "text" },
};

// The two properties that the azuread provider reads from `beta`, and nothing else of it.
import { applicationCollection } from "./application-view.js";
import { entityAnswer } from "./collection.js";
import { applicationOf, servicePrincipalOf } from "./directory-lookup.js";
import { notHere } from "./errors.js";
import type { JsonObject } from "./json-body.js";
import { readApplications } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";
import { servicePrincipalCollection } from "./service-principal-view.js";

export const betaRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    version: "beta",
    path: "/applications/{id}",
    rights: readApplications,
    handle: (call) => {
      const { id, fields } = applicationOf(call);
      const oauth2RequirePostResponse = fields["oauth2RequirePostResponse"] ?? false;
      return read(call, applicationCollection, id, { oauth2RequirePostResponse });
    },
  },
  {
    method: "GET",
    version: "beta",
    path: "/servicePrincipals/{id}",
    rights: readApplications,
    handle: (call) =>
      read(call, servicePrincipalCollection, servicePrincipalOf(call).id, {
        samlMetadataUrl: null,
      }),
  },
];

function read(
  call: GraphCall,
  { context, type }: { readonly context: string; readonly type: string },
  id: string,
  only: JsonObject,
): GraphAnswer {
  const known = new Set(["id", ...Object.keys(only)]);
  const select = call.query.select ?? [];
  if (select.length === 0 || !select.every((name) => known.has(name))) {
    throw notHere(`beta: of this object it has only $select=${[...known].join(",")}`);
  }
  return entityAnswer(call, { context, type, known }, { id, ...only });
}

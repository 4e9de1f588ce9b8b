// Methods that the real Graph has on a path of ours, and the local cloud has not.

import type { Rights } from "./authorize.js";
import { notHere } from "./errors.js";
import { readApplications, writeDirectory, writeOrganization } from "./rights.js";
import type { GraphMethod, GraphRoute } from "./route-table.js";

export const missingMethodRoutes: readonly GraphRoute[] = [
  missing("GET", "/applications/{id}/owners/$ref", readApplications),
  missing("GET", "/servicePrincipals/{id}/owners/$ref", readApplications),
  missing("DELETE", "/directoryObjects/{id}", writeDirectory),
  missing("PATCH", "/organization/{id}", writeOrganization),
];

function missing(method: GraphMethod, path: string, rights: Rights): GraphRoute {
  return {
    method,
    path,
    rights,
    handle: () => {
      throw notHere(`${method} ${path} of Microsoft Graph`);
    },
  };
}

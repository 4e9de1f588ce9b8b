// azuread.AppRoleAssignment: an app role that is granted, which is what admin consent makes. It is never changed.
import { type Properties, textOf } from "../wire/property-values.js";
import type { DirectoryCall, DirectoryResource, Made } from "./directory-resource.js";
import { uuid } from "./field-rules.js";
import { doing } from "./graph-client.js";
import { orEmpty, orNull } from "./graph-values.js";
import { referenceMissing } from "./replication.js";

const CLIENT = "AppRoleAssignedToClient";

export const appRoleAssignment: DirectoryResource = {
  token: "azuread:index/appRoleAssignment:AppRoleAssignment",
  fields: {
    appRoleId: { kind: "text", required: true, replaces: true, rule: uuid },
    principalObjectId: { kind: "text", required: true, replaces: true, rule: uuid },
    resourceObjectId: { kind: "text", required: true, replaces: true, rule: uuid },
  },
  outputs: ["principalDisplayName", "principalType", "resourceDisplayName"],
  create,
  read,
  delete: async (id, _state, { graph, signal }) => {
    await doing(
      `Deleting app role assignment "${id}"`,
      graph.find({ method: "DELETE", path: checkedPath(id), client: CLIENT, signal }),
    );
  },
};

async function create(inputs: Properties, { graph, signal }: DirectoryCall): Promise<Made> {
  const resourceId = textOf(inputs, "resourceObjectId") ?? "";
  const resource = `/servicePrincipals/${resourceId}`;
  await doing(
    `Could not retrieve resource service principal "${resourceId}"`,
    graph.ask({ method: "GET", path: resource, client: "ServicePrincipalsClient", signal }),
  );
  const created = await doing(
    "Could not create app role assignment",
    graph.ask({
      method: "POST",
      path: `${resource}/appRoleAssignedTo`,
      body: {
        appRoleId: orNull(inputs["appRoleId"]),
        principalId: orNull(inputs["principalObjectId"]),
        resourceId,
      },
      client: CLIENT,
      signal,
      retryWhen: referenceMissing,
    }),
  );
  return { id: `${resource}/appRoleAssignedTo/${textOf(created, "id") ?? ""}` };
}

async function read(
  id: string,
  _known: Properties,
  { graph, signal }: DirectoryCall,
): Promise<Properties | undefined> {
  const path = checkedPath(id);
  const found = await graph.find({ method: "GET", path, client: CLIENT, signal });
  if (found === undefined) return undefined;
  return {
    appRoleId: orEmpty(found["appRoleId"]),
    principalDisplayName: orEmpty(found["principalDisplayName"]),
    principalObjectId: orEmpty(found["principalId"]),
    principalType: orEmpty(found["principalType"]),
    resourceDisplayName: orEmpty(found["resourceDisplayName"]),
    resourceObjectId: orEmpty(found["resourceId"]),
  };
}

/** The id is the assignment's path in Graph. */
function checkedPath(id: string): string {
  if (/^\/servicePrincipals\/[^/]+\/appRoleAssignedTo\/[^/]+$/.test(id)) return id;
  throw new Error(
    `'${id}' is no id of an app role assignment, which looks like '/servicePrincipals/{resourceObjectId}/appRoleAssignedTo/{assignmentId}'.`,
  );
}

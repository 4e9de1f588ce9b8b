// Which app roles of Microsoft Graph are granted to an application in a tenant: what an administrator has consented to.
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import type { ExistingAssignment } from "../rules/consent-adoption.js";
import { GRAPH_APP_ID } from "../rules/permissions.js";
import { parseAnswer } from "../rules/read-error.js";
import { getOrNothing } from "./bounded-reading.js";
import { readAll } from "./read-all.js";

/** What one tenant's directory says of an application. */
export interface GrantedAppRoles {
  /** Object id of its service principal; undefined when the tenant has none, as before the first consent. */
  readonly servicePrincipalObjectId: string | undefined;
  /** App roles of Microsoft Graph alone, by name; by its id where the directory has no name for it. */
  readonly assignments: readonly GrantedAppRole[];
  /** App roles of other APIs, such as Office 365 Exchange Online. */
  readonly ofOtherApis: readonly OtherAppRole[];
}

export interface OtherAppRole {
  /** Display name of the API; its object id where the directory does not say. */
  readonly api: string;
  /** Id of the app role. */
  readonly role: string;
  readonly grantedAt: string | undefined;
}

export interface GrantedAppRole extends ExistingAssignment {
  /** When it was granted (ISO 8601); undefined where the directory does not say. */
  readonly grantedAt: string | undefined;
}

const ServicePrincipal = z.object({ id: z.string() });
const MicrosoftGraph = z.object({
  id: z.string(),
  appRoles: z.array(z.object({ id: z.string(), value: z.string().nullable() })),
});
const Assignment = z.object({
  id: z.string(),
  appRoleId: z.string(),
  resourceId: z.string(),
  createdDateTime: z.string().nullish(),
  resourceDisplayName: z.string().nullish(),
});

/** An application's service principal in whichever tenant is asked, by the application's id. */
export function byAppId(appId: string): string {
  return `/servicePrincipals(appId='${encodeURIComponent(appId)}')`;
}

/** A service principal by its object id. */
export function byObjectId(objectId: string): string {
  return `/servicePrincipals/${encodeURIComponent(objectId)}`;
}

/** Microsoft Graph in a tenant: its service principal there, and the names of its app roles by their ids. */
export interface GraphResource {
  readonly id: string;
  readonly names: ReadonlyMap<string, string>;
}

/** A long answer, the same for every application of the tenant. @throws ReadError */
export async function graphResource(client: Client, signal: AbortSignal): Promise<GraphResource> {
  const answer = await getOrNothing(client, `${byAppId(GRAPH_APP_ID)}?$select=id,appRoles`, signal);
  const { id, appRoles } = parseAnswer(MicrosoftGraph, answer);
  return { id, names: new Map(appRoles.map((role) => [role.id, role.value ?? role.id])) };
}

/**
 * Reads the directory of whichever tenant the client is signed in to.
 * @param principal {@link byAppId} or {@link byObjectId}
 * @param graph where somebody has read it already. @default it is read
 * @throws ReadError
 */
export async function grantedAppRoles(
  client: Client,
  principal: string,
  signal: AbortSignal,
  graph: Promise<GraphResource> = graphResource(client, signal),
): Promise<GrantedAppRoles> {
  const [found, { id: resourceId, names }] = await Promise.all([
    getOrNothing(client, `${principal}?$select=id`, signal),
    graph,
  ]);
  if (found === undefined) {
    return { servicePrincipalObjectId: undefined, assignments: [], ofOtherApis: [] };
  }
  // Deleted between two reads: nothing is granted any more.
  const assignments =
    (await readAll(client, `${principal}/appRoleAssignments`, Assignment, signal)) ?? [];
  return {
    servicePrincipalObjectId: parseAnswer(ServicePrincipal, found).id,
    assignments: assignments
      .filter((assignment) => assignment.resourceId === resourceId)
      .map(({ id: assignmentId, appRoleId, createdDateTime }) => ({
        role: names.get(appRoleId) ?? appRoleId,
        assignmentId,
        resourceId,
        grantedAt: createdDateTime ?? undefined,
      })),
    ofOtherApis: assignments
      .filter((assignment) => assignment.resourceId !== resourceId)
      .map(({ appRoleId, resourceId: api, resourceDisplayName, createdDateTime }) => ({
        api: resourceDisplayName ?? api,
        role: appRoleId,
        grantedAt: createdDateTime ?? undefined,
      })),
  };
}

// Which app roles of Microsoft Graph are granted to an application in a tenant: what an administrator has consented to.
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import type { ExistingAssignment } from "../rules/consent-adoption.js";
import { ReadProblem } from "../rules/consent-unknown.js";
import { GRAPH_APP_ID } from "../rules/permissions.js";
import { getOrNothing, ReadError } from "./bounded-reading.js";

/** What one tenant's directory says of an application. */
export interface GrantedAppRoles {
  /** Object id of its service principal; undefined when the tenant has none, as before the first consent. */
  readonly servicePrincipalObjectId: string | undefined;
  /** App roles of Microsoft Graph alone, by name; by its id where the directory has no name for it. */
  readonly assignments: readonly ExistingAssignment[];
}

const ServicePrincipal = z.object({ id: z.string() });
const MicrosoftGraph = z.object({
  id: z.string(),
  appRoles: z.array(z.object({ id: z.string(), value: z.string().nullable() })),
});
const Page = z.object({
  value: z.array(z.object({ id: z.string(), appRoleId: z.string(), resourceId: z.string() })),
  "@odata.nextLink": z.string().optional(),
});

/** An application's service principal in whichever tenant is asked, by the application's id. */
export function byAppId(appId: string): string {
  return `/servicePrincipals(appId='${encodeURIComponent(appId)}')`;
}

/** A service principal by its object id. */
export function byObjectId(objectId: string): string {
  return `/servicePrincipals/${encodeURIComponent(objectId)}`;
}

/**
 * Reads the directory of whichever tenant the client is signed in to.
 * @param principal {@link byAppId} or {@link byObjectId}
 * @throws ReadError
 */
export async function grantedAppRoles(
  client: Client,
  principal: string,
  signal: AbortSignal,
): Promise<GrantedAppRoles> {
  const [found, graph] = await Promise.all([
    getOrNothing(client, `${principal}?$select=id`, signal),
    getOrNothing(client, `${byAppId(GRAPH_APP_ID)}?$select=id,appRoles`, signal),
  ]);
  if (found === undefined) return { servicePrincipalObjectId: undefined, assignments: [] };
  const { id: resourceId, appRoles } = parsed(MicrosoftGraph, graph);
  const names = new Map(appRoles.map(({ id, value }) => [id, value ?? id]));
  const assignments = await assignmentsOf(client, `${principal}/appRoleAssignments`, signal);
  return {
    servicePrincipalObjectId: parsed(ServicePrincipal, found).id,
    assignments: assignments
      .filter((assignment) => assignment.resourceId === resourceId)
      .map(({ id: assignmentId, appRoleId }) => ({
        role: names.get(appRoleId) ?? appRoleId,
        assignmentId,
        resourceId,
      })),
  };
}

async function assignmentsOf(client: Client, path: string, signal: AbortSignal) {
  const found: z.output<typeof Page>["value"] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const answer = await getOrNothing(client, next, signal);
    // Deleted between two reads: nothing is granted any more.
    if (answer === undefined) return [];
    const page: z.output<typeof Page> = parsed(Page, answer);
    found.push(...page.value);
    next = page["@odata.nextLink"];
  }
  return found;
}

/** What the directory answered, when it has the shape that is expected of it. */
function parsed<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (!result.success) throw new ReadError(ReadProblem.Unexpected, { cause: result.error });
  return result.data;
}

// Adoption only adds: everything that was found is written down in the stack file, and what the bot has afterwards is that and what
// the stack asks for.
import type { Adoption, Found, FoundPermissions } from "./adoption.js";
import { GRAPH_APP_ID, PERMISSIONS } from "./permissions.js";

/** Everything of both lists, each once, in the order of the first. */
export function together(
  found: readonly string[] | undefined,
  wanted: readonly string[],
): string[] {
  return [...new Set([...(found ?? []), ...wanted])];
}

/** The app roles of Microsoft Graph that were found, by id. */
export function foundGraphRoles({ permissions = [] }: Found): string[] {
  return permissions
    .filter(({ resource }) => resource === GRAPH_APP_ID)
    .flatMap(({ access }) => access)
    .flatMap((one) => (one.startsWith("Role ") ? [one.slice("Role ".length)] : []));
}

/** What was found, with the app roles of Microsoft Graph that are asked for behind it. */
export function permissionsTogether(
  found: readonly FoundPermissions[],
  roleIds: readonly string[],
): FoundPermissions[] {
  if (roleIds.length === 0) return [...found];
  const wanted = roleIds.map((id) => `Role ${id}`);
  const graph = found.find(({ resource }) => resource === GRAPH_APP_ID);
  if (graph === undefined) return [...found, { resource: GRAPH_APP_ID, access: wanted }];
  const all = { ...graph, access: together(graph.access, wanted) };
  return found.map((one) => (one === graph ? all : one));
}

/** What a stack asks of what it adopts. */
export interface AskedOfAdopted {
  readonly replyUrls: readonly string[];
  /** App roles by name. */
  readonly permissions: readonly string[];
  readonly callingWebhook: string;
}

/** What the stack adds to what it adopts, in words; what is not listed stays as it is. */
export function additions(adoption: Adoption, asked: AskedOfAdopted): string[] {
  const { found = {}, application, bot, channel, servicePrincipal } = adoption;
  const held = foundGraphRoles(found);
  const isHeld = (role: string) =>
    PERMISSIONS.some(({ value, id }) => value === role && held.includes(id));
  const roles = asked.permissions.filter((role) => !isHeld(role));
  const urls = asked.replyUrls.filter((url) => !(found.replyUrls ?? []).includes(url));
  return [
    ...(application === undefined
      ? []
      : [
          ...roles.map((role) => `app role ${role} of the application`),
          ...urls.map((url) => `reply URL ${url} of the application`),
          "the application's tags pulumi-project, pulumi-stack and pulumi-name",
          ...(servicePrincipal === undefined ? ["the application's service principal"] : []),
        ]),
    ...(bot === undefined ? [] : channelAdditions(channel, found, asked.callingWebhook)),
  ];
}

function channelAdditions(
  channel: string | undefined,
  { calling, callingWebhook }: Found,
  webhook: string,
): string[] {
  if (channel === undefined) return [`the Teams channel, with calling and the webhook ${webhook}`];
  const before = callingWebhook === undefined ? "" : `, which was ${callingWebhook}`;
  return [
    ...(calling === true ? [] : ["calling of the Teams channel, which was off"]),
    ...(callingWebhook === webhook ? [] : [`the calling webhook ${webhook}${before}`]),
  ];
}

/** Ids of what the stack adopts. */
export function adoptedIds({ bot, channel, application, servicePrincipal }: Adoption): string[] {
  return [bot, channel, application, servicePrincipal].filter((id) => id !== undefined);
}

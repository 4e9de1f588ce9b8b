// All that a deployment can leave in a cloud, without what differs from one deployment to the next. Read by Microsoft Graph's
// own client, and from Resource Manager's lists.
import { z } from "zod";
import { type CloudAccess, graphClientOf } from "../../scripts/read-back.js";

/** One line for each thing, sorted. */
export type CloudContents = readonly string[];

type Item = Record<string, unknown>;

const Listed = z.object({ value: z.array(z.record(z.string(), z.unknown())) });
const Channel = z.object({ properties: z.object({ properties: z.unknown() }).optional() });

export async function cloudContents(access: CloudAccess): Promise<CloudContents> {
  const [directory, resources] = await Promise.all([directoryOf(access), resourcesOf(access)]);
  return [...directory, ...resources].sort();
}

async function directoryOf(access: CloudAccess): Promise<string[]> {
  const client = graphClientOf(access);
  const list = async (path: string): Promise<Item[]> => (await client.api(path).get()).value;
  const applications = await list("/applications?$top=999");
  const ours = applications.filter(({ tags }) => String(tags).includes("pulumi-stack:"));
  const lines = ours.map(
    async ({
      id,
      appId,
      displayName,
      signInAudience,
      web,
      passwordCredentials,
      requiredResourceAccess,
    }) => {
      const [trusts, principals] = await Promise.all([
        list(`/applications/${id}/federatedIdentityCredentials`),
        list(`/servicePrincipals?$filter=appId eq '${appId}'`),
      ]);
      const assigned = await Promise.all(
        principals.map((one) => list(`/servicePrincipals/${one["id"]}/appRoleAssignments`)),
      );
      return [
        `application ${plain({ displayName, signInAudience, web, requiredResourceAccess })}`,
        ...principals.map(
          ({ description, tags }) => `principal ${plain({ displayName, description, tags })}`,
        ),
        ...named(passwordCredentials).map(
          (one) => `secret of ${displayName}: ${one["displayName"]}`,
        ),
        ...trusts.map(
          ({ name, issuer, subject, audiences }) =>
            `trust ${plain({ displayName, name, issuer, subject, audiences })}`,
        ),
        ...assigned.flat().map(({ appRoleId }) => `assignment of ${displayName}: ${appRoleId}`),
      ];
    },
  );
  return (await Promise.all(lines)).flat();
}

function named(value: unknown): Item[] {
  return Array.isArray(value) ? value : [];
}

async function resourcesOf({ arm, subscriptionId, credential }: CloudAccess): Promise<string[]> {
  const { token } = (await credential.getToken(`${arm}/.default`)) ?? { token: "" };
  const get = async (path: string): Promise<Response> =>
    fetch(`${arm}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  const list = async (path: string): Promise<Item[]> => {
    return Listed.parse(await (await get(path)).json()).value;
  };
  const subscription = `/subscriptions/${subscriptionId}`;
  const [groups, resources] = await Promise.all([
    list(`${subscription}/resourcegroups?api-version=2024-03-01`),
    list(`${subscription}/resources?api-version=2021-04-01`),
  ]);
  const bots = resources.filter(({ type }) => /botServices$/i.test(String(type)));
  const channels = await Promise.all(
    bots.map(async ({ id }) => {
      const answer = await get(`${id}/channels/MsTeamsChannel?api-version=2022-09-15`);
      const { properties } = Channel.parse(await answer.json());
      return `channel ${plain(properties?.properties)}`;
    }),
  );
  return [
    ...groups.map(({ name, location, tags }) => `group ${plain({ name, location, tags })}`),
    ...resources.map(
      ({ type, name, location, tags }) => `resource ${plain({ type, name, location, tags })}`,
    ),
    ...channels,
  ];
}

function plain(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** Takes away whatever a deployment has left, whether a state knows it or not. */
export async function emptyCloud(access: CloudAccess): Promise<void> {
  const client = graphClientOf(access);
  const { value: applications }: { value: Item[] } = await client
    .api("/applications?$top=999")
    .get();
  for (const { id, tags } of applications) {
    if (String(tags).includes("pulumi-stack:")) await client.api(`/applications/${id}`).delete();
  }
  const { token } = (await access.credential.getToken(`${access.arm}/.default`)) ?? { token: "" };
  const groups = `${access.arm}/subscriptions/${access.subscriptionId}/resourcegroups`;
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${groups}?api-version=2024-03-01`, { headers });
  for (const { name } of Listed.parse(await answer.json()).value) {
    await fetch(`${groups}/${name}?api-version=2024-03-01`, { method: "DELETE", headers });
  }
}

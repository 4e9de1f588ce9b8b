// An application and its service principal as the directory of their tenant holds them at this moment.
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import type { LiveApplication } from "../rules/adoptable.js";
import { parseAnswer } from "../rules/read-error.js";
import { getOrNothing } from "./bounded-reading.js";
import { byAppId } from "./granted-app-roles.js";
import { readAll } from "./read-all.js";

const Credential = z.object({
  keyId: z.string().nullish(),
  displayName: z.string().nullish(),
  endDateTime: z.string().nullish(),
});

const Application = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullish(),
  signInAudience: z.string().nullish(),
  tags: z.array(z.string()).default([]),
  identifierUris: z.array(z.string()).default([]),
  web: z.object({ redirectUris: z.array(z.string()).default([]) }).nullish(),
  requiredResourceAccess: z
    .array(
      z.object({
        resourceAppId: z.string(),
        resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
      }),
    )
    .default([]),
  passwordCredentials: z.array(Credential).default([]),
  keyCredentials: z.array(Credential).default([]),
  createdDateTime: z.string().nullish(),
});

/** An application; its fields have the names of Microsoft Graph. */
export type RegisteredApplication = z.output<typeof Application>;

const SELECTED = Object.keys(Application.shape).join(",");

/** The application with this app id, if the tenant owns it. @throws ReadError */
export async function registeredApplication(
  client: Client,
  appId: string,
  signal: AbortSignal,
): Promise<RegisteredApplication | undefined> {
  const path = `/applications(appId='${encodeURIComponent(appId)}')?$select=${SELECTED}`;
  const answer = await getOrNothing(client, path, signal);
  return answer === undefined ? undefined : parseAnswer(Application, answer);
}

/** The same by its object id. @throws ReadError */
export async function applicationByObjectId(
  client: Client,
  objectId: string,
  signal: AbortSignal,
): Promise<RegisteredApplication | undefined> {
  const path = `/applications/${encodeURIComponent(objectId)}?$select=${SELECTED}`;
  const answer = await getOrNothing(client, path, signal);
  return answer === undefined ? undefined : parseAnswer(Application, answer);
}

/** What of an application adoption adds to. */
export function liveApplication(application: RegisteredApplication): LiveApplication {
  const { id, appId, tags, web, requiredResourceAccess } = application;
  return {
    objectId: id,
    appId,
    tags,
    replyUrls: web?.redirectUris ?? [],
    permissions: requiredResourceAccess.map(({ resourceAppId, resourceAccess }) => ({
      resource: resourceAppId,
      access: resourceAccess.map((one) => `${one.type} ${one.id}`),
    })),
  };
}

const Tagged = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullish(),
  tags: z.array(z.string()).default([]),
  identifierUris: z.array(z.string()).default([]),
  createdDateTime: z.string().nullish(),
});

/** An application or service principal with the tags that whoever made it gave it. */
export type TaggedObject = z.output<typeof Tagged>;

/** Applications of the tenant that carry a tag. @throws ReadError */
export async function applicationsTagged(
  client: Client,
  tag: string,
  signal: AbortSignal,
): Promise<TaggedObject[]> {
  const select = "id,appId,displayName,tags,identifierUris,createdDateTime";
  return tagged(client, "/applications", select, tag, signal);
}

/** Service principals of the tenant that carry a tag. @throws ReadError */
export async function servicePrincipalsTagged(
  client: Client,
  tag: string,
  signal: AbortSignal,
): Promise<TaggedObject[]> {
  return tagged(client, "/servicePrincipals", "id,appId,displayName,tags", tag, signal);
}

async function tagged(
  client: Client,
  collection: string,
  select: string,
  tag: string,
  signal: AbortSignal,
): Promise<TaggedObject[]> {
  const filter = encodeURIComponent(`tags/any(t:t eq '${tag.replaceAll("'", "''")}')`);
  const path = `${collection}?$filter=${filter}&$select=${select}`;
  return (await readAll(client, path, Tagged, signal)) ?? [];
}

/** Applications in the recycle bin of the directory, where they stay for 30 days. @throws ReadError */
export async function deletedApplications(
  client: Client,
  signal: AbortSignal,
): Promise<TaggedObject[]> {
  const path =
    "/directory/deletedItems/microsoft.graph.application?$select=id,appId,displayName,tags,identifierUris";
  return (await readAll(client, path, Tagged, signal)) ?? [];
}

const ServicePrincipal = z.object({
  id: z.string(),
  appId: z.string(),
  accountEnabled: z.boolean().nullish(),
});

export type ServicePrincipal = z.output<typeof ServicePrincipal>;

/** The service principal of an application in the tenant of whoever asks. @throws ReadError */
export async function servicePrincipalOf(
  client: Client,
  appId: string,
  signal: AbortSignal,
): Promise<ServicePrincipal | undefined> {
  const path = `${byAppId(appId)}?$select=id,appId,accountEnabled`;
  const answer = await getOrNothing(client, path, signal);
  return answer === undefined ? undefined : parseAnswer(ServicePrincipal, answer);
}

const Owner = z.object({ id: z.string(), displayName: z.string().nullish() });

/** Owners of an application. @param objectId the application's. @throws ReadError */
export async function ownersOf(
  client: Client,
  objectId: string,
  signal: AbortSignal,
): Promise<z.output<typeof Owner>[] | undefined> {
  const path = `/applications/${encodeURIComponent(objectId)}/owners?$select=id,displayName`;
  return readAll(client, path, Owner, signal);
}

const Trust = z.object({
  name: z.string(),
  issuer: z.string(),
  subject: z.string(),
  audiences: z.array(z.string()).default([]),
});

/** Federated credentials of an application. @param objectId the application's. @throws ReadError */
export async function federatedCredentialsOf(
  client: Client,
  objectId: string,
  signal: AbortSignal,
): Promise<z.output<typeof Trust>[] | undefined> {
  const path = `/applications/${encodeURIComponent(objectId)}/federatedIdentityCredentials`;
  return readAll(client, path, Trust, signal);
}

// What an interrupted operation has left in Entra, where names are not fixed: an application is known by the tags that carry
// project, stack and logical name, everything else by the application or identity that it belongs to.
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import { getOrNothing, readWithin } from "../../graph/bounded-reading.js";
import { byAppId, byObjectId } from "../../graph/granted-app-roles.js";
import { readAll } from "../../graph/read-all.js";
import { applicationsTagged } from "../../graph/registered-application.js";
import { parseAnswer } from "../../rules/read-error.js";
import { OWN_TAGS } from "../../rules/tags.js";
import { readFrom, Source } from "../checks/cannot-tell.js";
import type { Finding } from "./finding.js";
import { knownById, type LookAround } from "./look-around.js";
import { inputText, resourcesIn, type StateResource, shortName } from "./stack-state.js";

const PATIENCE_MS = 30_000;

type Look = (
  resource: StateResource,
  around: LookAround,
  ask: { readonly client: Client; readonly signal: AbortSignal },
) => Promise<Finding>;

/** By type token without `azuread:index/`. */
const LOOKS: Readonly<Record<string, Look>> = {
  "application:Application": forApplication,
  "servicePrincipal:ServicePrincipal": forServicePrincipal,
  "applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential": forTrust,
  "applicationPassword:ApplicationPassword": forPassword,
  "appRoleAssignment:AppRoleAssignment": forAssignment,
};

/** What became of a create. Rejects with CannotTell. */
export async function createdInEntra(
  resource: StateResource,
  around: LookAround,
): Promise<Finding> {
  const look = LOOKS[resource.type.replace(/^azuread:index\//, "")];
  if (look === undefined) {
    return { kind: "leave", resource, why: "its type is none that this package makes" };
  }
  return fromDirectory(around, (client, signal) => look(resource, around, { client, signal }));
}

/** What became of a delete. Rejects with CannotTell. */
export async function deletedInEntra(
  resource: StateResource,
  around: LookAround,
): Promise<Finding> {
  const there = await fromDirectory(around, (client, signal) =>
    isThere(client, resource.id ?? "", signal),
  );
  if (there === undefined) {
    return { kind: "leave", resource, why: "its state does not say how to ask for it" };
  }
  return there
    ? { kind: "forget", resource, why: "it is still there" }
    : { kind: "remove", resource };
}

function fromDirectory<T>(
  { services }: LookAround,
  reading: (client: Client, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return readFrom(
    Source.Directory,
    readWithin(PATIENCE_MS, async (signal) => reading(await services.graph(signal), signal)),
  );
}

const Id = z.object({ id: z.string() });
const Credentials = z.object({
  passwordCredentials: z
    .array(
      z.object({
        keyId: z.string(),
        displayName: z.string().nullish(),
        startDateTime: z.string().nullish(),
      }),
    )
    .default([]),
});

async function forApplication(
  resource: StateResource,
  around: LookAround,
  { client, signal }: Parameters<Look>[2],
): Promise<Finding> {
  const tags = z.array(z.string()).safeParse(resource.inputs?.["tags"]).data ?? [];
  const own = Object.values(OWN_TAGS).map((name) => tags.find((tag) => tag.startsWith(`${name}:`)));
  const [project, stack, name] = own;
  if (project === undefined || stack === undefined || name === undefined) {
    return { kind: "leave", resource, why: "it carries no tags to look for" };
  }
  const tagged = await applicationsTagged(client, stack, signal);
  const made = tagged.filter(
    (one) =>
      one.tags.includes(project) &&
      one.tags.includes(name) &&
      knownById(around, `/applications/${one.id}`) === undefined,
  );
  const [only, ...more] = made;
  if (only === undefined) return { kind: "forget", resource, why: "nothing was made" };
  if (more.length > 0) return { kind: "refuse", resource, issue: several(resource, made) };
  const outputs = { clientId: only.appId, objectId: only.id };
  return { kind: "takeOver", resource, made: { id: `/applications/${only.id}`, outputs } };
}

function several(resource: StateResource, made: readonly { appId: string }[]) {
  return {
    path: shortName(resource),
    rule: "must be the only application with its tags to be taken over",
    whose: "this package",
    got: made.map(({ appId }) => appId).join(", "),
    fix: "Look which of them is used, and delete the others with az ad app delete --id.",
  };
}

async function forServicePrincipal(
  resource: StateResource,
  around: LookAround,
  { client, signal }: Parameters<Look>[2],
): Promise<Finding> {
  const appId = inputText(resource, "clientId");
  if (appId === undefined || ownerWith(around, "clientId", appId) === undefined) {
    return { kind: "leave", resource, why: "its application is none of this stack's" };
  }
  const answer = await getOrNothing(client, `${byAppId(appId)}?$select=id`, signal);
  if (answer === undefined) return { kind: "forget", resource, why: "nothing was made" };
  const { id } = parseAnswer(Id, answer);
  return found(resource, around, { id: `/servicePrincipals/${id}`, outputs: { objectId: id } });
}

async function forTrust(
  resource: StateResource,
  around: LookAround,
  { client, signal }: Parameters<Look>[2],
): Promise<Finding> {
  const objectId = ownApplication(resource, around);
  if (objectId === undefined) return strangeApplication(resource);
  const path = `/applications/${objectId}/federatedIdentityCredentials`;
  const Trust = z.object({ id: z.string(), name: z.string() });
  const trusts = (await readAll(client, path, Trust, signal)) ?? [];
  const made = trusts.find(({ name }) => name === inputText(resource, "displayName"));
  if (made === undefined) return { kind: "forget", resource, why: "nothing was made" };
  return found(resource, around, {
    id: `${objectId}/federatedIdentityCredential/${made.id}`,
    outputs: { credentialId: made.id },
  });
}

/** The value of a client secret is told once, to whoever makes it: one that was made and not written down is of no use. */
async function forPassword(
  resource: StateResource,
  around: LookAround,
  { client, signal }: Parameters<Look>[2],
): Promise<Finding> {
  const objectId = ownApplication(resource, around);
  if (objectId === undefined) return strangeApplication(resource);
  const path = `/applications/${objectId}?$select=passwordCredentials`;
  const answer = await getOrNothing(client, path, signal);
  const { passwordCredentials } = parseAnswer(Credentials, answer ?? {});
  const made = passwordCredentials.find(
    ({ keyId, displayName, startDateTime }) =>
      displayName === inputText(resource, "displayName") &&
      isSince(around, startDateTime) &&
      knownById(around, `${objectId}/password/${keyId}`) === undefined,
  );
  if (made === undefined) return { kind: "forget", resource, why: "nothing was made" };
  return {
    kind: "discard",
    resource,
    secret: { applicationObjectId: objectId, keyId: made.keyId },
  };
}

async function forAssignment(
  resource: StateResource,
  around: LookAround,
  { client, signal }: Parameters<Look>[2],
): Promise<Finding> {
  const [principal, role, target] = ["principalObjectId", "appRoleId", "resourceObjectId"].map(
    (name) => inputText(resource, name),
  );
  if (principal === undefined || !isOwnPrincipal(around, principal)) {
    return { kind: "leave", resource, why: "it is for an identity that is none of this stack's" };
  }
  const Assignment = z.object({
    id: z.string(),
    appRoleId: z.string(),
    resourceId: z.string(),
    createdDateTime: z.string().nullish(),
  });
  const path = `${byObjectId(principal)}/appRoleAssignments`;
  const made = ((await readAll(client, path, Assignment, signal)) ?? []).find(
    ({ appRoleId, resourceId, createdDateTime }) =>
      appRoleId === role && resourceId === target && isSince(around, createdDateTime),
  );
  if (made === undefined) return { kind: "forget", resource, why: "nothing was made" };
  const id = `/servicePrincipals/${made.resourceId}/appRoleAssignedTo/${made.id}`;
  return found(resource, around, { id, outputs: {} });
}

function found(
  resource: StateResource,
  around: LookAround,
  made: { readonly id: string; readonly outputs: Readonly<Record<string, unknown>> },
): Finding {
  return knownById(around, made.id) === undefined
    ? { kind: "takeOver", resource, made }
    : { kind: "forget", resource, why: "the state has it" };
}

/** Object id of the application that a credential is for, when this stack has it. */
function ownApplication(resource: StateResource, around: LookAround): string | undefined {
  const id = inputText(resource, "applicationId");
  return id === undefined || knownById(around, id) === undefined ? undefined : id.split("/").at(-1);
}

function strangeApplication(resource: StateResource): Finding {
  return { kind: "leave", resource, why: "its application is none of this stack's" };
}

/** A service principal of this stack, or a managed identity. */
function isOwnPrincipal(around: LookAround, principal: string): boolean {
  return (
    ownerWith(around, "objectId", principal) !== undefined ||
    ownerWith(around, "principalId", principal) !== undefined
  );
}

function ownerWith(
  { state }: LookAround,
  output: string,
  value: string,
): StateResource | undefined {
  return resourcesIn(state).find(
    ({ custom, outputs }) => custom === true && outputs?.[output] === value,
  );
}

/** Clocks differ by seconds, and what is older was there before the run that was interrupted. */
const CLOCK_SKEW_MS = 60_000;

function isSince({ since }: LookAround, at: string | null | undefined): boolean {
  if (since === undefined || !at) return true;
  return Date.parse(at) >= since.getTime() - CLOCK_SKEW_MS;
}

/** Undefined for an id that is of no known form. */
async function isThere(
  client: Client,
  id: string,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  if (/^\/(applications|servicePrincipals)\/[^/]+(\/appRoleAssignedTo\/[^/]+)?$/.test(id)) {
    return (await getOrNothing(client, id, signal)) !== undefined;
  }
  const [, application, kind, child] = /^([^/]+)\/(\w+)\/(.+)$/.exec(id) ?? [];
  if (kind === "federatedIdentityCredential") {
    const path = `/applications/${application}/federatedIdentityCredentials/${child}`;
    return (await getOrNothing(client, path, signal)) !== undefined;
  }
  if (kind !== "password") return undefined;
  const path = `/applications/${application}?$select=passwordCredentials`;
  const answer = await getOrNothing(client, path, signal);
  const { passwordCredentials } = parseAnswer(Credentials, answer ?? {});
  return passwordCredentials.some(({ keyId }) => keyId === child);
}

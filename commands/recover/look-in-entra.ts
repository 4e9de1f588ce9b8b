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
import {
  certificatesOf,
  forCertificate,
  forSecret,
  forTrust,
  secretsOf,
} from "./look-for-credential.js";
import { type Ask, isSince, type Look, takenOver } from "./look-in-directory.js";
import { inputText, resourcesIn, type StateResource, shortName } from "./stack-state.js";

const PATIENCE_MS = 30_000;

/** By type token without `azuread:index/`. */
const LOOKS: Readonly<Record<string, Look>> = {
  "application:Application": forApplication,
  "servicePrincipal:ServicePrincipal": forServicePrincipal,
  "applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential": forTrust,
  "applicationPassword:ApplicationPassword": forSecret,
  "applicationCertificate:ApplicationCertificate": forCertificate,
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
async function forApplication(
  resource: StateResource,
  around: LookAround,
  { client, signal }: Ask,
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
  { client, signal }: Ask,
): Promise<Finding> {
  const appId = inputText(resource, "clientId");
  if (appId === undefined || ownerWith(around, "clientId", appId) === undefined) {
    return { kind: "leave", resource, why: "its application is none of this stack's" };
  }
  const answer = await getOrNothing(client, `${byAppId(appId)}?$select=id`, signal);
  if (answer === undefined) return { kind: "forget", resource, why: "nothing was made" };
  const { id } = parseAnswer(Id, answer);
  return takenOver(resource, around, { id: `/servicePrincipals/${id}`, outputs: { objectId: id } });
}

async function forAssignment(
  resource: StateResource,
  around: LookAround,
  { client, signal }: Ask,
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
  return takenOver(resource, around, { id, outputs: {} });
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
  if (application === undefined || child === undefined) return undefined;
  if (kind === "federatedIdentityCredential") {
    const path = `/applications/${application}/federatedIdentityCredentials/${child}`;
    return (await getOrNothing(client, path, signal)) !== undefined;
  }
  if (kind === "certificate") {
    const certificates = await certificatesOf(client, application, signal);
    return certificates.some(({ keyId }) => keyId === child);
  }
  if (kind !== "password") return undefined;
  const secrets = await secretsOf(client, application, signal);
  return secrets.some(({ keyId }) => keyId === child);
}

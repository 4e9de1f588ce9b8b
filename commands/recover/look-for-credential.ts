// What an interrupted operation has left of the credentials of an application of this stack.
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import { getOrNothing } from "../../graph/bounded-reading.js";
import { readAll } from "../../graph/read-all.js";
import { parseAnswer } from "../../rules/read-error.js";
import type { Finding } from "./finding.js";
import { knownById, type LookAround } from "./look-around.js";
import { type Ask, isSince, type Look, takenOver } from "./look-in-directory.js";
import { inputText, type StateResource } from "./stack-state.js";

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

const Certificates = z.object({
  keyCredentials: z
    .array(z.object({ keyId: z.string(), endDateTime: z.string().nullish() }))
    .default([]),
});

const Trust = z.object({ id: z.string(), name: z.string() });

/** A look at an application, by its object id, when this stack has it. */
function atOwnApplication(
  look: (
    resource: StateResource,
    around: LookAround,
    ask: Ask & { readonly objectId: string },
  ) => Promise<Finding>,
): Look {
  return async (resource, around, ask) => {
    const id = inputText(resource, "applicationId");
    const objectId = id === undefined ? undefined : id.split("/").at(-1);
    if (id === undefined || objectId === undefined || knownById(around, id) === undefined) {
      return { kind: "leave", resource, why: "its application is none of this stack's" };
    }
    return look(resource, around, { ...ask, objectId });
  };
}

export const forTrust = atOwnApplication(async (resource, around, { client, signal, objectId }) => {
  const path = `/applications/${objectId}/federatedIdentityCredentials`;
  const trusts = (await readAll(client, path, Trust, signal)) ?? [];
  const made = trusts.find(({ name }) => name === inputText(resource, "displayName"));
  if (made === undefined) return { kind: "forget", resource, why: "nothing was made" };
  return takenOver(resource, around, {
    id: `${objectId}/federatedIdentityCredential/${made.id}`,
    outputs: { credentialId: made.id },
  });
});

/** The value of a client secret is told once, to whoever makes it: one that was made and not written down is of no use. */
export const forSecret = atOwnApplication(
  async (resource, around, { client, signal, objectId }) => {
    const made = (await secretsOf(client, objectId, signal)).find(
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
  },
);

/** A certificate is told by its end: its thumbprint is written in several ways. */
export const forCertificate = atOwnApplication(
  async (resource, around, { client, signal, objectId }) => {
    const end = Date.parse(inputText(resource, "endDate") ?? "");
    const idOf = (keyId: string) => `${objectId}/certificate/${keyId}`;
    const made = (await certificatesOf(client, objectId, signal)).find(
      ({ keyId, endDateTime }) =>
        Date.parse(endDateTime ?? "") === end && knownById(around, idOf(keyId)) === undefined,
    );
    if (made === undefined) return { kind: "forget", resource, why: "nothing was made" };
    return takenOver(resource, around, { id: idOf(made.keyId), outputs: { keyId: made.keyId } });
  },
);

/** The certificates of an application; none where there is no such application. */
export async function certificatesOf(client: Client, objectId: string, signal: AbortSignal) {
  const path = `/applications/${objectId}?$select=keyCredentials`;
  const answer = await getOrNothing(client, path, signal);
  return parseAnswer(Certificates, answer ?? {}).keyCredentials;
}

/** The client secrets of an application; none where there is no such application. */
export async function secretsOf(client: Client, objectId: string, signal: AbortSignal) {
  const path = `/applications/${objectId}?$select=passwordCredentials`;
  const answer = await getOrNothing(client, path, signal);
  return parseAnswer(Credentials, answer ?? {}).passwordCredentials;
}

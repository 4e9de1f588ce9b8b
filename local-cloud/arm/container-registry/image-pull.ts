// Whether something that runs can pull its image: the image is there, and who pulls it may.
import { isGranted } from "../authorization/granted.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { isJsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { ContainerImages } from "./container-images.js";
import type { ImageReference } from "./image-reference.js";
import { isAzureRegistry, registryAt } from "./registry-name.js";

/** Who pulls: an identity by its object id, a user with a password, or anybody. */
export interface Puller {
  readonly principalId?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** No registry answers at the host, nobody may pull like this, or the image is not in it. */
export type PullProblem = "no registry" | "unauthorized" | "no image";

export function pullProblem(
  cloud: ArmCloud,
  image: ImageReference,
  puller: Puller,
): PullProblem | undefined {
  const registry = registryAt(cloud, image.host);
  if (registry !== undefined && !mayPull(cloud, registry, puller)) return "unauthorized";
  if (isThere(cloud, image)) return undefined;
  return registry === undefined && isAzureRegistry(image.host) ? "no registry" : "no image";
}

/** What a registry of Azure holds was declared or imported; what is anywhere else is taken to be there. */
export function isThere(cloud: ArmCloud, image: ImageReference): boolean {
  const declared = new ContainerImages(cloud.context.store).isPresent(image);
  return declared ?? !isAzureRegistry(image.host);
}

function mayPull({ context }: ArmCloud, registry: ResourceRecord, puller: Puller): boolean {
  const { principalId, username, password } = puller;
  const { anonymousPullEnabled, adminUserEnabled } = registry.properties;
  if (anonymousPullEnabled === true) return true;
  const wanted = { action: `${registry.type}/pull/read` };
  if (principalId !== undefined) return isGranted(context, principalId, wanted, registry.id);
  const isAdmin = username?.toLowerCase() === registry.names[0]?.toLowerCase();
  return adminUserEnabled === true && isAdmin && passwordsOf(registry).includes(password);
}

function passwordsOf({ hidden }: ResourceRecord): readonly unknown[] {
  const passwords = hidden?.["passwords"];
  if (!Array.isArray(passwords)) return [];
  return passwords.filter(isJsonObject).map(({ value }) => value);
}

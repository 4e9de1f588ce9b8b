// Names of registries are unique over all of Azure: each is the first part of a host name.
import type { ArmAnswer, ArmCall, ArmCloud, ArmRoute } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";

const AZURE_REGISTRY = /^([a-z0-9]+)\.azurecr\.io$/i;

export const REGISTRY_API_VERSIONS = [
  "2019-05-01",
  "2021-09-01",
  "2022-12-01",
  "2023-01-01-preview",
  "2023-07-01",
  "2023-11-01-preview",
  "2024-11-01-preview",
  "2025-04-01",
  "2025-11-01",
] as const;

export const registryNameRoute: ArmRoute = {
  method: "POST",
  pattern:
    "/subscriptions/{subscriptionId}/providers/Microsoft.ContainerRegistry/checkNameAvailability",
  action: "Microsoft.ContainerRegistry/checkNameAvailability/read",
  scope: "parent",
  apiVersions: REGISTRY_API_VERSIONS,
  typeName: "checkNameAvailability",
  handle: checkNameAvailability,
};

/** What a registry holds for as long as it is there. */
export function registryClaim(name: string): string {
  return `container-registry/${name.toLowerCase()}`;
}

/** The registry of the local cloud that answers at a host; undefined when nothing does. */
export function registryAt(cloud: ArmCloud, host: string): ResourceRecord | undefined {
  const name = AZURE_REGISTRY.exec(host)?.[1];
  return name === undefined ? undefined : cloud.resources.holderOf(registryClaim(name));
}

/** Whether a host name can only be that of a registry of Azure. */
export function isAzureRegistry(host: string): boolean {
  return AZURE_REGISTRY.test(host);
}

function checkNameAvailability(call: ArmCall): ArmAnswer {
  const name = new BodyFields(call.body).string("name") ?? "";
  const answer = (nameAvailable: boolean, reason?: string, message?: string): ArmAnswer => ({
    status: 200,
    body: { nameAvailable, ...(reason === undefined ? {} : { reason, message }) },
  });
  if (!/^[a-z0-9]{5,50}$/i.test(name)) {
    return answer(
      false,
      "Invalid",
      "Registry names may contain only alpha numeric characters and must be between 5 and 50 characters",
    );
  }
  return call.cloud.resources.holderOf(registryClaim(name)) === undefined
    ? answer(true)
    : answer(false, "AlreadyExists", `The registry ${name} is already in use.`);
}

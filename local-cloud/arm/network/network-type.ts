// What the resource types of Microsoft.Network have in common.
import { randomUUID } from "node:crypto";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { choice } from "../mechanics/choice.js";
import { REGIONS } from "../mechanics/locations.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest } from "../mechanics/resource-type.js";

export const NETWORK_API_VERSIONS = [
  "2018-06-01",
  "2018-07-01",
  "2018-08-01",
  "2018-10-01",
  "2018-11-01",
  "2018-12-01",
  "2019-02-01",
  "2019-04-01",
  "2019-06-01",
  "2019-07-01",
  "2019-08-01",
  "2019-09-01",
  "2019-11-01",
  "2019-12-01",
  "2020-03-01",
  "2020-04-01",
  "2020-05-01",
  "2020-06-01",
  "2020-07-01",
  "2020-08-01",
  "2020-11-01",
  "2021-02-01",
  "2021-03-01",
  "2021-05-01",
  "2021-08-01",
  "2022-01-01",
  "2022-05-01",
  "2022-07-01",
  "2022-09-01",
  "2022-11-01",
  "2023-02-01",
  "2023-04-01",
  "2023-05-01",
  "2023-06-01",
  "2023-09-01",
  "2023-11-01",
  "2024-01-01",
  "2024-03-01",
  "2024-05-01",
  "2024-07-01",
  "2024-10-01",
  "2025-01-01",
  "2025-03-01",
  "2025-05-01",
  "2025-07-01",
];

/** "Naming rules and restrictions for Azure resources", Microsoft.Network: most names have up to 80 characters. */
export const NETWORK_NAME = {
  pattern: /^[a-zA-Z0-9]([\w.-]*\w)?$/,
  minLength: 1,
  maxLength: 80,
  says: "letters, digits, underscores, periods and hyphens, with a letter or digit first and no period or hyphen last",
};

/** The part of a description that is the same for every tracked type. */
export const TRACKED_NETWORK_TYPE = {
  namespace: "Microsoft.Network",
  apiVersions: NETWORK_API_VERSIONS,
  locations: [...REGIONS.keys()],
  nameRule: NETWORK_NAME,
  longRunning: ["PUT", "DELETE"],
  merge: withTags,
} as const satisfies Partial<ResourceType>;

/** A PATCH of these types takes tags and nothing else. */
function withTags(existing: ResourceRecord, patch: JsonObject): JsonObject {
  const others = new BodyFields(patch).names.filter((name) => name.toLowerCase() !== "tags");
  if (others.length > 0) throw notHere(`a PATCH of anything but tags of ${existing.type}`);
  const { location, sku, zones, properties } = existing;
  return { tags: existing.tags, ...patch, location, sku, zones, properties };
}

/** `etag`, `resourceGuid` and state of a resource that has just been written. */
export function writtenFields({ existing }: WriteRequest) {
  return {
    etag: newEtag(),
    common: {
      provisioningState: "Succeeded",
      resourceGuid: existing?.properties["resourceGuid"] ?? randomUUID(),
    },
  };
}

export function newEtag(): string {
  return `W/"${randomUUID()}"`;
}

/** 400 in the words of this provider, which always sends `details`. */
export function badRequest(code: string, message: string): ArmError {
  return new ArmError(400, code, message, { details: [] });
}

/** 400 InvalidRequestFormat: what could not be read of a body. */
export function unreadable(code: string, message: string): ArmError {
  return new ArmError(400, "InvalidRequestFormat", "Cannot parse the request.", {
    details: [{ code, message }],
  });
}

/** One of `known`. The words of the refusal were not seen. */
export function choiceOf(
  fields: BodyFields,
  name: string,
  known: readonly string[],
): string | undefined {
  return choice(fields, name, known, (given, path) =>
    unreadable(
      "InvalidJson",
      `Error converting value "${given}" to one of ${known.join(", ")}. Path '${path}'.`,
    ),
  );
}

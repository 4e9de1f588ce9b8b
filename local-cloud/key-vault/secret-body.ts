// What a request says about a secret.
import type { JsonObject } from "../arm/mechanics/body-fields.js";
import { KeyVaultError } from "./key-vault-error.js";
import type { SecretContent } from "./secret-writes.js";

/** What a body says besides the value. Throws KeyVaultError. */
export function contentChanges(body: JsonObject): Omit<SecretContent, "value"> {
  const { contentType, tags, attributes } = body;
  if (contentType !== undefined && contentType !== null && typeof contentType !== "string") {
    throw badBody("'contentType' is a string.");
  }
  const { enabled, nbf, exp } = Object(attributes ?? {});
  if (enabled !== undefined && typeof enabled !== "boolean")
    throw badBody("'enabled' is a boolean.");
  for (const time of [nbf, exp]) {
    if (time !== undefined && time !== null && !Number.isInteger(time)) {
      throw badBody("'nbf' and 'exp' are seconds since 1970.");
    }
  }
  return {
    ...(typeof contentType === "string" ? { contentType } : {}),
    ...(tags === undefined || tags === null ? {} : { tags: textsIn(tags) }),
    attributes: {
      ...(enabled === undefined ? {} : { enabled }),
      ...(Number.isInteger(nbf) ? { nbf } : {}),
      ...(Number.isInteger(exp) ? { exp } : {}),
    },
  };
}

function textsIn(tags: unknown): Record<string, string> {
  const entries = Object.entries(Object(tags));
  if (entries.every((entry): entry is [string, string] => typeof entry[1] === "string")) {
    return Object.fromEntries(entries);
  }
  throw badBody("'tags' are strings.");
}

export function badBody(why: string): KeyVaultError {
  return new KeyVaultError(400, "BadParameter", `The request body is not valid: ${why}`);
}

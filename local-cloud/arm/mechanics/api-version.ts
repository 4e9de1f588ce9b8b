// The `api-version` that every request names.

import type { ArmRoute } from "./arm-call.js";
import { ArmError } from "./arm-error.js";
import { CORE_API_VERSIONS } from "./core-api-versions.js";

/** Throws 400 MissingApiVersionParameter. */
export function requiredApiVersion(query: URLSearchParams): string {
  for (const [name, value] of query) {
    if (name.toLowerCase() === "api-version" && value !== "") return value;
  }
  throw new ArmError(
    400,
    "MissingApiVersionParameter",
    "The api-version query parameter (?api-version=) is required for all requests.",
  );
}

/** Throws 400 unless the route has this version. */
export function checkApiVersion(route: ArmRoute, apiVersion: string): void {
  const { apiVersions, typeName } = route;
  const known = apiVersions.some((version) => version === apiVersion.toLowerCase());
  if (apiVersions.length === 0 || known) return;
  const supported = apiVersions.join(", ");
  if (typeName === undefined || apiVersions === CORE_API_VERSIONS) {
    throw new ArmError(
      400,
      "InvalidApiVersionParameter",
      `The api-version '${apiVersion}' is invalid. The supported versions are '${supported}'.`,
    );
  }
  // Worded as in Azure/azure-cli#28496.
  throw new ArmError(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location 'global' and API version '${apiVersion}' for type '${typeName}'. The supported api-versions are '${supported}'. The supported locations are 'global'.`,
  );
}

// The cloud metadata document, by which tools find the other services of a cloud
// (`GET /metadata/endpoints`; `az cloud register --endpoint-resource-manager`, ARM_METADATA_HOSTNAME).
import type { CloudContext } from "../../cloud-context.js";
import { vaultDnsSuffix } from "../../key-vault/endpoints.js";
import { ArmError } from "../mechanics/arm-error.js";

/** The name by which provider plugins and command lines see this cloud. */
const CLOUD_NAME = "LocalCloud";

// RFC 6761 keeps .localhost on this machine: what a tool derives from these names reaches nobody else.
function suffixes(context: CloudContext) {
  return {
    acrLoginServer: "azurecr.localhost",
    keyVaultDns: vaultDnsSuffix(context.origins()),
    storage: "storage.localhost",
    sqlServerHostname: "database.localhost",
    mhsmDns: "managedhsm.localhost",
  };
}

/** The document for one api-version. No sign-in is needed. Throws 400. */
export function cloudMetadata(context: CloudContext, apiVersion: string | null): unknown {
  const { arm, graph, login } = context.origins();
  switch (apiVersion) {
    case null:
      throw new ArmError(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.",
      );
    case "2015-01-01":
      return {
        galleryEndpoint: `${arm}/`,
        graphEndpoint: graph,
        portalEndpoint: arm,
        authentication: { loginEndpoint: `${login}/`, audiences: [arm] },
      };
    case "2018-05-01":
    case "2019-05-01":
    case "2020-06-01":
      return [environment(context)];
    case "2022-09-01":
      return environment(context);
    default:
      throw new ArmError(
        400,
        "InvalidApiVersionParameter",
        `The api-version '${apiVersion}' is invalid. The supported versions are '2022-09-01,2020-06-01,2019-05-01,2018-05-01,2015-01-01'.`,
      );
  }
}

// No URL ends in a slash: the azuread provider puts "/v1.0" behind the Graph one, and others "/{tenant}" behind
// the login one. Tenant "common" with identity provider "AAD" says that this is no Azure Stack, which the
// providers refuse.
function environment(context: CloudContext) {
  const { arm, graph, login } = context.origins();
  return {
    name: CLOUD_NAME,
    portal: arm,
    authentication: {
      loginEndpoint: login,
      audiences: [arm, "https://management.core.windows.net/", "https://management.azure.com/"],
      tenant: "common",
      identityProvider: "AAD",
    },
    resourceManager: arm,
    graph,
    graphAudience: graph,
    microsoftGraphResourceId: graph,
    suffixes: suffixes(context),
  };
}

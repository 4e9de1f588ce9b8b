// What the host of a workload hands it for its managed identity. In Azure that is an address which only the host's own
// workloads reach; here whoever plays the host asks for it.
import type { CloudContext } from "../cloud-context.js";
import { TENANT_ID } from "../well-known.js";
import { audienceOfResource } from "./audience.js";

/** Audiences at which another application takes the token in place of a secret, one for each cloud. */
const TOKEN_EXCHANGE = [
  "api://AzureADTokenExchange",
  "api://AzureADTokenExchangeUSGov",
  "api://AzureADTokenExchangeChina",
];

/** A token of the managed identity with this client id; undefined when there is none, or no such resource. */
export async function managedIdentityToken(
  { directory, tokens, origins }: CloudContext,
  clientId: string,
  resource: string,
): Promise<string | undefined> {
  const principal = directory.servicePrincipalByAppId(TENANT_ID, clientId);
  if (principal?.servicePrincipalType !== "ManagedIdentity") return undefined;
  const audience = audienceOfResource(resource, origins());
  if (audience === undefined && !TOKEN_EXCHANGE.includes(resource)) return undefined;
  const roles = audience
    ? directory.grantedRoles(TENANT_ID, principal.id, audience.resourceAppId)
    : [];
  return tokens.issue({
    aud: resource,
    tid: TENANT_ID,
    appid: principal.appId,
    oid: principal.id,
    idtyp: "app",
    ...(roles.length > 0 ? { roles } : {}),
  });
}

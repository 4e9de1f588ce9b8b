// What registering and consent would have left of a bot in the directory, for a bot that is registered nowhere.
import type { Directory } from "../directory/directory.js";
import { hashSecret } from "../entra/secrets.js";
import { graphAppRoles } from "../graph/graph-app-roles.js";
import { LocalCloudError } from "../local-cloud-error.js";
import type { Store } from "../state/store.js";
import { GRAPH_SERVICE_PRINCIPAL_ID, TENANT_ID } from "../well-known.js";

const APPLICATION_ID = "10ca1000-0000-4000-8000-0000000000b1";
const SERVICE_PRINCIPAL_ID = "10ca1000-0000-4000-8000-0000000000b2";
const SINCE = "2026-01-01T00:00:00Z";
const UNTIL = "2099-12-31T00:00:00Z";

/** An application with a secret, and consent to its app roles. Throws LocalCloudError for a role that there is not. */
export function registerBot(
  store: Store,
  directory: Directory,
  bot: {
    readonly appId: string;
    readonly clientSecret: string;
    readonly appRoles: readonly string[];
  },
): void {
  const appId = bot.appId.toLowerCase();
  const displayName = "The bot of the rehearsal";
  const roles = bot.appRoles.map((value) => {
    const role = graphAppRoles.find((one) => one.value === value);
    if (role !== undefined) return role;
    throw new LocalCloudError(`The rehearsal's Microsoft Graph has no app role ${value}.`);
  });
  store.transaction(() => {
    directory.putApplication({
      id: APPLICATION_ID,
      appId,
      tenantId: TENANT_ID,
      createdDateTime: SINCE,
      fields: { displayName, signInAudience: "AzureADMyOrg", tags: [] },
      passwordCredentials: [
        {
          keyId: APPLICATION_ID,
          displayName: "rehearsal",
          hint: bot.clientSecret.slice(0, 3),
          startDateTime: SINCE,
          endDateTime: UNTIL,
          secretHash: hashSecret(bot.clientSecret),
        },
      ],
      federatedIdentityCredentials: [],
      owners: [],
    });
    directory.putServicePrincipal({
      id: SERVICE_PRINCIPAL_ID,
      appId,
      tenantId: TENANT_ID,
      appOwnerOrganizationId: TENANT_ID,
      servicePrincipalType: "Application",
      createdDateTime: SINCE,
      fields: { displayName, accountEnabled: true, tags: [] },
      appRoles: [],
      owners: [],
    });
    for (const { id, value } of roles) {
      directory.putAssignment({
        id: Buffer.from(`rehearsal-${value}`).toString("base64url"),
        tenantId: TENANT_ID,
        appRoleId: id,
        principalId: SERVICE_PRINCIPAL_ID,
        resourceId: GRAPH_SERVICE_PRINCIPAL_ID,
        createdDateTime: SINCE,
      });
    }
  });
}

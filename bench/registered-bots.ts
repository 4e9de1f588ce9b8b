// Bots with which nothing is wrong, made by plain calls: an engine would take minutes for a hundred.
import { DEPLOYER, GRAPH_APP_ID, SUBSCRIPTION_ID, TENANT_ID } from "../local-cloud/well-known.js";
import { ROLE_IDS } from "../test/local-cloud/entra/entra-under-test.js";

export const WEBHOOK_HOST = "bot.contoso.com";
const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-bench`;
const ROLE = "Calls.JoinGroupCall.All";

/** Outputs of a stack that holds them, by the name of each. */
export async function registerBots(count: number): Promise<Record<string, object>> {
  const graph = await service(process.env["LOCAL_GRAPH_URL"] ?? "", "/v1.0");
  const arm = await service(process.env["LOCAL_ARM_URL"] ?? "", "");
  await arm("PUT", `${GROUP}?api-version=2024-03-01`, { location: "westeurope" });
  const resource = await graph("GET", `/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=id`);
  const bots: Record<string, object> = {};
  for (let i = 0; i < count; i++) {
    const name = `bench-bot-${i}`;
    bots[name] = await registerBot(name, { graph, arm, resourceId: resource["id"] ?? "" });
  }
  return bots;
}

type Call = (method: string, path: string, body?: object) => Promise<Record<string, string>>;

async function service(origin: string, version: string): Promise<Call> {
  const answer = await fetch(
    `${process.env["AZURE_AUTHORITY_HOST"]}/${TENANT_ID}/oauth2/v2.0/token`,
    {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: process.env["AZURE_CLIENT_ID"] ?? "",
        client_secret: process.env["AZURE_CLIENT_SECRET"] ?? "",
        scope: `${origin}/.default`,
      }),
    },
  );
  const { access_token }: { access_token: string } = JSON.parse(await answer.text());
  return async (method, path, body) => {
    const response = await fetch(`${origin}${version}${path}`, {
      method,
      headers: { Authorization: `Bearer ${access_token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === "" ? {} : JSON.parse(text);
  };
}

interface Services {
  readonly graph: Call;
  readonly arm: Call;
  /** Object id of Microsoft Graph's service principal. */
  readonly resourceId: string;
}

async function registerBot(name: string, { graph, arm, resourceId }: Services): Promise<object> {
  const replyUrl = `https://${WEBHOOK_HOST}/consented`;
  const access = [{ id: ROLE_IDS[ROLE], type: "Role" }];
  const { id: objectId = "", appId = "" } = await graph("POST", "/applications", {
    displayName: name,
    web: { redirectUris: [replyUrl] },
    requiredResourceAccess: [{ resourceAppId: GRAPH_APP_ID, resourceAccess: access }],
    tags: ["pulumi-project:bench", "pulumi-stack:bench"],
    "owners@odata.bind": [
      `${process.env["LOCAL_GRAPH_URL"]}/v1.0/directoryObjects/${DEPLOYER.servicePrincipalId}`,
    ],
  });
  await graph("POST", `/applications/${objectId}/addPassword`, {});
  const { id: principalId = "" } = await graph("POST", "/servicePrincipals", { appId });
  const assignment = { principalId, resourceId, appRoleId: ROLE_IDS[ROLE] };
  await graph("POST", `/servicePrincipals/${principalId}/appRoleAssignments`, assignment);
  const botId = `${GROUP}/providers/Microsoft.BotService/botServices/${name}`;
  const channelId = `${botId}/channels/MsTeamsChannel`;
  const messagingEndpoint = `https://${WEBHOOK_HOST}/api/messages`;
  const callingWebhook = `https://${WEBHOOK_HOST}/api/calling`;
  await arm("PUT", `${botId}?api-version=2022-09-15`, {
    location: "global",
    kind: "azurebot",
    sku: { name: "F0" },
    properties: {
      displayName: name,
      endpoint: messagingEndpoint,
      msaAppId: appId,
      msaAppType: "SingleTenant",
      msaAppTenantId: TENANT_ID,
    },
  });
  await arm("PUT", `${channelId}?api-version=2022-09-15`, {
    location: "global",
    properties: {
      channelName: "MsTeamsChannel",
      properties: { isEnabled: true, enableCalling: true, callingWebhook },
    },
  });
  return {
    schemaVersion: 1,
    cloud: "public",
    tenantId: TENANT_ID,
    subscriptionId: SUBSCRIPTION_ID,
    resourceGroupName: "rg-bench",
    appId,
    applicationObjectId: objectId,
    servicePrincipalObjectId: principalId,
    botName: name,
    botResourceId: botId,
    channelResourceId: channelId,
    messagingEndpoint,
    callingWebhook,
    replyUrls: [replyUrl],
    permissions: [{ value: ROLE, id: ROLE_IDS[ROLE], because: [] }],
    grantedPermissions: [],
    consent: { mode: "url" },
    credential: "secret",
    todo: [],
  };
}

// A local cloud with a way to register applications, and what a consent has left there.
import { decodeJwt } from "jose";
import { DEPLOYER, GRAPH_APP_ID, TENANT_ID } from "../../../local-cloud/index.js";
import { startTestCloud } from "../../support/test-cloud.js";

/** App roles of Microsoft Graph ("Microsoft Graph permissions reference"). */
export const ROLE_IDS = {
  "Calls.JoinGroupCall.All": "f6b49018-60ab-4f81-83bd-22caeabfed2d",
  "Calls.AccessMedia.All": "a7a681dc-756e-4909-b988-f160edc6655f",
  "Calls.Initiate.All": "284383ee-7f6e-4e40-a2a8-e85dcb029101",
};
export type RoleName = keyof typeof ROLE_IDS;

export const REPLY_URL = "https://bot.contoso.example/Consent/return";

export interface BotOptions {
  /** @default join and media */
  readonly roles?: readonly RoleName[];
  /** @default REPLY_URL */
  readonly redirectUris?: readonly string[];
  /** @default "AzureADMyOrg" */
  readonly signInAudience?: string;
  /** More of the application. @default nothing */
  readonly more?: Record<string, unknown>;
  /** @default "Meeting Bot" */
  readonly displayName?: string;
}

export interface Bot {
  readonly appId: string;
  readonly objectId: string;
  readonly secret: string;
}

export type EntraUnderTest = Awaited<ReturnType<typeof startEntra>>;

export async function startEntra(now?: () => Date) {
  const cloud = await startTestCloud(now === undefined ? {} : { now });
  const { login, graph } = cloud.origins;
  const deployerToken = await appToken(
    login,
    TENANT_ID,
    DEPLOYER.appId,
    cloud.environment()["AZURE_CLIENT_SECRET"] ?? "",
    graph,
  );

  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
  const call = async (method: string, path: string, body?: unknown): Promise<any> => {
    const response = await fetch(`${graph}/v1.0${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${deployerToken.access_token}`,
        "Content-Type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };

  const newBot = async (options: BotOptions = {}): Promise<Bot> => {
    const { appId, id } = await call("POST", "/applications", {
      displayName: options.displayName ?? "Meeting Bot",
      signInAudience: options.signInAudience ?? "AzureADMyOrg",
      web: { redirectUris: options.redirectUris ?? [REPLY_URL] },
      requiredResourceAccess: requiredAccess(
        options.roles ?? ["Calls.JoinGroupCall.All", "Calls.AccessMedia.All"],
      ),
      ...options.more,
    });
    await call("POST", "/servicePrincipals", { appId });
    const { secretText } = await call("POST", `/applications/${id}/addPassword`, {});
    return { appId, objectId: id, secret: secretText };
  };

  return {
    cloud,
    login,
    graph,
    call,
    newBot,
    /** Values in the `roles` claim of the bot's next token for Microsoft Graph; undefined when it gets no token. */
    rolesOf: async (bot: Bot, tenantId = TENANT_ID): Promise<unknown> => {
      const { access_token } = await appToken(login, tenantId, bot.appId, bot.secret, graph);
      return access_token === undefined ? undefined : (decodeJwt(access_token)["roles"] ?? []);
    },
    /** A consent link of v2.0; a parameter that is undefined is left out. */
    consentLink: (
      bot: Bot,
      { tenant, ...changes }: Record<string, string | undefined> & { tenant?: string } = {},
    ) => {
      const parameters = {
        client_id: bot.appId,
        scope: `${graph}/.default`,
        redirect_uri: REPLY_URL,
        state: "nonce-1",
        ...changes,
      };
      return link(`${login}/${tenant ?? TENANT_ID}/v2.0/adminconsent`, parameters);
    },
  };
}

/** `address` with the parameters that are not undefined. */
export function link(address: string, parameters: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.append(name, value);
  }
  return `${address}?${query}`;
}

/** `requiredResourceAccess` for app roles of Microsoft Graph. */
export function requiredAccess(roles: readonly RoleName[]) {
  return [
    {
      resourceAppId: GRAPH_APP_ID,
      resourceAccess: roles.map((role) => ({ id: ROLE_IDS[role], type: "Role" })),
    },
  ];
}

async function appToken(
  login: string,
  tenantId: string,
  clientId: string,
  secret: string,
  graph: string,
): Promise<{ access_token?: string }> {
  const response = await fetch(`${login}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: secret,
      scope: `${graph}/.default`,
    }),
  });
  return JSON.parse(await response.text());
}

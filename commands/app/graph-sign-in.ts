// Signing in to Microsoft Graph as whoever runs the command. The library is large, so only the one that is needed is loaded.
import type { TokenSource } from "../../graph/graph-client.js";
import type { CloudEndpoints } from "../../rules/clouds.js";
import type { Surroundings } from "../surroundings.js";

export interface SignInOptions {
  /** `default`: what the machine is signed in with. */
  readonly how: "default" | "device-code" | "browser";
  readonly endpoints: CloudEndpoints;
  /** @default the organisation of whoever signs in */
  readonly tenant?: string;
  /** @default Microsoft's client for Graph command lines, which people can consent to */
  readonly clientId?: string;
}

/** App id of "Microsoft Graph Command Line Tools". */
const GRAPH_COMMAND_LINE = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const MICROSOFT_LOGIN = /(^|\.)(microsoftonline\.(com|us)|microsoftonline\.cn|chinacloudapi\.cn)$/;

/** Where tokens come from; nobody is asked anything before the first one is needed. */
export async function graphSignIn(
  surroundings: Surroundings,
  options: SignInOptions,
): Promise<TokenSource> {
  const { endpoints, how, tenant = surroundings.env["AZURE_TENANT_ID"] } = options;
  const identity = await import("@azure/identity");
  const authority = {
    authorityHost: endpoints.login,
    // Only Microsoft's own sign-in hosts are known to the discovery.
    disableInstanceDiscovery: !MICROSOFT_LOGIN.test(new URL(endpoints.login).hostname),
    ...(tenant === undefined ? {} : { tenantId: tenant }),
  };
  if (how === "default") return new identity.DefaultAzureCredential(authority);
  const person = { ...authority, clientId: options.clientId ?? GRAPH_COMMAND_LINE };
  if (how === "browser") {
    return new identity.InteractiveBrowserCredential({
      ...person,
      redirectUri: "http://localhost",
    });
  }
  return new identity.DeviceCodeCredential({
    ...person,
    userPromptCallback: ({ message }) => surroundings.progress(message),
  });
}

/** The claims of an access token, for what they say of the person; nothing of a token that is not readable. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload: unknown = JSON.parse(
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"),
    );
    return typeof payload === "object" && payload !== null ? { ...payload } : {};
  } catch {
    return {};
  }
}

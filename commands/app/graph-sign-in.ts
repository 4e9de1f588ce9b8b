// Signing in to Microsoft Graph as whoever runs the command. The library is large, so only the one that is needed is loaded.
import type { TokenSource } from "../../graph/graph-client.js";
import type { CloudEndpoints } from "../../rules/clouds.js";
import { signInAuthority } from "../sign-in/sign-in-authority.js";
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

/** Where tokens come from; nobody is asked anything before the first one is needed. */
export async function graphSignIn(
  surroundings: Surroundings,
  options: SignInOptions,
): Promise<TokenSource> {
  const { endpoints, how, tenant = surroundings.env["AZURE_TENANT_ID"] } = options;
  const identity = await import("@azure/identity");
  const authority = {
    ...signInAuthority(endpoints.login),
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

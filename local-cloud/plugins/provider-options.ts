// What the plugins are told when they start, and what a provider instance takes from its own configuration instead.
import type { Credentials } from "./http/tokens.js";

interface PluginTiming {
  /** First wait before a request is repeated; it doubles each time. @default 200 (the real providers: 20,000 and 1,000) */
  readonly retryBaseMs?: number;
  /** Wait between two looks at something unfinished, where the service names none. @default 500 (the real: 10,000 and more) */
  readonly pollMs?: number;
}

/** Where the local cloud is, and who deploys when the program does not say. */
export interface PluginOptions extends Credentials {
  /** Origin of Azure Resource Manager. */
  readonly arm: string;
  /** Origin of Microsoft Graph. */
  readonly graph: string;
  /** Origin of the sign-in service. */
  readonly login: string;
  /** Certificate authorities to trust, PEM. */
  readonly ca: string;
  readonly subscriptionId: string;
  readonly timing?: PluginTiming;
}

/** Ways to sign in that the real providers have. Saying yes to one of them here would be a lie. */
const OTHER_SIGN_INS = [
  "useMsi",
  "useOidc",
  "useCli",
  "clientCertificatePath",
  "clientCertificate",
];

/** One setting of a provider, such as `azuread:config:tenantId`. */
export type Setting = (name: string) => string | undefined;

/** Reads the settings of one package. Throws when they ask for a way to sign in that the local cloud has not. */
export function settingsOf(packageName: string, variables: ReadonlyMap<string, string>): Setting {
  const setting: Setting = (name) => variables.get(`${packageName}:config:${name}`) || undefined;
  const other = OTHER_SIGN_INS.find((name) => (setting(name) ?? "false") !== "false");
  if (other !== undefined) {
    throw new Error(
      `${packageName}:${other} is not known to the local cloud, where providers sign in with clientId and clientSecret. Leave it out.`,
    );
  }
  return setting;
}

/** The instance's own credentials, or else those of the options, field by field. */
export function credentialsOf(setting: Setting, options: PluginOptions): Credentials {
  return {
    tenantId: setting("tenantId") ?? options.tenantId,
    clientId: setting("clientId") ?? options.clientId,
    clientSecret: setting("clientSecret") ?? options.clientSecret,
  };
}

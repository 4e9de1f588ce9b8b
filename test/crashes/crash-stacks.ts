// The stacks whose runs are killed: those of this project, and one for every kind of host and for the sign-up page, so that
// every type of resource that the package makes is among them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../scripts/project-paths.js";

/** What is below `config:` in a stack's file. */
export type StackConfig = Readonly<Record<string, unknown>>;

const PUBLISHER = {
  name: "Contoso Meetings Ltd",
  privacyUrl: "https://contoso.com/privacy",
  termsUrl: "https://contoso.com/terms",
  contact: "mailto:teams-bot@contoso.com",
};

/** The certificate that a scale set takes for granted; made before the first run. */
export const CERTIFICATE = { vault: "crash-certificates", name: "bot-contoso-com" };
/** Host name that it is for. */
export const DOMAIN = "bot.contoso.com";

/** The configuration of every stack by its name. @param certificateVaultId of {@link CERTIFICATE} */
export function crashStacks(certificateVaultId: string): Readonly<Record<string, StackConfig>> {
  return {
    local: ownStack("local"),
    dev: ownStack("dev"),
    prod: ownStack("prod"),
    "sign-up": botOn(
      {
        kind: "existing",
        messagingEndpoint: "https://contoso.com/api/messages",
        callingWebhook: "https://contoso.com/teamsapp/api/calling",
      },
      { consent: { mode: "signUp", publisher: PUBLISHER } },
    ),
    "app-service": botOn({ kind: "appService", runtime: "NODE|22-lts" }),
    "container-app": botOn({
      kind: "containerApp",
      image: "mcr.microsoft.com/dotnet/samples:aspnetapp-8.0",
    }),
    "scale-set": botOn(
      {
        kind: "scaleSet",
        domain: DOMAIN,
        certificate: { vaultId: certificateVaultId, secretName: CERTIFICATE.name },
        package: {
          url: "https://contoso.blob.core.windows.net/builds/bot.zip",
          sha256: "0123456789abcdef".repeat(4),
          command: "EchoBot.exe",
        },
      },
      { capabilities: ["answerCalls", "accessMedia"], mediaRecording: "never" },
    ),
  };
}

function ownStack(name: string): StackConfig {
  const text = readFileSync(join(projectRoot, "stacks", `Pulumi.${name}.yaml`), "utf8");
  const { config } = parse(text) as { config: StackConfig };
  return config;
}

function botOn(host: object, more: Readonly<Record<string, unknown>> = {}): StackConfig {
  const settings = {
    host,
    capabilities: ["answerCalls"],
    consent: { mode: "grant" },
    ...more,
  };
  const entries = Object.entries(settings).map(([key, value]) => [
    `teams-calling-bot:${key}`,
    value,
  ]);
  return { "azure-native:location": "westeurope", ...Object.fromEntries(entries) };
}

// The bots whose hosts are measured.
import {
  type CallingBotArgs,
  Capability,
  ConsentMode,
  type HostArgs,
  HostKind,
  MediaRecording,
} from "../components/index.js";
import { type ExistingVault, existingVault } from "../test/support/existing-vault.js";

function bot(host: HostArgs): CallingBotArgs {
  return {
    host,
    capabilities: [Capability.AnswerCalls],
    consent: { mode: ConsentMode.Grant },
  };
}

/** What has to be there before a scale set: a vault with a certificate. */
let vault: Promise<ExistingVault> | undefined;

async function scaleSet(): Promise<CallingBotArgs> {
  vault ??= vaultWithCertificate();
  return {
    ...bot({
      kind: HostKind.ScaleSet,
      domain: DOMAIN,
      certificate: { vaultId: (await vault).id, secretName: CERTIFICATE },
      package: {
        url: "https://contoso.blob.core.windows.net/builds/bot.zip",
        sha256: "0123456789abcdef".repeat(4),
        command: "EchoBot.exe",
      },
    }),
    capabilities: [Capability.AnswerCalls, Capability.AccessMedia],
    mediaRecording: MediaRecording.Never,
  };
}

async function vaultWithCertificate(): Promise<ExistingVault> {
  const environment = () => Object.fromEntries(Object.entries(process.env).map(textEntry));
  const made = await existingVault({ environment }, "bench-certificates");
  await made.importCertificate(CERTIFICATE, { names: [DOMAIN] });
  return made;
}

function textEntry([name, value = ""]: [string, string | undefined]): [string, string] {
  return [name, value];
}

const DOMAIN = "bot.contoso.com";
const CERTIFICATE = "bot-contoso-com";

/** By kind of host. */
export const HOSTS: Readonly<Record<string, () => CallingBotArgs | Promise<CallingBotArgs>>> = {
  [HostKind.Existing]: () =>
    bot({
      messagingEndpoint: "https://contoso.com/api/messages",
      callingWebhook: "https://contoso.com/api/calling",
    }),
  [HostKind.AppService]: () => bot({ kind: HostKind.AppService, runtime: "NODE|22-lts" }),
  [HostKind.ContainerApp]: () =>
    bot({ kind: HostKind.ContainerApp, image: "mcr.microsoft.com/dotnet/samples:aspnetapp-8.0" }),
  [HostKind.ScaleSet]: scaleSet,
};

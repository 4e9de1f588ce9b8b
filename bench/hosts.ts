// The bots whose hosts are measured.
import {
  type CallingBotArgs,
  Capability,
  ConsentMode,
  type HostArgs,
  HostKind,
} from "../components/index.js";

function bot(host: HostArgs): CallingBotArgs {
  return {
    host,
    capabilities: [Capability.AnswerCalls],
    consent: { mode: ConsentMode.Grant },
  };
}

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
};

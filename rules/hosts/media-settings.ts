// What a process that hosts media reads besides the settings of every host, under the names of Microsoft's EchoBot
// (microsoft-graph-comms-samples, Samples/PublicSamples/EchoBot/src/EchoBot/AppSettings.cs). EchoBot as it is also demands
// AppSettings__AadAppSecret: a bot that signs in through its managed identity has none.
import type { PortPlan } from "./ports.js";

/** What the settings are made from. */
export interface MediaSettingFacts {
  readonly appId: string;
  /** Host name that the certificate covers. */
  readonly hostName: string;
  readonly plan: PortPlan;
}

/** One setting, and what it holds. */
interface MediaSetting {
  readonly name: string;
  readonly holds: string;
  /** Undefined where only the machine itself can find it out. */
  readonly value: ((facts: MediaSettingFacts) => string) | undefined;
}

/** Thumbprint of the certificate in LocalMachine\My: upper case, no spaces, and another after each renewal. */
export const THUMBPRINT_SETTING = "AppSettings__CertificateThumbprint";

/** The table; `docs/app-settings.md` shows it. */
export const MEDIA_SETTINGS: readonly MediaSetting[] = [
  { name: "AppSettings__AadAppId", holds: "app id", value: ({ appId }) => appId },
  {
    name: "AppSettings__ServiceDnsName",
    holds: "host name of the bot",
    value: ({ hostName }) => hostName,
  },
  {
    name: "AppSettings__MediaDnsName",
    holds: "host name of its media, the same",
    value: ({ hostName }) => hostName,
  },
  {
    name: "AppSettings__BotCallingInternalPort",
    holds: "port for incoming calls and messages",
    value: ({ plan }) => String(plan.signalling.port),
  },
  {
    name: "AppSettings__BotInternalPort",
    holds: "port for notifications of this machine's calls",
    value: ({ plan }) => String(plan.notification.port),
  },
  {
    name: "AppSettings__MediaInternalPort",
    holds: "port for the control of this machine's media",
    value: ({ plan }) => String(plan.media.port),
  },
  {
    name: "AppSettings__BotInstanceExternalPort",
    holds: "public port that leads to this machine's notifications",
    value: undefined,
  },
  {
    name: "AppSettings__MediaInstanceExternalPort",
    holds: "public port that leads to this machine's media",
    value: undefined,
  },
  { name: THUMBPRINT_SETTING, holds: "thumbprint of the certificate", value: undefined },
];

/** Those that are known before there is a machine, by name. */
export function mediaSettings(facts: MediaSettingFacts): Record<string, string> {
  return Object.fromEntries(
    MEDIA_SETTINGS.flatMap(({ name, value }) =>
      value === undefined ? [] : [[name, value(facts)]],
    ),
  );
}

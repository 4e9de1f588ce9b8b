// Which host can serve what a bot does. Media that the bot's own process hosts needs Windows machines with a public address
// each ("Requirements and considerations for application-hosted media bots").
import { HostKind } from "../bot-choices.js";
import { Capability } from "../capabilities.js";
import type { Issue } from "../issue.js";

const WEB_HOSTS: Readonly<Record<string, string>> = {
  [HostKind.AppService]: "Azure App Service",
  [HostKind.ContainerApp]: "Azure Container Apps",
};

/**
 * Issues of capabilities that a host of this kind cannot serve. The permission Calls.AccessMedia.All alone says nothing: short
 * recordings and tones, whose media Microsoft hosts, need it as well.
 */
export function checkServedCapabilities(
  kind: unknown,
  capabilities: readonly Capability[],
  path = "host",
): Issue[] {
  const host = WEB_HOSTS[String(kind)];
  const index = capabilities.indexOf(Capability.AccessMedia);
  if (host === undefined || index === -1) return [];
  return [
    {
      path: `capabilities[${index}]`,
      rule: `must not be ${Capability.AccessMedia} on ${host}, which offers neither Windows machines with a public address each nor UDP`,
      whose: "Microsoft Teams media platform",
      fix: `Set ${path}.kind to "${HostKind.ScaleSet}", or run the bot on Windows machines elsewhere and set it to "${HostKind.Existing}"; for prompts, short recordings and tones use playPrompts, recordResponses or detectTones.`,
    },
  ];
}

// docs/clouds.md: what the setting `cloud` decides, as the rules have it.
import { Cloud, checkCloud, cloudEndpoints } from "../rules/clouds.js";
import { providerEnvironment } from "../rules/provider-settings.js";
import { code, table } from "./markdown-table.js";

export function cloudsPage(): string {
  const clouds = Object.values(Cloud);
  const row = (what: string, of: (cloud: Cloud) => string | undefined) => [
    what,
    ...clouds.map((cloud) => shownCode(of(cloud))),
  ];
  const decided = table(
    ["", ...clouds.map((cloud) => code(cloud))],
    [
      row("sign-in", (cloud) => cloudEndpoints(cloud).login),
      row("Microsoft Graph", (cloud) => cloudEndpoints(cloud).graph),
      row("scope of admin consent", (cloud) => `${cloudEndpoints(cloud).graph}/.default`),
      row("Resource Manager", (cloud) => cloudEndpoints(cloud).arm),
      row("portal", (cloud) => cloudEndpoints(cloud).portal),
      row("Key Vault", (cloud) => cloudEndpoints(cloud).vault),
      row("`ChannelService` of the process", (cloud) => cloudEndpoints(cloud).botChannelService),
      row("audience of a federated credential", (cloud) => cloudEndpoints(cloud).federatedAudience),
      row(
        "`deploymentEnvironment` of the channel",
        (cloud) => cloudEndpoints(cloud).deploymentEnvironment,
      ),
      row("`azure-native:environment`", (cloud) => providerEnvironment(cloud)?.["azure-native"]),
      row("`azuread:environment`", (cloud) => providerEnvironment(cloud)?.azuread),
      [
        "a calling bot",
        ...clouds.map((cloud) => (checkCloud(cloud).length === 0 ? "yes" : "refused")),
      ],
    ],
  );
  return `# National clouds

Written by \`npm run docs\` from \`rules/\`; do not edit.

\`cloud\` says where the bot is registered and which Teams calls it. The providers must be told as well; a stack that names one cloud and
leaves a provider at another is refused before anything is made, and so is a stack for the cloud operated by 21Vianet, where
Microsoft Graph has no calls. What stands empty is left to the service's or the SDK's default.

${decided.join("\n")}

Commands take the cloud from the stack's outputs, and from \`--cloud\` where there are none yet (\`adopt\`).

## What is not certain
Nothing here was tried against a national cloud; the addresses are those of Microsoft's pages.
- **App role ids.** Only those of the public cloud are published. In the US government's clouds they are looked up by name in the
  directory that is deployed to, never taken from the list.
- **\`deploymentEnvironment\` for GCC High and DoD.** No value was found. The stack sends the service's default.
- **Who signs the notifications of calls there**, and with which keys: no page says it.
- **The sign-in host of the cloud operated by 21Vianet**: pages of Entra and Bot Service name another one than those of Graph.
- **Transcripts and recordings** are not offered in the US government's clouds ("Microsoft Teams API differences in national clouds"),
  and neither is resource-specific consent promised there.
- **Manifest versions.** Teams of GCC High is said to take none above 1.10: set \`app.manifestVersion\` if an upload is refused.
- **A managed identity of one cloud** cannot sign in to an application of another.
`;
}

function shownCode(text: string | undefined): string {
  return text === undefined ? "" : code(text);
}

// What the machines of a scale set are told, from everything that is known of the bot.
import * as pulumi from "@pulumi/pulumi";
import {
  type MachineConfiguration,
  machineListeners,
} from "../../rules/hosts/bootstrap/bootstrap.js";
import { packageAudience } from "../../rules/hosts/bot-package.js";
import { mediaSettings, THUMBPRINT_SETTING } from "../../rules/hosts/media-settings.js";
import { firewallRules } from "../../rules/hosts/network-rules.js";
import type { PortPlan } from "../../rules/hosts/ports.js";
import { endpointsOf } from "../cloud.js";
import { defined } from "../defined.js";
import type { ScaleSetHostArgs } from "./scale-set-host-args.js";
import { neededVault, secretUrl } from "./workload-settings.js";

const NETWORK_API_VERSION = "2024-05-01";
const VAULT_API_VERSION = "7.4";

export interface ToldMachine extends ScaleSetHostArgs {
  readonly plan: PortPlan;
  /** ARM id of the load balancer's pool. */
  readonly backendPoolId: pulumi.Input<string>;
  /** What every process is told, without secrets. */
  readonly plainSettings: pulumi.Output<Record<string, string>>;
}

export function machineConfiguration(args: ToldMachine): pulumi.Output<MachineConfiguration> {
  const { resourceName, hostName, appId, backendPoolId, identity } = args;
  const facts = { resourceName, hostName, appId, vaultUri: neededVault(args), backendPoolId };
  return pulumi
    .all([pulumi.output({ ...facts, identityClientId: identity.clientId }), args.plainSettings])
    .apply(([known, settings]) => configurationOf(args, known, settings));
}

interface KnownFacts {
  readonly resourceName: string;
  readonly hostName: string;
  readonly appId: string;
  readonly vaultUri: string;
  readonly backendPoolId: string;
  readonly identityClientId: string;
}

function configurationOf(
  args: ToldMachine,
  known: KnownFacts,
  settings: Readonly<Record<string, string>>,
): MachineConfiguration {
  const { plan, cloud, secretSettings = {} } = args;
  const { hostName, appId, identityClientId } = known;
  const { arm, vault } = endpointsOf(cloud);
  const media = mediaSettings({ appId, hostName, plan });
  return {
    serviceName: known.resourceName,
    hostName,
    identityClientId,
    listeners: machineListeners(plan),
    firewall: firewallRules(plan),
    package: {
      ...args.package,
      ...defined({ audience: packageAudience(args.package.url ?? "") }),
    },
    settings: Object.entries({ ...settings, ...media }).map(([name, value]) => ({ name, value })),
    secrets: Object.entries(secretSettings).map(([name, secret]) => ({
      name,
      url: `${secretUrl(known.vaultUri, secret)}?api-version=${VAULT_API_VERSION}`,
    })),
    thumbprintSetting: THUMBPRINT_SETTING,
    vaultAudience: vault,
    resourceManager: {
      audience: `${arm}/`,
      backendPool: `${arm}${known.backendPoolId}?api-version=${NETWORK_API_VERSION}`,
    },
  };
}

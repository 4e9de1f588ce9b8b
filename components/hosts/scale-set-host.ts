// A bot on Windows machines, each with a public address of its own: media that the bot's own process hosts.
import { VirtualMachineScaleSet } from "@pulumi/azure-native/compute/virtualMachineScaleSet.js";
import {
  OrchestrationMode,
  ResourceIdentityType,
  UpgradeMode,
  VirtualMachineScaleSetScaleInRules,
} from "@pulumi/azure-native/types/enums/compute/index.js";
import * as pulumi from "@pulumi/pulumi";
import { BuiltInRole } from "../../rules/hosts/built-in-roles.js";
import { HEALTH_PATH } from "../../rules/hosts/host-paths.js";
import { machineModel } from "../../rules/hosts/machine-image.js";
import { mediaSizeWarnings } from "../../rules/hosts/media-size.js";
import { type PortPlan, portPlan } from "../../rules/hosts/ports.js";
import {
  ALL_ZONES,
  checkScaleSetWorkload,
  instanceRange,
  ScaleIn,
} from "../../rules/hosts/scale-set.js";
import { scalingReport } from "../../rules/hosts/scaling.js";
import { sizeFor, sizingReport } from "../../rules/hosts/sizing.js";
import { checkWorkload } from "../../rules/hosts/workload.js";
import { after } from "../after.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";
import { refuse } from "../refusal.js";
import type { BotHost, HostMediaOutput } from "./bot-host.js";
import { sendDiagnostics } from "./diagnostics.js";
import type { HostIdentityOutput } from "./host-foundation.js";
import { type MachinePlace, machineLoadBalancer, machineSecurityGroup } from "./machine-network.js";
import { grantWanted } from "./role-grant.js";
import type { ScaleSetHostArgs } from "./scale-set-host-args.js";
import { scaleSetCapacity } from "./scale-set-now.js";
import { machineProfile } from "./scale-set-profile.js";
import { scaleSetScaling } from "./scale-set-scaling.js";
import { hostEndpoints, plainSettings } from "./workload-settings.js";

/**
 * Windows machines behind a load balancer: calls arrive at any of them, and what belongs to a call at the machine that holds it.
 * Every machine reads the certificate from the vault, finds its own public ports, and runs the bot as a service.
 *
 * Nothing that runs is replaced by an update, because that would end its calls: an update changes the model, and each machine
 * takes it when that instance is upgraded. You pay for every machine by the hour, the load balancer, and one public address
 * a machine.
 *
 * @example
 * new ScaleSetHost("bot", {
 *   ...workload, // app id, tenant, identity, vault and logs
 *   resourceName: "contoso-bot",
 *   hostName: address.hostName,
 *   publicIpAddressId: address.publicIpAddressId,
 *   certificateUrl: address.certificateUrl,
 *   subnetId: foundation.subnetId,
 *   concurrentCalls: 100,
 *   package: {
 *     url: "https://contoso.blob.core.windows.net/builds/bot-1.4.2.zip",
 *     sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
 *     command: "EchoBot.exe",
 *   },
 * });
 */
export class ScaleSetHost extends pulumi.ComponentResource implements BotHost {
  readonly messagingEndpoint: pulumi.Output<string>;
  readonly callingWebhook: pulumi.Output<string>;
  /** What the process runs as. */
  readonly identity: pulumi.Output<HostIdentityOutput>;
  /** Where each machine's media is controlled. */
  readonly media: pulumi.Output<HostMediaOutput>;
  /** What the process reads, by name, without secrets; its ports and certificate each machine finds out by itself. */
  readonly settings: pulumi.Output<Record<string, string>>;
  /** ARM id of the scale set. */
  readonly scaleSetId: pulumi.Output<string>;

  constructor(name: string, args: ScaleSetHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:ScaleSetHost", name, {}, opts);
    refuse(this, [
      ...checkScaleSetWorkload("ScaleSetHost", args),
      ...checkWorkload("ScaleSetHost", args),
    ]);
    const { size } = sizeFor(args);
    const range = instanceRange(args);
    const { resourceGroupName, resourceName, workspaceId, zones = ALL_ZONES } = args;
    report(args, this);

    const plan = portPlan(undefined, args.cloud);
    const settings = plainSettings(args, args.hostName);
    const place = {
      resourceGroupName,
      tags: azureTags(name, args.tags),
      ...defined({ location: args.location }),
    };
    const network = networkOf(name, args, place, plan, this);
    const capacity = scaleSetCapacity(
      {
        resourceGroupName,
        scaleSetName: resourceName,
        subnetId: args.subnetId,
        wanted: { size, zones, trustedLaunch: machineModel(size, args.image).trustedLaunch },
        wish: args,
        cloud: args.cloud,
        ready: pulumi.all([...Object.values(network), args.certificateUrl]),
      },
      this,
    );
    const scaleSet = new VirtualMachineScaleSet(
      `${name}-scale-set`,
      {
        ...place,
        vmScaleSetName: resourceName,
        sku: { name: size, tier: "Standard", capacity },
        identity: {
          type: ResourceIdentityType.UserAssigned,
          userAssignedIdentities: [args.identity.resourceId],
        },
        zones,
        ...(zones.length > 1 ? { zoneBalance: true } : {}),
        orchestrationMode: OrchestrationMode.Uniform,
        // A machine that is made only to be deleted again would get calls in between.
        overprovision: false,
        singlePlacementGroup: true,
        // Any other mode replaces or restarts machines in the middle of their calls.
        upgradePolicy: {
          mode: UpgradeMode.Manual,
          automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: false },
        },
        scaleInPolicy: {
          rules: [VirtualMachineScaleSetScaleInRules.Default],
          forceDeletion: false,
        },
        virtualMachineProfile: machineProfile(
          { ...args, size, plan, ...network, plainSettings: settings },
          this,
        ),
      },
      {
        parent: this,
        // It is made with the machines; a new one on every run would be a change on every run.
        ignoreChanges: ["virtualMachineProfile.osProfile.adminPassword"],
      },
    );
    sendDiagnostics(`${name}-scale-set-metrics`, { resourceUri: scaleSet.id, workspaceId }, this);
    scaleSetScaling(name, { ...args, ...place, range, scaleSetId: scaleSet.id }, this);

    this.scaleSetId = scaleSet.id;
    const { messagingEndpoint, callingWebhook } = hostEndpoints(
      args,
      after(scaleSet.id, args.hostName),
    );
    this.messagingEndpoint = messagingEndpoint;
    this.callingWebhook = callingWebhook;
    this.identity = pulumi.output(args.identity);
    const { first: firstPort, last: lastPort } = plan.media.publicPorts;
    this.media = pulumi.output({
      hostName: args.hostName,
      firstPort,
      lastPort,
      instances: capacity,
    });
    this.settings = settings;
    this.registerOutputs({ messagingEndpoint, callingWebhook, scaleSetId: this.scaleSetId });
  }
}

/** Says in the preview what the numbers are, where they come from, and what happens to calls. */
function report(args: ScaleSetHostArgs, parent: pulumi.Resource): void {
  if (!pulumi.runtime.isDryRun()) return;
  const lines = [
    ...sizingReport(args),
    ...scalingReport(instanceRange(args), args.scaleIn ?? ScaleIn.Off, args.grantRoles),
  ];
  void pulumi.log.info(lines.join("\n"), parent);
  for (const warning of mediaSizeWarnings(sizeFor(args).size))
    void pulumi.log.warn(warning, parent);
}

function networkOf(
  name: string,
  args: ScaleSetHostArgs,
  place: MachinePlace,
  plan: PortPlan,
  parent: pulumi.Resource,
) {
  const { resourceName, publicIpAddressId, workspaceId, identity } = args;
  const group = machineSecurityGroup(
    `${name}-security-group`,
    { ...place, networkSecurityGroupName: resourceName },
    plan,
    parent,
  );
  const balancer = machineLoadBalancer(
    `${name}-load-balancer`,
    { ...place, loadBalancerName: resourceName },
    { plan, publicIpAddressId, healthPath: args.healthPath ?? HEALTH_PATH },
    parent,
  );
  // How often each rule let something in: the first question when a call connects and nobody hears anything.
  sendDiagnostics(
    `${name}-security-group-logs`,
    { resourceUri: group.id, workspaceId, logs: ["allLogs"], metrics: false },
    parent,
  );
  sendDiagnostics(
    `${name}-load-balancer-logs`,
    { resourceUri: balancer.id, workspaceId, logs: ["allLogs"] },
    parent,
  );
  // So that a machine can look its own public ports up. The set-up waits for it, the scale set need not.
  grantWanted(
    `${name}-port-reader`,
    {
      role: BuiltInRole.Reader,
      scope: balancer.id,
      principalId: identity.principalId,
      wanted: args.grantRoles,
    },
    parent,
  );
  return { networkSecurityGroupId: group.id, backendPoolId: balancer.backendPoolId };
}

// What each machine of a scale set is made of: image, disk, network, certificate, and what it is told.
import {
  CachingTypes,
  DiskCreateOptionTypes,
  PublicIPAddressSkuName,
  PublicIPAddressSkuTier,
  SecurityTypes,
  StorageAccountTypes,
  VirtualMachinePriorityTypes,
  WindowsVMGuestPatchMode,
} from "@pulumi/azure-native/types/enums/compute/index.js";
import * as pulumi from "@pulumi/pulumi";
import { bootstrap, checkBootstrapSize } from "../../rules/hosts/bootstrap/bootstrap.js";
import { HEALTH_PATH } from "../../rules/hosts/host-paths.js";
import {
  certificateExtension,
  healthExtension,
  setupExtension,
} from "../../rules/hosts/machine-extensions.js";
import { computerNamePrefix, machineModel } from "../../rules/hosts/machine-image.js";
import type { PortPlan } from "../../rules/hosts/ports.js";
import { LONGEST_NOTICE } from "../../rules/hosts/scaling.js";
import { throwIfAny } from "../../rules/issue.js";
import { refusing } from "../refusal.js";
import { machineConfiguration } from "./machine-configuration.js";
import { machinePassword } from "./machine-password.js";
import type { ScaleSetHostArgs } from "./scale-set-host-args.js";

/** Minutes without a packet after which a machine's own address forgets a connection. */
const IDLE_MINUTES = 30;

export interface MachineArgs extends ScaleSetHostArgs {
  readonly size: string;
  readonly plan: PortPlan;
  /** ARM id. */
  readonly networkSecurityGroupId: pulumi.Input<string>;
  /** ARM id of the load balancer's pool. */
  readonly backendPoolId: pulumi.Input<string>;
  /** What every process is told, without secrets. */
  readonly plainSettings: pulumi.Output<Record<string, string>>;
}

/** The virtual machine profile of the set. */
export function machineProfile(args: MachineArgs, parent: pulumi.Resource) {
  const { imageReference, trustedLaunch, acceleratedNetworking } = machineModel(
    args.size,
    args.image,
  );
  const told = machineConfiguration(args).apply((configuration) => {
    const made = bootstrap(configuration);
    refusing(parent, throwIfAny)(checkBootstrapSize("settings", made));
    return made;
  });
  return {
    // Spot machines would be taken away in the middle of their calls.
    priority: VirtualMachinePriorityTypes.Regular,
    userData: told.userData,
    osProfile: {
      computerNamePrefix: pulumi.output(args.resourceName).apply(computerNamePrefix),
      adminUsername: "hostadmin",
      adminPassword: machinePassword(),
      windowsConfiguration: {
        provisionVMAgent: true,
        // An update that restarts a machine ends its calls: new machines start from the newest image instead.
        enableAutomaticUpdates: false,
        patchSettings: { patchMode: WindowsVMGuestPatchMode.Manual },
      },
    },
    storageProfile: {
      imageReference,
      osDisk: {
        createOption: DiskCreateOptionTypes.FromImage,
        caching: CachingTypes.ReadWrite,
        // Every size takes it, so that another size changes nothing of the disk.
        managedDisk: { storageAccountType: StorageAccountTypes.StandardSSD_LRS },
      },
    },
    ...(trustedLaunch
      ? {
          securityProfile: {
            securityType: SecurityTypes.TrustedLaunch,
            uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
          },
        }
      : {}),
    networkProfile: {
      networkInterfaceConfigurations: [
        {
          name: "calls",
          primary: true,
          enableAcceleratedNetworking: acceleratedNetworking,
          networkSecurityGroup: { id: args.networkSecurityGroupId },
          ipConfigurations: [
            {
              name: "calls",
              primary: true,
              subnet: { id: args.subnetId },
              loadBalancerBackendAddressPools: [{ id: args.backendPoolId }],
              // Media goes straight to the machine, and the machine goes out by it.
              publicIPAddressConfiguration: {
                name: "media",
                idleTimeoutInMinutes: IDLE_MINUTES,
                sku: {
                  name: PublicIPAddressSkuName.Standard,
                  tier: PublicIPAddressSkuTier.Regional,
                },
              },
            },
          ],
        },
      ],
    },
    // Managed by Azure: no storage account.
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    scheduledEventsProfile: {
      terminateNotificationProfile: { enable: true, notBeforeTimeout: LONGEST_NOTICE },
    },
    extensionProfile: { extensions: extensions(args, told) },
  };
}

function extensions(
  { plan, healthPath = HEALTH_PATH, certificateUrl, identity }: MachineArgs,
  told: pulumi.Output<{ readonly command: string; readonly tag: string }>,
) {
  return [
    pulumi
      .output({ certificateUrl, identityClientId: identity.clientId })
      .apply(certificateExtension),
    told.apply(setupExtension),
    healthExtension(plan, healthPath),
  ];
}

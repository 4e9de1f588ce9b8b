// What Azure installs on each machine, in order: the certificate from the vault, the set-up, the question whether it is well.
import type { PortPlan } from "./ports.js";

/** One extension of a scale set, as Azure takes it. */
export interface MachineExtension {
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  readonly typeHandlerVersion: string;
  readonly autoUpgradeMinorVersion: boolean;
  readonly enableAutomaticUpgrade?: boolean;
  readonly forceUpdateTag?: string;
  readonly provisionAfterExtensions?: string[];
  readonly settings: object;
}

const CERTIFICATES = "KeyVaultForWindows";
const SETUP = "SetUp";
const IDENTITY_ENDPOINT = "http://169.254.169.254/metadata/identity/oauth2/token";

/**
 * Version 3.0 of the vault extension, not 4.0: from 4.0 on every key is kept by CNG, older media SDKs took none of
 * those (microsoft-graph-comms-samples#379), whether today's do is not known, and Azure takes no extension back to an older
 * version ("Azure Key Vault VM extension for Windows"). 3.0 keeps a key as the PFX says, and may become 4.0 later. It reports
 * success once the certificate is installed, so that what comes after finds it.
 */
export function certificateExtension(facts: {
  /** Without a version, so that a renewed one is taken too. */
  readonly certificateUrl: string;
  readonly identityClientId: string;
}): MachineExtension {
  return {
    name: CERTIFICATES,
    publisher: "Microsoft.Azure.KeyVault",
    type: "KeyVaultForWindows",
    typeHandlerVersion: "3.0",
    autoUpgradeMinorVersion: true,
    enableAutomaticUpgrade: false,
    settings: {
      secretsManagementSettings: {
        pollingIntervalInS: "3600",
        linkOnRenewal: true,
        requireInitialSync: true,
        observedCertificates: [
          {
            url: facts.certificateUrl,
            certificateStoreName: "MY",
            certificateStoreLocation: "LocalMachine",
            keyExportable: false,
            // The account of the bot's service.
            accounts: ["Network Service"],
          },
        ],
      },
      authenticationSettings: {
        msiEndpoint: IDENTITY_ENDPOINT,
        msiClientId: facts.identityClientId,
      },
    },
  };
}

/** Runs the set-up once a machine, and again on each machine that is brought to a model with another tag. */
export function setupExtension({
  command,
  tag,
}: {
  readonly command: string;
  readonly tag: string;
}): MachineExtension {
  return {
    name: SETUP,
    publisher: "Microsoft.Compute",
    type: "CustomScriptExtension",
    typeHandlerVersion: "1.10",
    autoUpgradeMinorVersion: true,
    forceUpdateTag: tag,
    provisionAfterExtensions: [CERTIFICATES],
    settings: { commandToExecute: command },
  };
}

/** Azure asks the machine itself, not through the load balancer ("Using Application Health extension with scale sets"). */
export function healthExtension({ signalling }: PortPlan, healthPath: string): MachineExtension {
  return {
    name: "ApplicationHealth",
    publisher: "Microsoft.ManagedServices",
    type: "ApplicationHealthWindows",
    typeHandlerVersion: "1.0",
    autoUpgradeMinorVersion: true,
    provisionAfterExtensions: [SETUP],
    settings: { protocol: "https", port: signalling.port, requestPath: healthPath },
  };
}

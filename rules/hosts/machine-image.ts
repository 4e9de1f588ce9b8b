// What the machines of a scale set start from, and what they are called.
import {
  hasAcceleratedNetworking,
  hasTrustedLaunch,
  isGeneration2,
  parseVmSize,
} from "./vm-sizes.js";

/** Windows Server 2022 with its desktop, because the media library needs Windows Media Foundation, which Core lacks. */
const WINDOWS_SERVER = {
  publisher: "MicrosoftWindowsServer",
  offer: "WindowsServer",
  version: "latest",
};
const GENERATION_1 = "2022-datacenter";
const GENERATION_2 = "2022-datacenter-azure-edition";

/** What Azure says of a machine's hardware and start, by what its size can do. */
export interface MachineModel {
  readonly imageReference:
    | { readonly id: string }
    | {
        readonly publisher: string;
        readonly offer: string;
        readonly sku: string;
        readonly version: string;
      };
  readonly trustedLaunch: boolean;
  readonly acceleratedNetworking: boolean;
}

/**
 * The model for a size that has been checked. Trusted Launch needs an image that supports it: Windows Server's does, and so do
 * those of a gallery unless their definition says otherwise; a managed image never does ("Trusted Launch", FAQ).
 */
export function machineModel(sizeName: string, image: string | undefined): MachineModel {
  const size = parseVmSize(sizeName);
  const canLaunch = size !== undefined && hasTrustedLaunch(size);
  const sku = size !== undefined && isGeneration2(size) ? GENERATION_2 : GENERATION_1;
  return {
    imageReference: image === undefined ? { ...WINDOWS_SERVER, sku } : { id: image },
    trustedLaunch: canLaunch && !/\/Microsoft\.Compute\/images\//i.test(image ?? ""),
    acceleratedNetworking: size !== undefined && hasAcceleratedNetworking(size),
  };
}

/** Longest prefix of Windows machines: Azure adds six characters, and a computer's name has at most 15. */
const LONGEST_PREFIX = 9;

/** Prefix of the computers' names: letters and digits of the set's name, the first a letter. It cannot change. */
export function computerNamePrefix(scaleSetName: string): string {
  const letters = scaleSetName.replace(/[^a-zA-Z0-9]/g, "").replace(/^\d+/, "");
  return letters.slice(0, LONGEST_PREFIX) || "bot";
}

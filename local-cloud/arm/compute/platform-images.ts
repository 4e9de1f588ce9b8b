// Images of the marketplace that the local cloud knows: Windows Server, and the Linux that people compare with.
import { ArmError, notHere } from "../mechanics/arm-error.js";

export interface MachineImage {
  readonly osType: "Windows" | "Linux";
  readonly generation: 1 | 2;
  readonly trustedLaunch: boolean;
  readonly diskSizeGB: number;
}

export interface PlatformImageName {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  readonly version: string;
}

const WINDOWS = "microsoftwindowsserver:windowsserver";

/** SKUs of generation 2 by what their names end in or hold; the rest is of generation 1. */
const WINDOWS_SKUS = [
  "2016-datacenter",
  "2016-datacenter-gensecond",
  "2016-datacenter-with-containers",
  "2016-datacenter-server-core",
  "2019-datacenter",
  "2019-datacenter-gensecond",
  "2019-datacenter-core",
  "2019-datacenter-core-g2",
  "2019-datacenter-smalldisk",
  "2019-datacenter-smalldisk-g2",
  "2019-datacenter-with-containers",
  "2022-datacenter",
  "2022-datacenter-g2",
  "2022-datacenter-core",
  "2022-datacenter-core-g2",
  "2022-datacenter-smalldisk",
  "2022-datacenter-smalldisk-g2",
  "2022-datacenter-azure-edition",
  "2022-datacenter-azure-edition-core",
  "2022-datacenter-azure-edition-hotpatch",
  "2022-datacenter-azure-edition-smalldisk",
  "2025-datacenter",
  "2025-datacenter-g2",
  "2025-datacenter-core",
  "2025-datacenter-core-g2",
  "2025-datacenter-smalldisk",
  "2025-datacenter-smalldisk-g2",
  "2025-datacenter-azure-edition",
  "2025-datacenter-azure-edition-core",
  "2025-datacenter-azure-edition-smalldisk",
];
const GENERATION_2 = /-(g2|gensecond|gen2)$|-azure-edition/;

const IMAGES: ReadonlyMap<string, MachineImage> = new Map([
  ...WINDOWS_SKUS.map((sku): [string, MachineImage] => {
    const generation = GENERATION_2.test(sku) ? 2 : 1;
    const diskSizeGB = sku.includes("smalldisk") ? 30 : 127;
    return [
      `${WINDOWS}:${sku}`,
      { osType: "Windows", generation, trustedLaunch: generation === 2, diskSizeGB },
    ];
  }),
  ...[
    ["canonical:0001-com-ubuntu-server-jammy:22_04-lts", 1],
    ["canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2", 2],
    ["canonical:ubuntu-24_04-lts:server-gen1", 1],
    ["canonical:ubuntu-24_04-lts:server", 2],
  ].map(([name, generation]): [string, MachineImage] => [
    String(name),
    {
      osType: "Linux",
      generation: generation === 2 ? 2 : 1,
      trustedLaunch: generation === 2,
      diskSizeGB: 30,
    },
  ]),
]);

/** The newest image of a name. Throws 404 PlatformImageNotFound. */
export function platformImage({ publisher, offer, sku, version }: PlatformImageName): MachineImage {
  const image = IMAGES.get(`${publisher}:${offer}:${sku}`.toLowerCase());
  if (image === undefined) {
    throw new ArmError(
      404,
      "PlatformImageNotFound",
      `The platform image '${publisher}:${offer}:${sku}:${version}' is not available. Verify that all fields in the storage profile are correct. For more details about storage profile information, please refer to https://aka.ms/storageprofile`,
      { target: "imageReference" },
    );
  }
  if (version.toLowerCase() !== "latest") throw notHere(`version '${version}' of a platform image`);
  return image;
}

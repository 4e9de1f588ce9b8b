// Families of VM sizes, each with a quota of its own ("Sizes for virtual machines in Azure"): those that a media bot may run
// on, and their neighbours.

export interface VmFamily {
  /** Name of its quota. */
  readonly name: string;
  /** As quota pages show it, without "vCPUs". */
  readonly title: string;
  /** Size names without `Standard_`, each with its vCPUs. */
  readonly sizes: Readonly<Record<string, number>>;
  /** GB of memory a vCPU. */
  readonly memory: number;
  /** Whether it takes premium disks. */
  readonly premium: boolean;
  /** Whether it boots images of generation 2, and with that Trusted Launch. */
  readonly generation2: boolean;
  /** vCPUs from which accelerated networking is there. @default never */
  readonly acceleratedFrom?: number;
  /** Regions that have it. @default all */
  readonly only?: readonly string[];
}

const NUMBERS = [2, 4, 8, 16, 32, 48, 64, 96];

/** `D4s_v5`: the number in the name is the number of vCPUs. */
const numbered = (before: string, after: string, most: number) =>
  Object.fromEntries(
    NUMBERS.filter((number) => number <= most).map((number) => [
      `${before}${number}${after}`,
      number,
    ]),
  );

/** `D3_v2`: the number says how large, not how many. */
const early = (before: string, after: string) =>
  Object.fromEntries(
    [
      [1, 1],
      [2, 2],
      [3, 4],
      [4, 8],
      [5, 16],
      [11, 2],
      [12, 4],
      [13, 8],
      [14, 16],
      [15, 20],
    ].map(([number, vcpus]) => [`${before}${number}${after}`, vcpus ?? 0]),
  );

const listed = (before: string, after: string, numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((number) => [`${before}${number}${after}`, number]));

const LARGE_REGIONS = [
  "australiaeast",
  "canadacentral",
  "centralus",
  "eastus",
  "eastus2",
  "francecentral",
  "germanywestcentral",
  "japaneast",
  "northeurope",
  "southcentralus",
  "southeastasia",
  "swedencentral",
  "uksouth",
  "westeurope",
  "westus2",
  "westus3",
];

const MODERN = { premium: true, generation2: true, acceleratedFrom: 2 };

export const VM_FAMILIES: readonly VmFamily[] = [
  {
    name: "standardDv2Family",
    title: "Standard Dv2 Family",
    sizes: early("D", "_v2"),
    memory: 3.5,
    premium: false,
    generation2: false,
    acceleratedFrom: 2,
  },
  {
    name: "standardDSv2Family",
    title: "Standard DSv2 Family",
    sizes: early("DS", "_v2"),
    memory: 3.5,
    ...MODERN,
  },
  {
    name: "standardDv3Family",
    title: "Standard Dv3 Family",
    sizes: numbered("D", "_v3", 64),
    memory: 4,
    premium: false,
    generation2: false,
    acceleratedFrom: 4,
  },
  {
    name: "standardDSv3Family",
    title: "Standard DSv3 Family",
    sizes: numbered("D", "s_v3", 64),
    memory: 4,
    ...MODERN,
    acceleratedFrom: 4,
  },
  {
    name: "standardDv4Family",
    title: "Standard Dv4 Family",
    sizes: numbered("D", "_v4", 64),
    memory: 4,
    ...MODERN,
    premium: false,
  },
  {
    name: "standardDSv4Family",
    title: "Standard DSv4 Family",
    sizes: numbered("D", "s_v4", 64),
    memory: 4,
    ...MODERN,
  },
  {
    name: "standardDDSv4Family",
    title: "Standard DDSv4 Family",
    sizes: numbered("D", "ds_v4", 64),
    memory: 4,
    ...MODERN,
  },
  {
    name: "standardDASv4Family",
    title: "Standard DASv4 Family",
    sizes: numbered("D", "as_v4", 96),
    memory: 4,
    ...MODERN,
  },
  {
    name: "standardDv5Family",
    title: "Standard Dv5 Family",
    sizes: numbered("D", "_v5", 96),
    memory: 4,
    ...MODERN,
    premium: false,
  },
  {
    name: "standardDSv5Family",
    title: "Standard DSv5 Family",
    sizes: numbered("D", "s_v5", 96),
    memory: 4,
    ...MODERN,
  },
  {
    name: "standardDDSv5Family",
    title: "Standard DDSv5 Family",
    sizes: numbered("D", "ds_v5", 96),
    memory: 4,
    ...MODERN,
  },
  {
    name: "standardDASv5Family",
    title: "Standard DASv5 Family",
    sizes: numbered("D", "as_v5", 96),
    memory: 4,
    ...MODERN,
  },
  {
    name: "standardDADSv5Family",
    title: "Standard DADSv5 Family",
    sizes: numbered("D", "ads_v5", 96),
    memory: 4,
    ...MODERN,
  },
  {
    name: "StandardDsv6Family",
    title: "Standard Dsv6 Family",
    sizes: numbered("D", "s_v6", 96),
    memory: 4,
    ...MODERN,
    only: LARGE_REGIONS,
  },
  {
    name: "StandardDasv6Family",
    title: "Standard Dasv6 Family",
    sizes: numbered("D", "as_v6", 96),
    memory: 4,
    ...MODERN,
    only: LARGE_REGIONS,
  },
  {
    name: "standardESv3Family",
    title: "Standard ESv3 Family",
    sizes: numbered("E", "s_v3", 64),
    memory: 8,
    ...MODERN,
    acceleratedFrom: 4,
  },
  {
    name: "standardESv4Family",
    title: "Standard ESv4 Family",
    sizes: numbered("E", "s_v4", 64),
    memory: 8,
    ...MODERN,
  },
  {
    name: "standardESv5Family",
    title: "Standard ESv5 Family",
    sizes: numbered("E", "s_v5", 96),
    memory: 8,
    ...MODERN,
  },
  {
    name: "standardFFamily",
    title: "Standard F Family",
    sizes: listed("F", "", [1, 2, 4, 8, 16]),
    memory: 2,
    premium: false,
    generation2: false,
    acceleratedFrom: 2,
  },
  {
    name: "standardFSFamily",
    title: "Standard FS Family",
    sizes: listed("F", "s", [1, 2, 4, 8, 16]),
    memory: 2,
    ...MODERN,
  },
  {
    name: "standardFSv2Family",
    title: "Standard FSv2 Family",
    sizes: listed("F", "s_v2", [2, 4, 8, 16, 32, 48, 64, 72]),
    memory: 2,
    ...MODERN,
    acceleratedFrom: 4,
  },
  {
    name: "standardBSFamily",
    title: "Standard BS Family",
    sizes: {
      B1ls: 1,
      B1s: 1,
      B1ms: 1,
      B2s: 2,
      B2ms: 2,
      B4ms: 4,
      B8ms: 8,
      B12ms: 12,
      B16ms: 16,
      B20ms: 20,
    },
    memory: 4,
    premium: true,
    generation2: true,
    acceleratedFrom: 12,
  },
  {
    name: "standardBsv2Family",
    title: "Standard Bsv2 Family",
    sizes: {
      B2ts_v2: 2,
      B2ls_v2: 2,
      B2s_v2: 2,
      B4ls_v2: 4,
      B4s_v2: 4,
      B8ls_v2: 8,
      B8s_v2: 8,
      B16ls_v2: 16,
      B16s_v2: 16,
      B32s_v2: 32,
    },
    memory: 4,
    ...MODERN,
  },
];

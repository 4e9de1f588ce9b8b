// Families of VM sizes, each with a quota of its own ("Sizes for virtual machines in Azure"): those that a media bot may run
// on, and their neighbours.

export interface VmFamily {
  /** Name of its quota. */
  readonly name: string;
  /** As quota pages show it, without "vCPUs". */
  readonly title: string;
  /** Size names without `Standard_`, each with its vCPUs. */
  readonly sizes: Sizes;
  /** GB of memory a vCPU; of the B families, of their larger sizes. */
  readonly memory: number;
  /** Whether it takes premium disks. */
  readonly premium: boolean;
  /** Whether it boots images of generation 2, and with that Trusted Launch. */
  readonly generation2: boolean;
  /** vCPUs from which accelerated networking is there. */
  readonly acceleratedFrom: number;
  /** Regions that have it. @default all */
  readonly only?: readonly string[];
}

type Sizes = Readonly<Record<string, number>>;

const NUMBERS = [2, 4, 8, 16, 32, 48, 64, 96];

const listed = (before: string, after: string, numbers: readonly number[]): Sizes =>
  Object.fromEntries(numbers.map((number) => [`${before}${number}${after}`, number]));

/** `D4s_v5`: the number in the name is the number of vCPUs. */
const numbered = (before: string, after: string, most: number): Sizes =>
  listed(
    before,
    after,
    NUMBERS.filter((number) => number <= most),
  );

/** `D3_v2`: the number says how large, not how many. */
const EARLY: Sizes = { 1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 11: 2, 12: 4, 13: 8, 14: 16, 15: 20 };
const early = (before: string): Sizes =>
  Object.fromEntries(
    Object.entries(EARLY).map(([number, vcpus]) => [`${before}${number}_v2`, vcpus]),
  );

const B_SIZES = { B1ls: 1, B1s: 1, B1ms: 1, B2s: 2, B2ms: 2, B4ms: 4, B8ms: 8, B12ms: 12 };
const B_V2_SIZES = { B2ts_v2: 2, B2ls_v2: 2, B2s_v2: 2, B4ls_v2: 4, B4s_v2: 4, B8ls_v2: 8 };

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

type Traits = Partial<Omit<VmFamily, "name" | "title" | "sizes">>;

/** Premium disks, generation 2 and accelerated networking from 2 vCPUs on, unless `traits` say otherwise. */
function family(name: string, title: string, sizes: Sizes, traits: Traits = {}): VmFamily {
  const usual = { memory: 4, premium: true, generation2: true, acceleratedFrom: 2 };
  return { name, title: `Standard ${title} Family`, sizes, ...usual, ...traits };
}

const OLD = { premium: false, generation2: false };
/** Two vCPUs share a core. */
const SHARED_CORES = { acceleratedFrom: 4 };

export const VM_FAMILIES: readonly VmFamily[] = [
  family("standardDv2Family", "Dv2", early("D"), { ...OLD, memory: 3.5 }),
  family("standardDSv2Family", "DSv2", early("DS"), { memory: 3.5 }),
  family("standardDv3Family", "Dv3", numbered("D", "_v3", 64), { ...OLD, ...SHARED_CORES }),
  family("standardDSv3Family", "DSv3", numbered("D", "s_v3", 64), SHARED_CORES),
  family("standardDv4Family", "Dv4", numbered("D", "_v4", 64), { premium: false }),
  family("standardDSv4Family", "DSv4", numbered("D", "s_v4", 64)),
  family("standardDDSv4Family", "DDSv4", numbered("D", "ds_v4", 64)),
  family("standardDASv4Family", "DASv4", numbered("D", "as_v4", 96)),
  family("standardDv5Family", "Dv5", numbered("D", "_v5", 96), { premium: false }),
  family("standardDSv5Family", "DSv5", numbered("D", "s_v5", 96)),
  family("standardDDSv5Family", "DDSv5", numbered("D", "ds_v5", 96)),
  family("standardDASv5Family", "DASv5", numbered("D", "as_v5", 96)),
  family("standardDADSv5Family", "DADSv5", numbered("D", "ads_v5", 96)),
  family("StandardDsv6Family", "Dsv6", numbered("D", "s_v6", 96), { only: LARGE_REGIONS }),
  family("StandardDasv6Family", "Dasv6", numbered("D", "as_v6", 96), { only: LARGE_REGIONS }),
  family("standardESv3Family", "ESv3", numbered("E", "s_v3", 64), { memory: 8, ...SHARED_CORES }),
  family("standardESv4Family", "ESv4", numbered("E", "s_v4", 64), { memory: 8 }),
  family("standardESv5Family", "ESv5", numbered("E", "s_v5", 96), { memory: 8 }),
  family("standardFFamily", "F", listed("F", "", [1, 2, 4, 8, 16]), { ...OLD, memory: 2 }),
  family("standardFSFamily", "FS", listed("F", "s", [1, 2, 4, 8, 16]), { memory: 2 }),
  family("standardFSv2Family", "FSv2", listed("F", "s_v2", [2, 4, 8, 16, 32, 48, 64, 72]), {
    memory: 2,
    ...SHARED_CORES,
  }),
  family("standardBSFamily", "BS", { ...B_SIZES, B16ms: 16, B20ms: 20 }, { acceleratedFrom: 12 }),
  family("standardBsv2Family", "Bsv2", {
    ...B_V2_SIZES,
    B8s_v2: 8,
    B16ls_v2: 16,
    B16s_v2: 16,
    B32ls_v2: 32,
    B32s_v2: 32,
  }),
];

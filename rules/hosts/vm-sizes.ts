// Azure VM sizes, read by their names ("Azure virtual machine sizes naming conventions"), so that a size that is new tomorrow
// is judged like the ones of today. Whether a region and subscription offer it is for the service to say.

/** What the name of a VM size says. */
export interface VmSize {
  /** As written: `Standard_D4s_v5`. */
  readonly name: string;
  readonly tier: "Standard" | "Basic";
  /** Capital letters before the number: family and subfamily, `D`, `DC`, `NV`; without the S of DS, GS and LS. */
  readonly family: string;
  /** Those that the machine has: fewer than the number in the name where the size is constrained. */
  readonly vcpus: number;
  /** Lower-case letters of the additive features, such as `as` or `pds`. */
  readonly features: string;
  /** Whether it takes premium disks: the feature `s`, or the S of DS and GS. */
  readonly premium: boolean;
  /** 1 where the name has none. */
  readonly version: number;
}

/** In the first two versions of the D family the number is none of vCPUs ("Dv2 and DSv2-series"). */
const EARLY_D_VCPUS: Readonly<Record<number, number>> = {
  1: 1,
  2: 2,
  3: 4,
  4: 8,
  5: 16,
  11: 2,
  12: 4,
  13: 8,
  14: 16,
  15: 20,
};
/** Nor in the G family: G1 to G5. */
const G_VCPUS: Readonly<Record<number, number>> = { 1: 2, 2: 4, 3: 8, 4: 16, 5: 32 };
/** Nor in the first version of the A family. */
const EARLY_A_VCPUS: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 4,
  4: 8,
  5: 2,
  6: 4,
  7: 8,
  8: 8,
  9: 16,
  10: 8,
  11: 16,
};

// Tier, family, number, constrained vCPUs, features, accelerator or memory, version.
const NAME =
  /^(Standard|Basic)_([A-Z]+)(\d+)(?:-(\d+))?([a-z]*)(?:_(?!v\d*(?:$|_Promo$))[A-Z0-9]+)?(?:_v(\d+))?(?:_Promo)?$/i;

/** What the name says; undefined where it is no name of a size. Case does not count, as in Azure. */
export function parseVmSize(name: string): VmSize | undefined {
  const [, tier, letters, number, constrained, features = "", version = "1"] =
    NAME.exec(name) ?? [];
  if (tier === undefined || letters === undefined || number === undefined) return undefined;
  const capitals = letters.toUpperCase();
  const family = /^(DS|GS)$/.test(capitals) ? capitals.slice(0, 1) : capitals;
  const whole = vcpusOf(family, Number(number), Number(version));
  if (whole === undefined) return undefined;
  return {
    name,
    tier: tier.toLowerCase() === "basic" ? "Basic" : "Standard",
    family,
    vcpus: constrained === undefined ? whole : Math.min(whole, Number(constrained)),
    features: features.toLowerCase(),
    premium: features.toLowerCase().includes("s") || capitals !== family,
    version: Number(version),
  };
}

function vcpusOf(family: string, number: number, version: number): number | undefined {
  if (family === "D" && version <= 2) return EARLY_D_VCPUS[number];
  if (family === "G") return G_VCPUS[number];
  if (family === "A" && version === 1) return EARLY_A_VCPUS[number];
  return number === 0 ? undefined : number;
}

/**
 * Physical cores. A vCPU of the Dv2 series is a core; elsewhere two vCPUs are taken for one, which is so of most and for the
 * others says too little (microsoft-graph-comms-samples#146: a D2_v3 has one core, and the media platform needs two).
 */
export function physicalCores(size: VmSize): number {
  return isDv2(size) ? size.vcpus : Math.floor(size.vcpus / 2);
}

export function isDv2({ family, version }: VmSize): boolean {
  return family === "D" && version === 2;
}

/** Whether it boots generation 2 images, by the list of "Support for generation 2 VMs on Azure" put into a rule. */
export function isGeneration2({ family, premium, version }: VmSize): boolean {
  return !/^(A|G)$/.test(family) && (premium || version >= 4);
}

/**
 * Whether Trusted Launch is sure to be there ("Trusted Launch for Azure virtual machines", supported sizes). Of the M and N
 * families some have it and some do not, which the name does not tell.
 */
export function hasTrustedLaunch(size: VmSize): boolean {
  return isGeneration2(size) && !/^(M|N|H)/.test(size.family);
}

/**
 * Whether accelerated networking is sure to be there: in general from 2 vCPUs on, from 4 where two share a core ("Accelerated
 * Networking overview"). The A, G and first D series never had it, the first B series only in its largest sizes.
 */
export function hasAcceleratedNetworking({ family, vcpus, version }: VmSize): boolean {
  if (/^(A|G|H|NC|NV)$/.test(family) && version < 3) return false;
  if (family === "D" && version === 1) return false;
  return family !== "B" || version > 1 || vcpus >= 12;
}

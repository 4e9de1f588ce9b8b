// VM sizes by name, and where they are.
import { invalidParameter } from "./compute-error.js";
import { VM_FAMILIES, type VmFamily } from "./vm-families.js";

export interface VmSize {
  /** `Standard_D4s_v5` */
  readonly name: string;
  readonly family: VmFamily;
  readonly vcpus: number;
}

export const VM_SIZES: readonly VmSize[] = VM_FAMILIES.flatMap((family) =>
  Object.entries(family.sizes).map(([name, vcpus]) => ({
    name: `Standard_${name}`,
    family,
    vcpus,
  })),
);

const BY_NAME = new Map(VM_SIZES.map((size) => [size.name.toLowerCase(), size]));

/** Case means nothing. */
export function vmSize(name: string): VmSize | undefined {
  return BY_NAME.get(name.toLowerCase());
}

export function isIn({ family: { only } }: VmSize, location: string): boolean {
  return only?.includes(location) ?? true;
}

/** The size in a region. Throws 400 for a name that is none, and for one that the region has not. */
export function sizeIn(name: string, location: string): VmSize {
  const size = vmSize(name);
  if (size !== undefined && isIn(size, location)) return size;
  const there = VM_SIZES.filter((one) => isIn(one, location)).map((one) => one.name);
  throw invalidParameter(
    "vmSize",
    size === undefined
      ? `The value ${name} provided for the VM size is not valid. The valid sizes in the current region are: ${there.join(",")}. Find out more on the valid VM sizes in each region at https://aka.ms/azure-regions.`
      : `The requested VM size ${name} is not available in the current region. The sizes available in the current region are: ${there.join(",")}. Find out more on the available VM sizes in each region at https://aka.ms/azure-regions.`,
  );
}

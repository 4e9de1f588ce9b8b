// Image and disks of a machine profile ("virtualMachineProfile.storageProfile").
import type { ArmCloud } from "../mechanics/arm-call.js";
import { notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { choiceIn, integerIn, invalidParameter, missingParameter } from "./compute-error.js";
import { customImage } from "./custom-images.js";
import { type MachineImage, platformImage } from "./platform-images.js";
import type { VmSize } from "./vm-sizes.js";

const DISKS = ["Standard_LRS", "StandardSSD_LRS", "Premium_LRS", "StandardSSD_ZRS", "Premium_ZRS"];
const CACHES = ["None", "ReadOnly", "ReadWrite"];

export interface MachineStorage {
  readonly properties: JsonObject;
  readonly image: MachineImage;
  readonly references: readonly { readonly id: string; readonly path: string }[];
}

export function machineStorage(
  profile: BodyFields,
  size: VmSize,
  location: string,
  cloud: ArmCloud,
): MachineStorage {
  const fields = profile.object("storageProfile");
  checkNames(fields, {
    of: "scale sets",
    understood: ["imageReference", "osDisk"],
    answered: ["diskControllerType"],
  });
  const { image, reference, id } = imageOf(fields, location, cloud);
  if (image.generation === 2 && !size.family.generation2) {
    throw invalidParameter(
      "imageReference",
      `The selected VM size '${size.name}' cannot boot Hypervisor Generation '2'. If this was a Create operation please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of the selected VM Size. If this was an Update operation please select a Hypervisor Generation '2' VM Size. For more information, see https://aka.ms/azuregen2vm`,
    );
  }
  return {
    image,
    references: id === undefined ? [] : [{ id, path: fields.at("imageReference.id") }],
    properties: { osDisk: osDisk(fields, image, size), imageReference: reference },
  };
}

function imageOf(fields: BodyFields, location: string, cloud: ArmCloud) {
  const wanted = fields.object("imageReference");
  checkNames(wanted, {
    of: "scale sets",
    understood: ["id", "offer", "publisher", "sku", "version"],
    answered: ["exactVersion"],
  });
  const id = wanted.string("id");
  if (id !== undefined) {
    return { image: customImage(id, location, cloud), reference: { id }, id };
  }
  const [publisher, offer, sku] = ["publisher", "offer", "sku"].map((name) => {
    const value = wanted.string(name);
    if (value === undefined) throw missingParameter(`imageReference.${name}`);
    return value;
  });
  if (publisher === undefined || offer === undefined || sku === undefined) {
    throw missingParameter("imageReference");
  }
  const reference = { publisher, offer, sku, version: wanted.string("version") ?? "" };
  if (reference.version === "") throw missingParameter("imageReference.version");
  return { image: platformImage(reference), reference, id: undefined };
}

function osDisk(fields: BodyFields, image: MachineImage, size: VmSize): JsonObject {
  const disk = fields.object("osDisk");
  checkNames(disk, {
    of: "scale sets",
    understood: [
      "caching",
      "createOption",
      "deleteOption",
      "diffDiskSettings",
      "diskSizeGB",
      "managedDisk",
      "name",
      "osType",
      "writeAcceleratorEnabled",
    ],
  });
  for (const name of ["diffDiskSettings", "name"]) {
    if (disk.has(name)) throw notHere(`'${disk.at(name)}' of scale sets`);
  }
  if (disk.boolean("writeAcceleratorEnabled") === true) throw notHere("write accelerators");
  if (
    (choiceIn(disk, "createOption", ["FromImage", "Empty", "Attach"]) ?? "FromImage") !==
    "FromImage"
  ) {
    // The words were not seen.
    throw invalidParameter(
      "osDisk.createOption",
      "The OS disk of a scale set is made from its image: createOption must be FromImage.",
    );
  }
  const osType = choiceIn(disk, "osType", ["Windows", "Linux"]) ?? image.osType;
  if (osType !== image.osType) {
    // The words were not seen.
    throw invalidParameter(
      "osDisk.osType",
      `The osType '${osType}' of the OS disk is not that of the image, '${image.osType}'.`,
    );
  }
  const managed = disk.object("managedDisk");
  checkNames(managed, { of: "scale sets", understood: ["storageAccountType"] });
  const unset = size.family.premium ? "Premium_LRS" : "Standard_LRS";
  const storageAccountType = choiceIn(managed, "storageAccountType", DISKS) ?? unset;
  if (storageAccountType.startsWith("Premium") && !size.family.premium) {
    throw invalidParameter(
      "osDisk.managedDisk.storageAccountType",
      `Requested operation cannot be performed because the VM size ${size.name} does not support the storage account type ${storageAccountType} of disk ''. Consider updating the VM to a size that supports Premium storage.`,
    );
  }
  const diskSizeGB = integerIn(disk, "diskSizeGB", 1, 4095) ?? image.diskSizeGB;
  if (diskSizeGB < image.diskSizeGB) {
    throw invalidParameter(
      "osDisk.diskSizeGB",
      `The specified disk size ${diskSizeGB} GB is smaller than the size of the corresponding disk in the VM image: ${image.diskSizeGB} GB. This is not allowed. Please choose equal or greater size or do not specify an explicit size.`,
    );
  }
  return {
    osType,
    createOption: "FromImage",
    caching: choiceIn(disk, "caching", CACHES) ?? "ReadWrite",
    managedDisk: { storageAccountType },
    diskSizeGB,
    deleteOption: choiceIn(disk, "deleteOption", ["Delete", "Detach"]) ?? "Delete",
  };
}

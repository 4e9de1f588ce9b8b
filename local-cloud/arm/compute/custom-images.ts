// Images of one's own: managed images, and versions of image definitions in a gallery. What is on their disks is nobody's
// concern here, only that they exist, where, and which machines they fit.
import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { normalizeLocation } from "../mechanics/locations.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { GALLERY_IMAGE_TYPE, IMAGE_TYPE, VERSION_TYPE } from "./image-types.js";
import type { MachineImage } from "./platform-images.js";

/** The image of an id in a region. Throws 404 when there is none. */
export function customImage(id: string, location: string, cloud: ArmCloud): MachineImage {
  const type = parseResourceId(id)?.type.toLowerCase();
  const record = cloud.resources.byId(id);
  if (type === IMAGE_TYPE.toLowerCase()) {
    if (record !== undefined && record.location === location) return managedImage(record);
    throw new ArmError(
      404,
      "NotFound",
      `The Image '${id}' cannot be found in '${location}' region.`,
      {
        target: "imageReference",
      },
    );
  }
  const found = record === undefined ? undefined : galleryImage(cloud, record, location);
  if (found !== undefined) return found;
  throw new ArmError(
    404,
    "GalleryImageNotFound",
    `The gallery image ${id} is not available in ${location} region. Please contact image owner to replicate to this region, or change your requested region.`,
    { target: "imageReference" },
  );
}

/** "Trusted Launch for Azure virtual machines": never from a managed image. */
function managedImage({ properties }: ResourceRecord): MachineImage {
  const disk = new BodyFields(properties).object("storageProfile").object("osDisk");
  return {
    osType: disk.string("osType") === "Linux" ? "Linux" : "Windows",
    generation: properties["hyperVGeneration"] === "V2" ? 2 : 1,
    trustedLaunch: false,
    diskSizeGB: disk.integer("diskSizeGB") ?? 127,
  };
}

/** A version that is in the region, or the newest such version of a definition. */
function galleryImage(
  cloud: ArmCloud,
  record: ResourceRecord,
  location: string,
): MachineImage | undefined {
  const isVersion = record.type === VERSION_TYPE;
  const definition = isVersion
    ? cloud.resources.byId(record.id.replace(/\/versions\/[^/]+$/i, ""))
    : record;
  if (definition?.type !== GALLERY_IMAGE_TYPE) return undefined;
  const versions = isVersion ? [record] : cloud.resources.children(definition, VERSION_TYPE);
  if (!versions.some((version) => isIn(version, location))) return undefined;
  const { osType, hyperVGeneration, features } = definition.properties;
  const generation = hyperVGeneration === "V1" ? 1 : 2;
  const security = Array.from(Object(features ?? [])).find(
    (feature) => Object(feature).name === "SecurityType",
  );
  return {
    osType: osType === "Linux" ? "Linux" : "Windows",
    generation,
    trustedLaunch: generation === 2 && Object(security).value !== "Standard",
    diskSizeGB: 127,
  };
}

function isIn({ location, properties }: ResourceRecord, wanted: string): boolean {
  const regions = new BodyFields(properties).object("publishingProfile").objects("targetRegions");
  const names = regions?.map((region) => region.string("name") ?? "") ?? [location ?? ""];
  return names.some((name) => normalizeLocation(name) === wanted);
}

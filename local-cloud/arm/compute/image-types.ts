// Microsoft.Compute/images and Microsoft.Compute/galleries with image definitions and versions.
import { notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { REGIONS } from "../mechanics/locations.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { COMPUTE_API_VERSIONS } from "./api-versions.js";
import { choiceIn, invalidParameter, missingParameter } from "./compute-error.js";

export const IMAGE_TYPE = "Microsoft.Compute/images";
export const GALLERY_IMAGE_TYPE = "Microsoft.Compute/galleries/images";
export const VERSION_TYPE = "Microsoft.Compute/galleries/images/versions";

const GALLERY_API_VERSIONS = ["2021-10-01", "2022-03-03", "2022-08-03", "2023-07-03", "2024-03-03"];

const common = {
  namespace: "Microsoft.Compute",
  locations: [...REGIONS.keys()],
  longRunning: ["PUT", "DELETE"],
} as const;
const inGallery = { ...common, apiVersions: GALLERY_API_VERSIONS };
const NAME = {
  pattern: /^[a-zA-Z0-9]([\w.-]*[a-zA-Z0-9])?$/,
  minLength: 1,
  maxLength: 80,
  says: "letters, digits, underscores, periods and hyphens, with a letter or digit first and last",
};

const image: ResourceType = {
  ...common,
  type: "images",
  apiVersions: COMPUTE_API_VERSIONS,
  nameRule: NAME,
  write: writeImage,
};

const gallery: ResourceType = {
  ...inGallery,
  type: "galleries",
  // "Naming rules and restrictions for Azure resources": no hyphens in a gallery's name.
  nameRule: {
    ...NAME,
    pattern: /^[a-zA-Z0-9]([\w.]*[a-zA-Z0-9])?$/,
    says: "letters, digits, underscores and periods",
  },
  write: ({ body, id }) => {
    const fields = new BodyFields(body).object("properties");
    checkNames(fields, {
      of: "galleries",
      understood: ["description"],
      answered: ["identifier", "provisioningState"],
    });
    const description = fields.string("description");
    return {
      properties: {
        ...(description === undefined ? {} : { description }),
        identifier: { uniqueName: `${id.subscriptionId}-${id.names[0]?.toUpperCase()}` },
        provisioningState: "Succeeded",
      },
    };
  },
};

const galleryImage: ResourceType = {
  ...inGallery,
  type: "galleries/images",
  nameRule: NAME,
  write: writeDefinition,
};

const galleryImageVersion: ResourceType = {
  ...inGallery,
  type: "galleries/images/versions",
  nameRule: {
    pattern: /^\d+\.\d+\.\d+$/,
    minLength: 5,
    maxLength: 32,
    says: "three numbers with periods between them",
  },
  write: writeVersion,
};

export const imageTypes: readonly ResourceType[] = [
  image,
  gallery,
  galleryImage,
  galleryImageVersion,
];

function writeImage(request: WriteRequest): Written {
  const fields = new BodyFields(request.body).object("properties");
  checkNames(fields, {
    of: "images",
    understood: ["hyperVGeneration", "storageProfile"],
    answered: ["provisioningState"],
  });
  const disk = fields.object("storageProfile").object("osDisk");
  checkNames(disk, {
    of: "images",
    understood: ["blobUri", "caching", "diskSizeGB", "osState", "osType", "storageAccountType"],
  });
  const osType = choiceIn(disk, "osType", ["Windows", "Linux"]);
  const blobUri = disk.string("blobUri");
  if (osType === undefined) throw missingParameter("storageProfile.osDisk.osType");
  if (blobUri === undefined) throw missingParameter("storageProfile.osDisk.blobUri");
  if (!URL.canParse(blobUri)) {
    throw invalidParameter(
      "osDisk.blobUri",
      `The value '${blobUri}' of parameter 'osDisk.blobUri' is invalid.`,
    );
  }
  return {
    properties: {
      storageProfile: {
        osDisk: {
          osType,
          osState: choiceIn(disk, "osState", ["Generalized", "Specialized"]) ?? "Generalized",
          blobUri,
          diskSizeGB: disk.integer("diskSizeGB") ?? 127,
        },
        dataDisks: [],
      },
      hyperVGeneration: choiceIn(fields, "hyperVGeneration", ["V1", "V2"]) ?? "V1",
      provisioningState: "Succeeded",
    },
  };
}

function writeDefinition(request: WriteRequest): Written {
  const fields = new BodyFields(request.body).object("properties");
  checkNames(fields, {
    of: "gallery images",
    understood: ["architecture", "features", "hyperVGeneration", "identifier", "osState", "osType"],
    answered: ["provisioningState"],
  });
  const identifier = fields.object("identifier");
  const names = ["publisher", "offer", "sku"].map((name): [string, string] => {
    const value = identifier.string(name);
    if (value === undefined) throw missingParameter(`galleryImage.properties.identifier.${name}`);
    return [name, value];
  });
  const osType = choiceIn(fields, "osType", ["Windows", "Linux"]);
  if (osType === undefined) throw missingParameter("galleryImage.properties.osType");
  const features = (fields.objects("features") ?? []).map(
    (feature): JsonObject => ({
      name: feature.string("name"),
      value: feature.string("value"),
    }),
  );
  return {
    properties: {
      hyperVGeneration: choiceIn(fields, "hyperVGeneration", ["V1", "V2"]) ?? "V2",
      architecture: choiceIn(fields, "architecture", ["x64", "Arm64"]) ?? "x64",
      osType,
      osState: choiceIn(fields, "osState", ["Generalized", "Specialized"]) ?? "Generalized",
      identifier: Object.fromEntries(names),
      ...(features.length === 0 ? {} : { features }),
      provisioningState: "Succeeded",
    },
  };
}

function writeVersion(request: WriteRequest): Written {
  const fields = new BodyFields(request.body).object("properties");
  checkNames(fields, {
    of: "gallery image versions",
    understood: ["publishingProfile", "storageProfile"],
    answered: ["provisioningState"],
  });
  const storage = fields.object("storageProfile");
  const source = storage.object("source").string("id");
  if (source === undefined)
    throw notHere("gallery image versions that are made from no managed image");
  const regions = fields.object("publishingProfile").objects("targetRegions") ?? [];
  const targetRegions = regions.map((region) => ({ name: region.string("name") ?? "" }));
  return {
    references: [{ id: source, path: storage.at("source.id") }],
    properties: {
      publishingProfile: {
        targetRegions: targetRegions.length === 0 ? [{ name: request.location }] : targetRegions,
        publishedDate: request.existing?.createdTime ?? request.cloud.context.now().toISOString(),
      },
      storageProfile: { source: { id: source } },
      provisioningState: "Succeeded",
    },
  };
}

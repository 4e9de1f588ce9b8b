// Scale sets (Microsoft.Compute/virtualMachineScaleSets) of Windows machines in Uniform orchestration.
import { randomUUID } from "node:crypto";
import { identityFor, releaseIdentity } from "../managed-identity/resource-identity.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { REGIONS } from "../mechanics/locations.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { newEtag } from "../network/network-type.js";
import { checkZones } from "../network/zones.js";
import { COMPUTE_API_VERSIONS } from "./api-versions.js";
import { choiceIn, integerIn, missingParameter } from "./compute-error.js";
import { deleteInstances } from "./delete-instances.js";
import { failureOf } from "./extension-run.js";
import {
  extensionProfile,
  type MachineExtension,
  machineExtensions,
} from "./machine-extensions.js";
import { machineNetwork } from "./machine-network.js";
import { machineOs } from "./machine-os.js";
import {
  diagnostics,
  priorityOf,
  scheduledEvents,
  securityProfile,
  userData,
} from "./machine-policies.js";
import { machineStorage } from "./machine-storage.js";
import { manualUpgrade } from "./manual-upgrade.js";
import { checkProbe, checkRoom } from "./network-room.js";
import { checkQuota, SCALE_SET_TYPE } from "./quotas.js";
import { checkChanges } from "./scale-set-changes.js";
import { checkProtected, labelClaims, matchMachines } from "./scale-set-machines.js";
import { patched } from "./scale-set-patch.js";
import { repairsPolicy, scaleInPolicy, upgradePolicy } from "./scale-set-policies.js";
import { sizeIn } from "./vm-sizes.js";

export const scaleSet: ResourceType = {
  namespace: "Microsoft.Compute",
  type: "virtualMachineScaleSets",
  apiVersions: COMPUTE_API_VERSIONS,
  locations: [...REGIONS.keys()],
  // "Naming rules and restrictions for Azure resources", Microsoft.Compute.
  nameRule: {
    pattern: /^[a-zA-Z0-9]([\w.-]*\w)?$/,
    minLength: 1,
    maxLength: 64,
    says: "letters, digits, underscores, periods and hyphens, with a letter or digit first and no period or hyphen last",
  },
  longRunning: ["PUT", "PATCH", "DELETE"],
  write,
  merge: patched,
  finished: (record, cloud) => {
    matchMachines(cloud, record);
    return failureOf(cloud, record);
  },
  removed: releaseIdentity,
  actions: [manualUpgrade, deleteInstances],
};

function write(request: WriteRequest): Written {
  const { cloud, existing, id, location = "", resourceId } = request;
  const body = new BodyFields(request.body);
  if (body.has("plan")) throw notHere("images with a purchase plan");
  const fields = body.object("properties");
  checkNames(fields, NAMES);
  if ((choiceIn(fields, "orchestrationMode", ["Uniform", "Flexible"]) ?? "Uniform") !== "Uniform") {
    throw notHere("scale sets in Flexible orchestration");
  }
  const { sku, size, capacity } = skuOf(body, location);
  const zones = checkZones(request, SCALE_SET_TYPE);
  const profile = fields.object("virtualMachineProfile");
  checkNames(profile, PROFILE_NAMES);
  const storage = machineStorage(profile, size, location, cloud);
  const os = machineOs(profile, storage.image, cloud, existing === undefined);
  const network = machineNetwork(profile, size, { id: resourceId, location });
  const extensions = machineExtensions(profile, location);
  const priority = priorityOf(profile);
  const spot = priority["priority"] === "Spot";
  const hasHealth =
    network.properties["healthProbe"] !== undefined ||
    extensions.some(({ type }) => /^ApplicationHealth/i.test(type));
  const properties: JsonObject = {
    ...settings(fields, zones),
    upgradePolicy: upgradePolicy(fields, hasHealth),
    scaleInPolicy: scaleInPolicy(fields),
    ...repairsPolicy(fields, hasHealth),
    virtualMachineProfile: {
      osProfile: os.properties,
      storageProfile: storage.properties,
      networkProfile: network.properties,
      ...securityProfile(profile, storage.image),
      ...diagnostics(profile),
      ...extensionProfile(profile, extensions),
      ...priority,
      ...scheduledEvents(profile, spot),
      timeCreated: created(request),
    },
    provisioningState: "Succeeded",
    uniqueId: existing?.properties["uniqueId"] ?? randomUUID(),
    timeCreated: created(request),
  };
  checkChanges(existing, { zones, properties });
  checkRoom(cloud, network.properties, capacity, resourceId);
  if (existing !== undefined) checkProtected(cloud, existing, capacity);
  checkProbe(cloud, network.properties, resourceId);
  const { subscriptionId } = id;
  checkQuota(cloud, { subscriptionId, location, size, capacity, spot, resourceId });
  return {
    ...identityFor(request),
    etag: newEtag(),
    sku,
    ...(zones.length === 0 ? {} : { zones }),
    properties,
    claims: labelClaims(cloud, network.properties, location, existing?.id),
    references: [...os.references, ...storage.references, ...network.references],
    hidden: hiddenOf(request, extensions, userData(profile)),
  };
}

const NAMES = {
  of: "scale sets",
  understood: [
    "additionalCapabilities",
    "automaticRepairsPolicy",
    "doNotRunExtensionsOnOverprovisionedVMs",
    "orchestrationMode",
    "overprovision",
    "platformFaultDomainCount",
    "scaleInPolicy",
    "singlePlacementGroup",
    "upgradePolicy",
    "virtualMachineProfile",
    "zoneBalance",
  ],
  answered: ["provisioningState", "timeCreated", "uniqueId"],
};

const PROFILE_NAMES = {
  of: "scale sets",
  understood: [
    "billingProfile",
    "diagnosticsProfile",
    "evictionPolicy",
    "extensionProfile",
    "networkProfile",
    "osProfile",
    "priority",
    "scheduledEventsProfile",
    "securityProfile",
    "storageProfile",
    "userData",
  ],
  answered: ["timeCreated"],
};

function skuOf(body: BodyFields, location: string) {
  const fields = body.object("sku");
  const name = fields.string("name");
  const capacity = integerIn(fields, "capacity", 0, 1000);
  if (name === undefined) throw missingParameter("sku.name");
  if (capacity === undefined) throw missingParameter("sku.capacity");
  const size = sizeIn(name, location);
  return { sku: { name: size.name, tier: "Standard", capacity }, size, capacity };
}

function settings(fields: BodyFields, zones: readonly string[]): JsonObject {
  const capabilities = fields.object("additionalCapabilities");
  for (const name of ["hibernationEnabled", "ultraSSDEnabled"]) {
    if (capabilities.boolean(name) === true)
      throw notHere(`'${capabilities.at(name)}' of scale sets`);
  }
  const zoneBalance = fields.boolean("zoneBalance");
  if (zoneBalance === true && zones.length === 0) {
    // The words were not seen.
    throw new ArmError(
      400,
      "BadRequest",
      "Zone balance cannot be set for a virtual machine scale set that is not in availability zones.",
    );
  }
  return {
    orchestrationMode: "Uniform",
    singlePlacementGroup: fields.boolean("singlePlacementGroup") ?? true,
    overprovision: fields.boolean("overprovision") ?? true,
    doNotRunExtensionsOnOverprovisionedVMs:
      fields.boolean("doNotRunExtensionsOnOverprovisionedVMs") ?? false,
    platformFaultDomainCount:
      integerIn(fields, "platformFaultDomainCount", 1, 5) ?? (zones.length > 0 ? 1 : 5),
    ...(zoneBalance === undefined ? {} : { zoneBalance }),
  };
}

function created({ cloud, existing }: WriteRequest): string {
  return existing?.createdTime ?? cloud.context.now().toISOString();
}

/** What no answer shows. A PATCH is laid over answers, so that it keeps what was hidden before. */
function hiddenOf(
  { existing, method }: WriteRequest,
  extensions: readonly MachineExtension[],
  data: string | undefined,
): JsonObject {
  const before = existing?.hidden ?? {};
  const kept = method === "PATCH" ? Object(before["protectedSettings"]) : {};
  return {
    lastInstance: before["lastInstance"],
    userData: data ?? (method === "PATCH" ? before["userData"] : undefined),
    protectedSettings: Object.fromEntries(
      extensions.map(({ name, protectedSettings }) => [name, protectedSettings ?? kept[name]]),
    ),
  };
}

// What a machine profile says beside system, disks and network: priority, notices, security, boot diagnostics, user data.
import { ArmError, notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { choiceIn, invalidParameter } from "./compute-error.js";
import { isBase64 } from "./machine-os.js";
import type { MachineImage } from "./platform-images.js";

/** Priority and, for Spot, what happens to a machine that is taken away. */
export function priorityOf(profile: BodyFields): JsonObject {
  const priority = choiceIn(profile, "priority", ["Regular", "Low", "Spot"]) ?? "Regular";
  const evictionPolicy = choiceIn(profile, "evictionPolicy", ["Deallocate", "Delete"]);
  if (priority === "Regular") {
    if (evictionPolicy === undefined) return { priority };
    throw invalidParameter(
      "evictionPolicy",
      "Eviction policy can be set only on Azure Spot Virtual Machines.",
    );
  }
  const price = profile.object("billingProfile").raw("maxPrice");
  return {
    priority: "Spot",
    evictionPolicy: evictionPolicy ?? "Deallocate",
    billingProfile: { maxPrice: typeof price === "number" ? price : -1 },
  };
}

/** "Terminate notification for Azure Virtual Machine Scale Set instances": 5 to 15 minutes, not for Spot. */
export function scheduledEvents(profile: BodyFields, spot: boolean): JsonObject {
  if (!profile.has("scheduledEventsProfile")) return {};
  const fields = profile.object("scheduledEventsProfile");
  checkNames(fields, { of: "scale sets", understood: ["terminateNotificationProfile"] });
  const terminate = fields.object("terminateNotificationProfile");
  const enable = terminate.boolean("enable") ?? false;
  const notBeforeTimeout = terminate.string("notBeforeTimeout") ?? "PT5M";
  const minutes = Number(/^PT(\d+)M$/.exec(notBeforeTimeout)?.[1] ?? Number.NaN);
  if (!(minutes >= 5 && minutes <= 15)) {
    // The words were not seen.
    throw invalidParameter(
      "terminateNotificationProfile.notBeforeTimeout",
      `The value '${notBeforeTimeout}' of parameter 'terminateNotificationProfile.notBeforeTimeout' is invalid. It must be between PT5M and PT15M.`,
    );
  }
  if (enable && spot) {
    throw new ArmError(
      400,
      "BadRequest",
      "Terminate notification is not supported for virtual machine scale sets of priority Spot.",
    );
  }
  return { scheduledEventsProfile: { terminateNotificationProfile: { notBeforeTimeout, enable } } };
}

export function securityProfile(profile: BodyFields, image: MachineImage): JsonObject {
  if (!profile.has("securityProfile")) return {};
  const fields = profile.object("securityProfile");
  checkNames(fields, {
    of: "scale sets",
    understood: ["encryptionAtHost", "securityType", "uefiSettings"],
  });
  const securityType = choiceIn(fields, "securityType", [
    "Standard",
    "TrustedLaunch",
    "ConfidentialVM",
  ]);
  if (securityType === "ConfidentialVM") throw notHere("confidential machines");
  if (fields.boolean("encryptionAtHost") === true) {
    // What a subscription says that has not registered the feature, as none has at first.
    throw invalidParameter(
      "securityProfile.encryptionAtHost",
      "The property 'securityProfile.encryptionAtHost' is not valid because the 'Microsoft.Compute/EncryptionAtHost' feature is not enabled for this subscription.",
    );
  }
  const uefi = fields.object("uefiSettings");
  if (securityType === "TrustedLaunch" && !image.trustedLaunch) {
    throw new ArmError(
      400,
      "BadRequest",
      "Use of TrustedLaunch setting is not supported for the provided image. Please select Trusted Launch Supported Gen2 OS Image. For more information, see https://aka.ms/TrustedLaunch-FAQ.",
    );
  }
  if (securityType !== "TrustedLaunch" && fields.has("uefiSettings")) {
    throw invalidParameter(
      "securityProfile.uefiSettings",
      "The property 'securityProfile.uefiSettings' is valid only when 'securityProfile.securityType' is TrustedLaunch or ConfidentialVM.",
    );
  }
  return {
    securityProfile: {
      ...(securityType === "TrustedLaunch"
        ? {
            uefiSettings: {
              secureBootEnabled: uefi.boolean("secureBootEnabled") ?? true,
              vTpmEnabled: uefi.boolean("vTpmEnabled") ?? true,
            },
          }
        : {}),
      ...(securityType === undefined ? {} : { securityType }),
    },
  };
}

export function diagnostics(profile: BodyFields): JsonObject {
  if (!profile.has("diagnosticsProfile")) return {};
  const boot = profile.object("diagnosticsProfile").object("bootDiagnostics");
  if (boot.has("storageUri")) throw notHere("boot diagnostics in a storage account of one's own");
  return { diagnosticsProfile: { bootDiagnostics: { enabled: boot.boolean("enabled") ?? false } } };
}

/** Never answered; machines read it by themselves. */
export function userData(profile: BodyFields): string | undefined {
  const data = profile.string("userData");
  if (data === undefined || (data.length <= 87_380 && isBase64(data))) return data;
  throw invalidParameter(
    "userData",
    "User data must be in Base64 encoding and with a maximum length of 87380 characters.",
  );
}

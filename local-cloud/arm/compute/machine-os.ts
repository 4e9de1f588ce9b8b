// The operating system's part of a machine profile: names, password, what Windows is told ("virtualMachineProfile.osProfile").
import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { Reference } from "../mechanics/references.js";
import { choiceIn, invalidParameter, missingParameter } from "./compute-error.js";
import type { MachineImage } from "./platform-images.js";

export interface MachineOs {
  readonly properties: JsonObject;
  readonly references: readonly Reference[];
}

/** "VirtualMachineScaleSetOSProfile" of the service's description. */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(
  "administrator admin user user1 test user2 test1 user3 admin1 1 123 a actuser adm admin2 aspnet backup console david guest john owner root server sql support support_388945a0 sys test2 test3 user4 user5".split(
    " ",
  ),
);
const FORBIDDEN_PASSWORDS: ReadonlySet<string> = new Set([
  "abc@123",
  "P@$$w0rd",
  "P@ssw0rd",
  "P@ssword123",
  "Pa$$word",
  "pass@word1",
  "Password!",
  "Password1",
  "Password22",
  "iloveyou!",
]);

/** @param isNew whether the scale set is being made, which takes a password */
export function machineOs(
  profile: BodyFields,
  image: MachineImage,
  cloud: ArmCloud,
  isNew: boolean,
): MachineOs {
  const fields = profile.object("osProfile");
  checkNames(fields, {
    of: "scale sets",
    understood: [
      "adminPassword",
      "adminUsername",
      "allowExtensionOperations",
      "computerNamePrefix",
      "customData",
      "linuxConfiguration",
      "secrets",
      "windowsConfiguration",
    ],
    answered: ["requireGuestProvisionSignal"],
  });
  const prefix = fields.string("computerNamePrefix");
  const adminUsername = fields.string("adminUsername");
  if (prefix === undefined) throw missingParameter("osProfile.computerNamePrefix");
  if (adminUsername === undefined) throw missingParameter("osProfile.adminUsername");
  if (FORBIDDEN_NAMES.has(adminUsername.toLowerCase())) {
    throw invalidParameter("adminUsername", "The Admin Username specified is not allowed.");
  }
  if (image.osType !== "Windows") throw notHere("scale sets of Linux machines");
  if (fields.has("linuxConfiguration")) {
    throw invalidParameter(
      "linuxConfiguration",
      "Parameter 'linuxConfiguration' is not allowed for a Windows image.",
    );
  }
  checkWindowsNames(prefix, adminUsername);
  checkPassword(fields.string("adminPassword"), isNew);
  checkCustomData(fields.string("customData"));
  const secrets = vaultSecrets(fields, cloud);
  return {
    references: secrets.references,
    properties: {
      computerNamePrefix: prefix,
      adminUsername,
      windowsConfiguration: windowsConfiguration(fields.object("windowsConfiguration")),
      secrets: secrets.groups,
      allowExtensionOperations: fields.boolean("allowExtensionOperations") ?? true,
      requireGuestProvisionSignal: true,
    },
  };
}

function checkWindowsNames(prefix: string, adminUsername: string): void {
  if (prefix === "" || prefix.length > 9 || /^\d+$/.test(prefix) || /[^a-zA-Z0-9-]/.test(prefix)) {
    throw invalidParameter(
      "computerNamePrefix",
      "Windows computer name prefix cannot be more than 9 characters long, be entirely numeric, or contain the following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' \" , < > / ?.",
    );
  }
  if (adminUsername.length > 20 || adminUsername.endsWith(".")) {
    // The words were not seen.
    throw invalidParameter(
      "adminUsername",
      "The Admin Username specified is not allowed for Windows: it has 1 to 20 characters and does not end in a period.",
    );
  }
}

function checkPassword(password: string | undefined, isNew: boolean): void {
  if (password === undefined) {
    if (isNew) throw missingParameter("osProfile.adminPassword");
    return;
  }
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password));
  if (password.length < 8 || password.length > 123 || kinds.length < 3) {
    throw invalidParameter(
      "adminPassword",
      "The supplied password must be between 8-123 characters long and must satisfy at least 3 of password complexity requirements from the following:\r\n1) Contains an uppercase character\r\n2) Contains a lowercase character\r\n3) Contains a numeric digit\r\n4) Contains a special character\r\n5) Control characters are not allowed",
    );
  }
  if (FORBIDDEN_PASSWORDS.has(password)) {
    throw invalidParameter("adminPassword", "The supplied password is not allowed.");
  }
}

function checkCustomData(customData: string | undefined): void {
  if (customData === undefined || isBase64(customData)) return;
  throw invalidParameter(
    "customData",
    "Custom data in OSProfile must be in Base64 encoding and with a maximum length of 87380 characters.",
  );
}

export function isBase64(text: string): boolean {
  return text.length <= 87_380 && Buffer.from(text, "base64").toString("base64") === text;
}

function windowsConfiguration(fields: BodyFields): JsonObject {
  checkNames(fields, {
    of: "scale sets",
    understood: ["enableAutomaticUpdates", "patchSettings", "provisionVMAgent", "timeZone"],
    answered: ["enableVMAgentPlatformUpdates"],
  });
  const patch = fields.object("patchSettings");
  checkNames(patch, {
    of: "scale sets",
    understood: ["assessmentMode", "enableHotpatching", "patchMode"],
  });
  const automatic = fields.boolean("enableAutomaticUpdates") ?? true;
  const modes = ["Manual", "AutomaticByOS", "AutomaticByPlatform"];
  const patchMode = choiceIn(patch, "patchMode", modes) ?? (automatic ? "AutomaticByOS" : "Manual");
  if (automatic === (patchMode === "Manual")) {
    throw invalidParameter(
      "windowsConfiguration.patchSettings.patchMode",
      `Setting patchMode '${patchMode}' is not allowed when windowsConfiguration.enableAutomaticUpdates is set to ${automatic}.`,
    );
  }
  const hotpatching = patch.boolean("enableHotpatching");
  const timeZone = fields.string("timeZone");
  return {
    provisionVMAgent: fields.boolean("provisionVMAgent") ?? true,
    enableAutomaticUpdates: automatic,
    ...(timeZone === undefined ? {} : { timeZone }),
    patchSettings: {
      patchMode,
      assessmentMode:
        choiceIn(patch, "assessmentMode", ["ImageDefault", "AutomaticByPlatform"]) ??
        "ImageDefault",
      ...(hotpatching === undefined ? {} : { enableHotpatching: hotpatching }),
    },
  };
}

/** Certificates that Azure itself lays into the machines: the vault must be open to that. */
function vaultSecrets(fields: BodyFields, { resources }: ArmCloud) {
  const groups = (fields.objects("secrets") ?? []).map((group) => ({
    path: group.at("sourceVault"),
    vault: group.object("sourceVault").string("id") ?? "",
    certificates: (group.objects("vaultCertificates") ?? []).map((one) => ({
      certificateUrl: one.string("certificateUrl") ?? "",
      ...(one.has("certificateStore") ? { certificateStore: one.string("certificateStore") } : {}),
    })),
  }));
  for (const { vault, certificates } of groups) {
    const found = resources.byId(vault);
    if (found === undefined || found.properties["enabledForDeployment"] === true) continue;
    throw new ArmError(
      403,
      "KeyVaultAccessForbidden",
      `Key Vault ${certificates[0]?.certificateUrl} either has not been enabled for deployment or the vault id provided, ${vault}, does not match the Key Vault's true resource id.`,
    );
  }
  return {
    references: groups.map(({ vault, path }): Reference => ({ id: vault, path })),
    groups: groups.map(({ vault, certificates }) => ({
      sourceVault: { id: vault },
      vaultCertificates: certificates,
    })),
  };
}

// What the extensions of a new machine report. The machines are not real, so that only those are run whose success can be told
// from here: the vault extension, which reads a secret, and settings that no machine could read.
import type { ArmCloud } from "../mechanics/arm-call.js";
import type { ArmErrorDetail } from "../mechanics/arm-error.js";
import { isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { vaultExtensionReport } from "./vault-extension.js";

interface Extension {
  readonly name: string;
  readonly properties: {
    readonly publisher: string;
    readonly type: string;
    readonly settings?: JsonObject;
    readonly suppressFailures?: boolean;
  };
}

/** Why the machines of a scale set could not be provisioned; undefined when they could, or when there are none. */
export function failureOf(cloud: ArmCloud, set: ResourceRecord): ArmErrorDetail | undefined {
  if (Number(set.sku?.["capacity"] ?? 0) === 0) return undefined;
  const profile = Object(set.properties["virtualMachineProfile"]).extensionProfile;
  const extensions: readonly Extension[] = Object(profile).extensions ?? [];
  for (const { name, properties } of extensions) {
    if (properties.suppressFailures === true) continue;
    const report = reportOf(cloud, set, name, properties);
    if (report === undefined) continue;
    const { publisher, type } = properties;
    return {
      code: "VMExtensionProvisioningError",
      message: `VM has reported a failure when processing extension '${name}' (publisher '${publisher}' and type '${type}'). Error message: '${report}'. More information on troubleshooting is available at https://aka.ms/vmextensionwindowstroubleshoot.`,
    };
  }
  return undefined;
}

function reportOf(
  cloud: ArmCloud,
  set: ResourceRecord,
  name: string,
  { type, settings = {} }: Extension["properties"],
): string | undefined {
  const protectedSettings = Object(set.hidden?.["protectedSettings"])[name];
  switch (type.toLowerCase()) {
    case "keyvaultforwindows":
      return vaultExtensionReport(cloud, set, settings);
    case "customscriptextension":
      return scriptReport(settings, isJsonObject(protectedSettings) ? protectedSettings : {});
    case "applicationhealthwindows":
      return healthReport(settings);
    default:
      return undefined;
  }
}

/** "Custom Script Extension for Windows": one command, in one of the two places. The words were not seen. */
function scriptReport(settings: JsonObject, protectedSettings: JsonObject): string | undefined {
  const commands = [settings, protectedSettings].flatMap((one) => one["commandToExecute"] ?? []);
  if (commands.length === 1 && typeof commands[0] === "string") return undefined;
  return "Invalid handler settings: commandToExecute must be given once, in settings or in protectedSettings.";
}

/** "Using Application Health extension with Virtual Machine Scale Sets". The words were not seen. */
function healthReport({ protocol, port, requestPath }: JsonObject): string | undefined {
  const kind = String(protocol).toLowerCase();
  if (!["http", "https", "tcp"].includes(kind)) {
    return `Invalid settings: protocol must be http, https or tcp, got '${protocol}'.`;
  }
  const needsPort = kind === "tcp";
  if (needsPort && typeof port !== "number") return "Invalid settings: port is required for tcp.";
  if (needsPort && requestPath !== undefined) {
    return "Invalid settings: requestPath is not allowed for tcp.";
  }
  return undefined;
}

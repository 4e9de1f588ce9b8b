// Extensions of a machine profile: what they are called, in which order they come, and which are known.
import { ArmError, notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { isJsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { invalidParameter, missingParameter } from "./compute-error.js";

export interface MachineExtension {
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  readonly typeHandlerVersion: string;
  readonly settings: JsonObject;
  /** Never answered. */
  readonly protectedSettings: JsonObject | undefined;
  readonly properties: JsonObject;
}

/** Versions by publisher and type. */
const KNOWN: Readonly<Record<string, RegExp>> = {
  "Microsoft.Azure.KeyVault/KeyVaultForWindows": /^[1-4]\.\d+$/,
  "Microsoft.Azure.Monitor/AzureMonitorWindowsAgent": /^1\.\d+$/,
  "Microsoft.Azure.Security.WindowsAttestation/GuestAttestation": /^1\.\d+$/,
  "Microsoft.Compute/BGInfo": /^2\.\d+$/,
  "Microsoft.Compute/CustomScriptExtension": /^1\.(4|7|8|9|10)$/,
  "Microsoft.ManagedServices/ApplicationHealthWindows": /^[12]\.0$/,
  "Microsoft.Powershell/DSC": /^2\.\d+$/,
};

export function machineExtensions(
  profile: BodyFields,
  location: string,
): readonly MachineExtension[] {
  const fields = profile.object("extensionProfile");
  checkNames(fields, { of: "scale sets", understood: ["extensions", "extensionsTimeBudget"] });
  const extensions = (fields.objects("extensions") ?? []).map((item) => extension(item, location));
  checkHandlers(extensions);
  checkOrder(extensions);
  return extensions;
}

export function extensionProfile(
  profile: BodyFields,
  extensions: readonly MachineExtension[],
): JsonObject {
  const budget = profile.object("extensionProfile").string("extensionsTimeBudget");
  if (budget !== undefined && !/^PT(1[5-9]|[2-9]\d|1[01]\d|120)M$|^PT(1H\d*M?|2H)$/.test(budget)) {
    throw invalidParameter(
      "extensionsTimeBudget",
      `The value '${budget}' of parameter 'extensionsTimeBudget' is invalid. It must be between PT15M and PT120M.`,
    );
  }
  if (extensions.length === 0 && budget === undefined) return {};
  return {
    extensionProfile: {
      extensions: extensions.map(({ name, properties }) => ({ name, properties })),
      ...(budget === undefined ? {} : { extensionsTimeBudget: budget }),
    },
  };
}

function extension(item: BodyFields, location: string): MachineExtension {
  const name = item.string("name");
  if (name === undefined || name === "") throw missingParameter(item.at("name"));
  const fields = item.object("properties");
  checkNames(fields, {
    of: "scale sets",
    understood: [
      "autoUpgradeMinorVersion",
      "enableAutomaticUpgrade",
      "forceUpdateTag",
      "protectedSettings",
      "provisionAfterExtensions",
      "publisher",
      "settings",
      "suppressFailures",
      "type",
      "typeHandlerVersion",
    ],
    answered: ["provisioningState"],
  });
  const [publisher, type, typeHandlerVersion] = ["publisher", "type", "typeHandlerVersion"].map(
    (one) => fields.string(one) ?? "",
  );
  if (!publisher || !type || !typeHandlerVersion) {
    throw missingParameter(`extension '${name}' publisher, type or typeHandlerVersion`);
  }
  checkKnown({ publisher, type, typeHandlerVersion }, location);
  const settings = objectOf(fields, "settings");
  const optional = ["enableAutomaticUpgrade", "suppressFailures"].flatMap((one) => {
    const value = fields.boolean(one);
    return value === undefined ? [] : [[one, value] as const];
  });
  const tag = fields.string("forceUpdateTag");
  const after = fields.strings("provisionAfterExtensions") ?? [];
  return {
    name,
    publisher,
    type,
    typeHandlerVersion,
    settings: settings ?? {},
    protectedSettings: objectOf(fields, "protectedSettings"),
    properties: {
      autoUpgradeMinorVersion: fields.boolean("autoUpgradeMinorVersion") ?? false,
      ...Object.fromEntries(optional),
      ...(tag === undefined ? {} : { forceUpdateTag: tag }),
      ...(after.length === 0 ? {} : { provisionAfterExtensions: after }),
      publisher,
      type,
      typeHandlerVersion,
      ...(settings === undefined ? {} : { settings }),
    },
  };
}

function objectOf(fields: BodyFields, name: string): JsonObject | undefined {
  const value = fields.raw(name);
  if (value === undefined || isJsonObject(value)) return value;
  throw invalidParameter(
    fields.at(name),
    `The value of parameter '${fields.at(name)}' is invalid: it is a JSON object.`,
  );
}

function checkKnown(
  {
    publisher,
    type,
    typeHandlerVersion,
  }: Pick<MachineExtension, "publisher" | "type" | "typeHandlerVersion">,
  location: string,
): void {
  if (!/^\d+\.\d+$/.test(typeHandlerVersion)) {
    throw invalidParameter(
      "typeHandlerVersion",
      "The value of parameter typeHandlerVersion is invalid.",
    );
  }
  const name = `${publisher}/${type}`.toLowerCase();
  const [, versions] = Object.entries(KNOWN).find(([one]) => one.toLowerCase() === name) ?? [];
  if (versions?.test(typeHandlerVersion) === true) return;
  // Azure has many more than are known here, so that only a wrong version of a known one is wrong for sure.
  if (versions === undefined) throw notHere(`the extension '${publisher}/${type}'`);
  throw new ArmError(
    404,
    "ArtifactVersionNotFound",
    `Extension with publisher '${publisher}', type '${type}', and type handler version '${typeHandlerVersion}' could not be found in the extension repository for location '${location}'.`,
  );
}

function checkHandlers(extensions: readonly MachineExtension[]): void {
  for (const [index, one] of extensions.entries()) {
    const before = extensions.slice(0, index);
    if (before.some(({ name }) => name.toLowerCase() === one.name.toLowerCase())) {
      // The words were not seen.
      throw invalidParameter(
        "extensionProfile",
        `The extension name '${one.name}' is there twice.`,
      );
    }
    const twin = before.find(
      ({ publisher, type }) => publisher === one.publisher && type === one.type,
    );
    if (twin === undefined) continue;
    throw new ArmError(
      400,
      "BadRequest",
      `Multiple VMExtensions per handler not supported for OS type 'Windows'. VMExtension '${one.name}' with handler '${one.publisher}.${one.type}' already added or specified in input.`,
    );
  }
}

/** "Sequence extension provisioning in Virtual Machine Scale Sets". The words of these refusals were not seen. */
function checkOrder(extensions: readonly MachineExtension[]): void {
  const after = new Map(extensions.map(({ name, properties }) => [name, afterOf(properties)]));
  for (const [name, others] of after) {
    const strange = others.find((other) => !after.has(other));
    if (strange === undefined) continue;
    throw invalidParameter(
      "provisionAfterExtensions",
      `Extension '${name}' is provisioned after '${strange}', which is no extension of this scale set.`,
    );
  }
  const done = new Set<string>();
  while (done.size < after.size) {
    const next = [...after].find(
      ([name, others]) => !done.has(name) && others.every((one) => done.has(one)),
    );
    if (next === undefined) {
      throw invalidParameter(
        "provisionAfterExtensions",
        `The extensions ${[...after.keys()].filter((name) => !done.has(name)).join(", ")} wait for each other.`,
      );
    }
    done.add(next[0]);
  }
}

function afterOf(properties: JsonObject): readonly string[] {
  const names = properties["provisionAfterExtensions"];
  return Array.isArray(names) ? names : [];
}

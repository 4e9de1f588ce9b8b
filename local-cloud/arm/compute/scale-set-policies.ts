// How a scale set changes its machines: upgrades, scaling in, repairs ("Modify a Virtual Machine Scale Set").
import { ArmError } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { choiceIn, integerIn, invalidParameter, missingParameter } from "./compute-error.js";

const UPGRADE_MODES = ["Manual", "Automatic", "Rolling"];

/** @param hasHealth whether something tells how the machines are: a probe or the health extension */
export function upgradePolicy(fields: BodyFields, hasHealth: boolean): JsonObject {
  const policy = fields.object("upgradePolicy");
  checkNames(policy, {
    of: "scale sets",
    understood: ["automaticOSUpgradePolicy", "mode", "rollingUpgradePolicy"],
  });
  const mode = choiceIn(policy, "mode", UPGRADE_MODES);
  if (mode === undefined) throw missingParameter("upgradePolicy.mode");
  const automatic = automaticOsUpgrade(policy);
  if (!hasHealth && mode === "Rolling") throw needsHealth("Rolling Upgrade mode is");
  if (!hasHealth && automatic?.["enableAutomaticOSUpgrade"] === true) {
    throw needsHealth("Automatic OS Upgrade is");
  }
  const rolling = policy.has("rollingUpgradePolicy")
    ? rollingUpgrade(policy.object("rollingUpgradePolicy"))
    : undefined;
  return {
    mode,
    ...(automatic === undefined ? {} : { automaticOSUpgradePolicy: automatic }),
    ...(rolling === undefined ? {} : { rollingUpgradePolicy: rolling }),
  };
}

function automaticOsUpgrade(policy: BodyFields): JsonObject | undefined {
  if (!policy.has("automaticOSUpgradePolicy")) return undefined;
  const fields = policy.object("automaticOSUpgradePolicy");
  checkNames(fields, {
    of: "scale sets",
    understood: ["disableAutomaticRollback", "enableAutomaticOSUpgrade", "useRollingUpgradePolicy"],
    answered: ["osRollingUpgradeDeferral"],
  });
  return {
    enableAutomaticOSUpgrade: fields.boolean("enableAutomaticOSUpgrade") ?? false,
    useRollingUpgradePolicy: fields.boolean("useRollingUpgradePolicy") ?? false,
    disableAutomaticRollback: fields.boolean("disableAutomaticRollback") ?? false,
    osRollingUpgradeDeferral: false,
  };
}

function rollingUpgrade(fields: BodyFields): JsonObject {
  checkNames(fields, {
    of: "scale sets",
    understood: [
      "maxBatchInstancePercent",
      "maxSurge",
      "maxUnhealthyInstancePercent",
      "maxUnhealthyUpgradedInstancePercent",
      "pauseTimeBetweenBatches",
      "rollbackFailedInstancesOnPolicyBreach",
    ],
  });
  return {
    maxBatchInstancePercent: integerIn(fields, "maxBatchInstancePercent", 5, 100) ?? 20,
    maxUnhealthyInstancePercent: integerIn(fields, "maxUnhealthyInstancePercent", 5, 100) ?? 20,
    maxUnhealthyUpgradedInstancePercent:
      integerIn(fields, "maxUnhealthyUpgradedInstancePercent", 0, 100) ?? 20,
    pauseTimeBetweenBatches: fields.string("pauseTimeBetweenBatches") ?? "PT0S",
    maxSurge: fields.boolean("maxSurge") ?? false,
    rollbackFailedInstancesOnPolicyBreach:
      fields.boolean("rollbackFailedInstancesOnPolicyBreach") ?? false,
  };
}

export function scaleInPolicy(fields: BodyFields): JsonObject {
  const policy = fields.object("scaleInPolicy");
  checkNames(policy, {
    of: "scale sets",
    understood: ["forceDeletion", "prioritizeUnhealthyVMs", "rules"],
  });
  const rules = policy.strings("rules") ?? ["Default"];
  const [rule = "Default"] = rules;
  if (rules.length > 1 || !["Default", "OldestVM", "NewestVM"].includes(rule)) {
    throw invalidParameter(
      "scaleInPolicy.rules",
      `The value '${rules.join(",")}' of parameter 'scaleInPolicy.rules' is invalid. It must be one of Default, OldestVM, NewestVM.`,
    );
  }
  const force = policy.boolean("forceDeletion") ?? false;
  const unhealthy = policy.boolean("prioritizeUnhealthyVMs") ?? false;
  return { rules: [rule], forceDeletion: force, prioritizeUnhealthyVMs: unhealthy };
}

export function repairsPolicy(fields: BodyFields, hasHealth: boolean): JsonObject {
  if (!fields.has("automaticRepairsPolicy")) return {};
  const policy = fields.object("automaticRepairsPolicy");
  checkNames(policy, {
    of: "scale sets",
    understood: ["enabled", "gracePeriod", "repairAction"],
  });
  const enabled = policy.boolean("enabled") ?? false;
  if (enabled && !hasHealth) {
    throw new ArmError(
      400,
      "BadRequest",
      "Automatic repairs not supported for this Virtual Machine Scale Set because a health probe or health extension was not specified.",
    );
  }
  const gracePeriod = policy.string("gracePeriod") ?? "PT10M";
  const minutes = Number(/^PT(\d+)M$/.exec(gracePeriod)?.[1] ?? Number.NaN);
  if (!(minutes >= 10 && minutes <= 90)) {
    throw invalidParameter(
      "automaticRepairsPolicy.gracePeriod",
      `The value '${gracePeriod}' of parameter 'automaticRepairsPolicy.gracePeriod' is invalid. It must be between PT10M and PT90M.`,
    );
  }
  const repairAction =
    choiceIn(policy, "repairAction", ["Replace", "Restart", "Reimage"]) ?? "Replace";
  return { automaticRepairsPolicy: { enabled, gracePeriod, repairAction } };
}

function needsHealth(what: string) {
  return new ArmError(
    400,
    "BadRequest",
    `${what} not supported for this Virtual Machine Scale Set because a health probe or health extension was not provided.`,
  );
}

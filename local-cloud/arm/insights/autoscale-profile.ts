// One profile of an autoscale setting: how many instances there may be, and by which rules they change ("Understand autoscale
// settings").
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { autoscaleError } from "./autoscale-error.js";

const MOST_RULES = 10;
const OPERATORS = [
  "Equals",
  "NotEquals",
  "GreaterThan",
  "GreaterThanOrEqual",
  "LessThan",
  "LessThanOrEqual",
];
const STATISTICS = ["Average", "Min", "Max", "Sum", "Count"];
const AGGREGATIONS = ["Average", "Minimum", "Maximum", "Total", "Count", "Last"];
const DIRECTIONS = ["None", "Increase", "Decrease"];
const CHANGES = ["ChangeCount", "PercentChangeCount", "ExactCount", "ServiceAllowedNextValue"];

export function autoscaleProfile(fields: BodyFields): JsonObject {
  const rules = fields.objects("rules") ?? [];
  if (rules.length > MOST_RULES) {
    throw autoscaleError(`A profile has at most ${MOST_RULES} rules, got ${rules.length}.`);
  }
  const name = fields.string("name") ?? "";
  if (name === "") throw autoscaleError("A profile has a name.");
  return {
    name,
    capacity: capacityOf(fields.object("capacity")),
    rules: rules.map((rule) => ({
      metricTrigger: triggerOf(rule.object("metricTrigger")),
      scaleAction: actionOf(rule.object("scaleAction")),
    })),
    ...(fields.has("fixedDate") ? { fixedDate: fields.raw("fixedDate") } : {}),
    ...(fields.has("recurrence") ? { recurrence: fields.raw("recurrence") } : {}),
  };
}

function capacityOf(fields: BodyFields): JsonObject {
  const [minimum, usual, maximum] = ["minimum", "default", "maximum"].map((name) => {
    const text = fields.string(name) ?? "";
    if (!/^\d{1,6}$/.test(text)) {
      throw autoscaleError(`'${fields.at(name)}' is a number of instances as text, got '${text}'.`);
    }
    return text;
  });
  if (!(Number(minimum) <= Number(usual) && Number(usual) <= Number(maximum))) {
    throw autoscaleError(
      `'${fields.path}' is minimum <= default <= maximum, got ${minimum}, ${usual} and ${maximum}.`,
    );
  }
  return { minimum, maximum, default: usual };
}

function triggerOf(fields: BodyFields): JsonObject {
  const threshold = fields.number("threshold");
  if (threshold === undefined) throw autoscaleError(`'${fields.at("threshold")}' is required.`);
  const [grain, window] = [durationOf(fields, "timeGrain"), durationOf(fields, "timeWindow")];
  // "Microsoft.Insights autoscalesettings": a window is of 5 minutes to 12 hours, and of at least one grain.
  if (window < 5 * 60 || window > 12 * 60 * 60 || window < grain) {
    throw autoscaleError(
      `'${fields.at("timeWindow")}' is from 5 minutes to 12 hours and no shorter than the grain.`,
    );
  }
  const dimensions = fields.objects("dimensions");
  return {
    metricName: required(fields, "metricName"),
    metricNamespace: fields.string("metricNamespace") ?? "",
    metricResourceUri: required(fields, "metricResourceUri"),
    operator: oneOf(fields, "operator", OPERATORS),
    statistic: oneOf(fields, "statistic", STATISTICS),
    timeAggregation: oneOf(fields, "timeAggregation", AGGREGATIONS),
    timeGrain: fields.string("timeGrain"),
    timeWindow: fields.string("timeWindow"),
    threshold,
    dividePerInstance: fields.boolean("dividePerInstance") ?? false,
    dimensions: dimensions === undefined ? [] : fields.raw("dimensions"),
  };
}

function actionOf(fields: BodyFields): JsonObject {
  const cooldown = durationOf(fields, "cooldown");
  if (cooldown < 60 || cooldown > 7 * 24 * 60 * 60) {
    throw autoscaleError(`'${fields.at("cooldown")}' is from 1 minute to 1 week.`);
  }
  const value = fields.string("value") ?? "1";
  if (!/^\d{1,6}$/.test(value)) {
    throw autoscaleError(`'${fields.at("value")}' is a number as text, got '${value}'.`);
  }
  return {
    direction: oneOf(fields, "direction", DIRECTIONS),
    type: oneOf(fields, "type", CHANGES),
    value,
    cooldown: fields.string("cooldown"),
  };
}

function required(fields: BodyFields, name: string): string {
  const value = fields.string(name) ?? "";
  if (value === "") throw autoscaleError(`'${fields.at(name)}' is required.`);
  return value;
}

function oneOf(fields: BodyFields, name: string, known: readonly string[]): string {
  const value = fields.string(name) ?? "";
  if (known.includes(value)) return value;
  throw autoscaleError(`'${fields.at(name)}' is one of ${known.join(", ")}, got '${value}'.`);
}

/** Seconds of an ISO 8601 duration of days, hours, minutes and seconds. */
function durationOf(fields: BodyFields, name: string): number {
  const text = fields.string(name) ?? "";
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (match?.slice(1) ?? []).map((part) =>
    Number(part ?? 0),
  );
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  if (total > 0) return total;
  throw autoscaleError(`'${fields.at(name)}' is an ISO 8601 duration such as PT5M, got '${text}'.`);
}

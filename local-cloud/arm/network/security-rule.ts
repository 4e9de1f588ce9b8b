// One rule of a security group ("Network security groups"; the refusals as deployments report them).
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { isAddress, parseRange } from "./address-range.js";
import { badRequest, choiceOf, unreadable } from "./network-type.js";
import { isServiceTag } from "./service-tags.js";

type Side = "source" | "destination";

/** Reads `properties` of the rule `ruleId`. */
export function securityRule(fields: BodyFields, ruleId: string): JsonObject {
  checkNames(fields, {
    of: "security rules",
    understood: [
      "access",
      "description",
      "destinationAddressPrefix",
      "destinationAddressPrefixes",
      "destinationPortRange",
      "destinationPortRanges",
      "direction",
      "priority",
      "protocol",
      "sourceAddressPrefix",
      "sourceAddressPrefixes",
      "sourcePortRange",
      "sourcePortRanges",
    ],
    answered: ["provisioningState"],
  });
  const description = fields.string("description");
  if (description !== undefined && description.length > 140) {
    // The words were not seen.
    throw badRequest(
      "SecurityRuleDescriptionTooLong",
      `Security rule ${ruleId} has a description of ${description.length} characters. It may have 140.`,
    );
  }
  return {
    provisioningState: "Succeeded",
    ...(description === undefined ? {} : { description }),
    protocol: required(fields, "protocol", ["*", "Tcp", "Udp", "Icmp", "Esp", "Ah"]),
    ...ports(fields, "source", ruleId),
    ...ports(fields, "destination", ruleId),
    ...addresses(fields, "source", ruleId),
    ...addresses(fields, "destination", ruleId),
    access: required(fields, "access", ["Allow", "Deny"]),
    priority: priorityOf(fields, ruleId),
    direction: required(fields, "direction", ["Inbound", "Outbound"]),
  };
}

function required(fields: BodyFields, name: string, known: readonly string[]): string {
  const value = choiceOf(fields, name, known);
  if (value !== undefined) return value;
  const path = fields.at(name);
  throw unreadable(
    "MissingJsonProperty",
    `Value for the required property '${name}' is missing. Path '${path}'.`,
  );
}

function priorityOf(fields: BodyFields, ruleId: string): number {
  const priority = fields.integer("priority");
  if (priority === undefined) throw parameterMissing("Priority", ruleId);
  if (priority >= 100 && priority <= 4096) return priority;
  throw badRequest(
    "SecurityRuleInvalidPriority",
    `Security rule has invalid Priority. Value provided: ${priority} Allowed range 100-4096.`,
  );
}

function ports(fields: BodyFields, side: Side, ruleId: string): JsonObject {
  const { single, plural, value, values } = oneOrSeveral(fields, `${side}PortRange`, ruleId);
  for (const range of values) {
    if (range === "*") throw unsupportedPort(plural, range, ruleId);
    checkPorts(range);
  }
  if (value !== undefined && value !== "*") checkPorts(value);
  if (value === undefined && values.length === 0) throw parametersMissing(plural, single, ruleId);
  return { ...(value === undefined ? {} : { [single]: value }), [plural]: values };
}

function checkPorts(range: string): void {
  const [, first = "", last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range) ?? [];
  if (first !== "" && Number(first) <= Number(last) && Number(last) <= 65535) return;
  throw badRequest(
    "SecurityRuleInvalidPortRange",
    `Security rule has invalid Port range. Value provided: ${range}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
  );
}

function addresses(fields: BodyFields, side: Side, ruleId: string): JsonObject {
  const { single, plural, value, values } = oneOrSeveral(fields, `${side}AddressPrefix`, ruleId);
  if (value !== undefined && value !== "*" && !isPrefix(value)) throw invalidPrefix(value, ruleId);
  for (const prefix of values) {
    if (prefix === "*" || isServiceTag(prefix)) throw unsupportedPrefix(single, prefix, ruleId);
    if (!isPrefix(prefix)) throw invalidPrefix(prefix, ruleId);
  }
  if (value === undefined && values.length === 0) throw parametersMissing(plural, single, ruleId);
  return { ...(value === undefined ? {} : { [single]: value }), [plural]: values };
}

/** A tag, an address or an aligned range: `10.0.0.1/24` is none. */
function isPrefix(text: string): boolean {
  return isServiceTag(text) || isAddress(text) || parseRange(text)?.isAligned === true;
}

function oneOrSeveral(fields: BodyFields, single: string, ruleId: string) {
  const plural = single.endsWith("Prefix") ? `${single}es` : `${single}s`;
  const value = fields.string(single);
  const values = fields.strings(plural) ?? [];
  if (value !== undefined && value !== "" && values.length > 0) {
    // The code was not seen.
    throw badRequest(
      "SecurityRuleParametersConflict",
      `Security rule ${ruleId} has both ${single} and ${plural}. Only one of them can be specified.`,
    );
  }
  return { single, plural, value: value === "" ? undefined : value, values };
}

function invalidPrefix(value: string, ruleId: string) {
  return badRequest(
    "SecurityRuleInvalidAddressPrefix",
    `Security rule ${ruleId} has invalid Address prefix. Value provided: ${value}`,
  );
}

/** A rule names one tag or everything, or several ranges (hashicorp/terraform-provider-azurerm#5617). */
function unsupportedPrefix(parameter: string, value: string, ruleId: string) {
  return badRequest(
    "SecurityRuleParameterContainsUnsupportedValue",
    `Security rule parameter ${capitalized(parameter)} for rule with Id ${ruleId} cannot specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported value used: ${value}.`,
  );
}

/** The same of ports; the words of this refusal were not seen. */
function unsupportedPort(parameter: string, value: string, ruleId: string) {
  return badRequest(
    "SecurityRuleParameterContainsUnsupportedValue",
    `Security rule parameter ${capitalized(parameter)} for rule with Id ${ruleId} contains an unsupported value ${value}.`,
  );
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function parameterMissing(name: string, ruleId: string) {
  return badRequest(
    "SecurityRuleParameterMissing",
    `Required security rule parameter ${name} is missing for security rule with Id: ${ruleId}.`,
  );
}

function parametersMissing(plural: string, single: string, ruleId: string) {
  const [several, one] = [capitalized(plural), capitalized(single)];
  const groups = one.replace("AddressPrefix", "ApplicationSecurityGroups");
  const choice = groups === one ? `${several} or ${one}` : `${several}, ${one}, or ${groups}`;
  return badRequest(
    "SecurityRuleParametersMissing",
    `Required security rule parameters are missing for security rule with Id: ${ruleId}. Security rule must specify ${choice}.`,
  );
}

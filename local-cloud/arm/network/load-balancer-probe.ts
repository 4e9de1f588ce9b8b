// Health probes ("Azure Load Balancer health probes"). The codes of these refusals were not seen.
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { badRequest, choiceOf } from "./network-type.js";

export function probe(fields: BodyFields, id: string): JsonObject {
  checkNames(fields, {
    of: "probes",
    understood: [
      "intervalInSeconds",
      "noHealthyBackendsBehavior",
      "numberOfProbes",
      "port",
      "probeThreshold",
      "protocol",
      "requestPath",
    ],
    answered: ["loadBalancingRules", "provisioningState"],
  });
  const protocol = choiceOf(fields, "protocol", ["Tcp", "Http", "Https"]) ?? "Tcp";
  const requestPath = fields.string("requestPath");
  if ((protocol === "Tcp") === (requestPath !== undefined)) {
    throw badRequest(
      "InvalidProbeRequestPath",
      `Probe ${id} must have a requestPath for Http and Https, and none for Tcp.`,
    );
  }
  const number = (name: string, unset: number | undefined, least: number, most: number) => {
    const value = fields.integer(name) ?? unset;
    if (value !== undefined && value >= least && value <= most) return value;
    throw badRequest(
      "InvalidProbe",
      `${name} of probe ${id} must be between ${least} and ${most}, got ${value ?? "nothing"}.`,
    );
  };
  return {
    protocol,
    port: number("port", undefined, 1, 65535),
    ...(requestPath === undefined ? {} : { requestPath }),
    intervalInSeconds: number("intervalInSeconds", 15, 5, 2147483646),
    numberOfProbes: number("numberOfProbes", 2, 1, 2147483646),
    probeThreshold: number("probeThreshold", 1, 1, 100),
    noHealthyBackendsBehavior:
      choiceOf(fields, "noHealthyBackendsBehavior", ["AllProbedDown", "AllProbedUp"]) ??
      "AllProbedDown",
  };
}

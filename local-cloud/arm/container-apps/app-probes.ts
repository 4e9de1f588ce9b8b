// Health probes of a container ("Health probes in Azure Container Apps"; limits from the REST reference of ContainerAppProbe).
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkRange, choiceOf, invalidRequest } from "./container-app-error.js";

const TYPES = ["Liveness", "Readiness", "Startup"];
const LIMITS: readonly (readonly [name: string, least: number, most: number])[] = [
  ["initialDelaySeconds", 0, 60],
  ["periodSeconds", 1, 240],
  ["timeoutSeconds", 1, 240],
  ["failureThreshold", 1, 48],
  ["successThreshold", 1, 10],
  ["terminationGracePeriodSeconds", 0, 3600],
];

/** @param path of the container, for refusals. The words of these were not seen. */
export function probesOf(container: BodyFields, path: string): readonly JsonObject[] | null {
  const probes = container.objects("probes");
  if (probes === undefined) return null;
  const read = probes.map((probe) => probeOf(probe, `${path}.Probes`));
  const types = read.map(({ type }) => type);
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  if (twice === undefined) return read;
  throw invalidRequest(
    `${path}.Probes`,
    `There is at most one probe of each type, got two of ${twice}`,
  );
}

function probeOf(probe: BodyFields, path: string): JsonObject & { type: string } {
  const type = choiceOf(`${path}.Type`, TYPES, probe.string("type"));
  if (type === undefined)
    throw invalidRequest(`${path}.Type`, `It must be one of ${TYPES.join(", ")}`);
  if (probe.has("httpGet") === probe.has("tcpSocket")) {
    throw invalidRequest(path, "A probe has either httpGet or tcpSocket");
  }
  const numbers = LIMITS.flatMap(([name, least, most]) => {
    const value = checkRange(`${path}.${name}`, probe.number(name), least, most);
    return value === undefined ? [] : [[name, value] as const];
  });
  const settings = Object.fromEntries(numbers);
  if (type !== "Readiness" && (settings["successThreshold"] ?? 1) !== 1) {
    throw invalidRequest(`${path}.SuccessThreshold`, `A ${type} probe has 1`);
  }
  const asked = probe.has("httpGet")
    ? { httpGet: httpGetOf(probe.object("httpGet"), path) }
    : { tcpSocket: { port: portOf(probe.object("tcpSocket"), path) } };
  return { type, ...settings, ...asked };
}

function httpGetOf(given: BodyFields, path: string): JsonObject {
  const at = given.string("path") ?? "/";
  if (!at.startsWith("/"))
    throw invalidRequest(`${path}.HttpGet.Path`, `It begins with a slash, got '${at}'`);
  const scheme = choiceOf(`${path}.HttpGet.Scheme`, ["HTTP", "HTTPS"], given.string("scheme"));
  const httpHeaders = given.raw("httpHeaders");
  return {
    path: at,
    port: portOf(given, path),
    scheme: scheme ?? "HTTP",
    ...(httpHeaders === undefined ? {} : { httpHeaders }),
  };
}

function portOf(given: BodyFields, path: string): number {
  const port = checkRange(`${path}.Port`, given.number("port"), 1, 65535);
  if (port === undefined) throw invalidRequest(`${path}.Port`, "It is required");
  return port;
}

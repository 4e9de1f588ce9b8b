// How an app is reached ("Ingress in Azure Container Apps").
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { checkRange, choiceOf, invalidRequest } from "./container-app-error.js";

const KNOWN = {
  of: "the ingress of a container app",
  understood: [
    "additionalPortMappings",
    "allowInsecure",
    "clientCertificateMode",
    "corsPolicy",
    "customDomains",
    "exposedPort",
    "external",
    "ipSecurityRestrictions",
    "stickySessions",
    "targetPort",
    "targetPortHttpScheme",
    "traffic",
    "transport",
  ],
  answered: ["fqdn"],
};
const PATH = "Configuration.Ingress";

/** What the app's environment and revisions decide of it. */
export interface IngressPlace {
  readonly app: string;
  readonly environment: JsonObject;
  readonly singleRevision: boolean;
}

/** The ingress without its custom domains; null when the app has none. */
export function ingressOf(configuration: BodyFields, place: IngressPlace): JsonObject | null {
  if (!configuration.has("ingress")) return null;
  const given = configuration.object("ingress");
  checkNames(given, KNOWN);
  const external = given.boolean("external") ?? false;
  const transport =
    choiceOf(`${PATH}.Transport`, ["Auto", "Http", "Http2", "Tcp"], given.string("transport")) ??
    "Auto";
  const isTcp = transport === "Tcp";
  checkPorts(given, isTcp, external, place);
  const { defaultDomain } = place.environment;
  return {
    fqdn: `${place.app}.${external ? "" : "internal."}${defaultDomain}`,
    external,
    transport,
    targetPort: checkRange(`${PATH}.TargetPort`, given.number("targetPort"), 0, 65535) ?? 0,
    exposedPort: given.number("exposedPort") ?? 0,
    allowInsecure: given.boolean("allowInsecure") ?? false,
    traffic: trafficOf(given, place),
    stickySessions: affinityOf(given, isTcp, place),
    clientCertificateMode:
      choiceOf(
        `${PATH}.ClientCertificateMode`,
        ["ignore", "accept", "require"],
        given.string("clientCertificateMode"),
      ) ?? null,
    ipSecurityRestrictions: given.raw("ipSecurityRestrictions") ?? null,
    corsPolicy: given.raw("corsPolicy") ?? null,
    additionalPortMappings: given.raw("additionalPortMappings") ?? null,
    targetPortHttpScheme: given.string("targetPortHttpScheme") ?? null,
  };
}

// The words of these were not seen.
function checkPorts(
  given: BodyFields,
  isTcp: boolean,
  external: boolean,
  { environment }: IngressPlace,
): void {
  const exposed = checkRange(`${PATH}.ExposedPort`, given.number("exposedPort"), 0, 65535) ?? 0;
  if (exposed !== 0 && !isTcp) {
    throw invalidRequest(`${PATH}.ExposedPort`, "Only the transport tcp has one");
  }
  const network = environment["vnetConfiguration"];
  if (isTcp && external && network === null) {
    throw invalidRequest(
      `${PATH}.Transport`,
      "External tcp needs an environment in a network of one's own",
    );
  }
  const mappings = given.objects("additionalPortMappings") ?? [];
  if (mappings.length > 5) {
    throw invalidRequest(
      `${PATH}.AdditionalPortMappings`,
      `There are at most 5, got ${mappings.length}`,
    );
  }
}

function trafficOf(given: BodyFields, { singleRevision }: IngressPlace): readonly JsonObject[] {
  const traffic = (given.objects("traffic") ?? []).map((part) => ({
    ...(part.has("revisionName") ? { revisionName: part.string("revisionName") } : {}),
    ...(part.has("label") ? { label: part.string("label") } : {}),
    weight: checkRange(`${PATH}.Traffic.Weight`, part.number("weight"), 0, 100) ?? 0,
    latestRevision: part.boolean("latestRevision") ?? false,
  }));
  if (traffic.length === 0) return [{ weight: 100, latestRevision: true }];
  const total = traffic.reduce((sum, { weight }) => sum + weight, 0);
  if (total !== 100) {
    throw invalidRequest(`${PATH}.Traffic`, `The weights add up to 100, got ${total}`);
  }
  if (singleRevision && traffic.some(({ latestRevision }) => !latestRevision)) {
    throw invalidRequest(
      `${PATH}.Traffic`,
      "With a single active revision all of it goes to the latest",
    );
  }
  return traffic;
}

function affinityOf(
  given: BodyFields,
  isTcp: boolean,
  { singleRevision }: IngressPlace,
): JsonObject | null {
  if (!given.has("stickySessions")) return null;
  const affinity = choiceOf(
    `${PATH}.StickySessions.Affinity`,
    ["none", "sticky"],
    given.object("stickySessions").string("affinity"),
  );
  if (affinity === "sticky" && (isTcp || !singleRevision)) {
    throw invalidRequest(`${PATH}.StickySessions`, "They need http and a single active revision");
  }
  return { affinity: affinity ?? "none" };
}

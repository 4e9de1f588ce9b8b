// Record sets of a zone: each type is a resource type of its own (Microsoft.Network/dnszones/A).
import { randomUUID } from "node:crypto";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields, isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { targetOf } from "./alias-target.js";
import { badRecord } from "./dns-error.js";
import { fullName, isLabel } from "./dns-name.js";
import { RECORD_KINDS, type RecordKindName, recordsOf } from "./record-contents.js";

export const ZONE_TYPE = "Microsoft.Network/dnszones";
export const DNS_API_VERSIONS = [
  "2016-04-01",
  "2017-09-01",
  "2017-10-01",
  "2018-03-01-preview",
  "2018-05-01",
  "2023-07-01-preview",
];
const LONGEST_TTL = 2 ** 31 - 1;
const KINDS: readonly RecordKindName[] = ["A", "AAAA", "CAA", "CNAME", "TXT"];
/** Made with the zone; here they are read and go with it. */
const APEX_KINDS = ["NS", "SOA"] as const;

const common = {
  namespace: "Microsoft.Network",
  apiVersions: DNS_API_VERSIONS,
  nameRule: {
    pattern: /^(?:@|\*|(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)$/i,
    minLength: 1,
    maxLength: 253,
    says: "'@', or labels relative to the zone, of which the first may be '*'",
  },
};

const written: readonly ResourceType[] = KINDS.map((kind) => ({
  ...common,
  type: `dnszones/${kind}`,
  write: (request) => write(kind, request),
}));

const apex: readonly ResourceType[] = APEX_KINDS.map((kind) => ({
  ...common,
  type: `dnszones/${kind}`,
  methods: ["PUT", "PATCH"],
  write: () => {
    throw notHere(`changes of ${kind} record sets`);
  },
}));

export const recordSetTypes: readonly ResourceType[] = [...written, ...apex];

/** All record sets of a zone. */
export function recordSetsOf(cloud: ArmCloud, zone: ResourceRecord): ResourceRecord[] {
  return [...APEX_KINDS, ...KINDS].flatMap((kind) =>
    cloud.resources.children(zone, `${ZONE_TYPE}/${kind}`),
  );
}

/** The parts of a record set that do not depend on its type. */
export function recordSetProperties(zone: string, relative: string, ttl: number): JsonObject {
  return {
    fqdn: `${fullName(relative, zone)}.`,
    TTL: ttl,
    targetResource: {},
    provisioningState: "Succeeded",
  };
}

function write(kind: RecordKindName, request: WriteRequest): Written {
  const { property, isList } = RECORD_KINDS[kind];
  const fields = new BodyFields(request.body).object("properties");
  checkNames(fields, {
    of: `${kind} record sets`,
    understood: [property, "metadata", "targetResource", "TTL"],
    answered: ["fqdn", "provisioningState", "trafficManagementProfile"],
  });
  const [zone = "", relative = ""] = request.id.names;
  checkRelativeName(kind, relative, zone);
  refuseBesideCname(kind, request);
  const records = recordsOf(RECORD_KINDS[kind], fields);
  const target = targetOf(kind, request, fields);
  if (target !== undefined && records.length > 0) {
    throw badRecord("A record set has either records or a target resource, not both.");
  }
  if (kind === "CNAME" && target === undefined && records.length === 0) {
    throw badRecord("A CNAME record set has its one record, or a target resource.");
  }
  const metadata = metadataOf(fields);
  return {
    etag: randomUUID(),
    properties: {
      ...recordSetProperties(zone, relative, ttlOf(fields)),
      ...(metadata === undefined ? {} : { metadata }),
      ...(target === undefined ? {} : { targetResource: { id: target } }),
      ...(isList
        ? { [property]: records }
        : records.length === 0
          ? {}
          : { [property]: records[0] }),
    },
  };
}

function checkRelativeName(kind: RecordKindName, relative: string, zone: string): void {
  const labels = relative === "@" ? [] : relative.replace(/^\*\.?/, "").split(".");
  const right = labels.every((label) => (label === "" ? relative === "*" : isLabel(label)));
  if (!right || fullName(relative, zone).length > 253) {
    throw badRecord(`The name '${fullName(relative, zone)}' of a record set is not valid.`);
  }
  if (kind === "CNAME" && relative === "@") {
    throw badRecord(
      "A CNAME record set cannot be at the apex of its zone ('@'), where SOA and NS records are.",
    );
  }
}

/** A name that is another name has nothing else. */
function refuseBesideCname(kind: RecordKindName, { cloud, id }: WriteRequest): void {
  const others = KINDS.filter((other) => other !== kind && (kind === "CNAME" || other === "CNAME"));
  const beside = others.find(
    (other) => cloud.resources.get({ ...id, type: `${ZONE_TYPE}/${other}` }) !== undefined,
  );
  if (beside === undefined) return;
  // rcl-letsencrypt-auto-ssl/Lets-Encrypt-Auto#26 for a CNAME; the sentence of the other way round was not seen.
  const other = beside === "CNAME" ? "a CNAME record" : "another record";
  throw new ArmError(
    409,
    "Conflict",
    `The ${kind} record could not be created because ${other} with the same name already exists in this zone.`,
  );
}

function ttlOf(fields: BodyFields): number {
  const ttl = fields.integer("TTL");
  if (ttl !== undefined && ttl >= 1 && ttl <= LONGEST_TTL) return ttl;
  throw badRecord(
    `'${fields.at("TTL")}' is from 1 to ${LONGEST_TTL} seconds, got ${ttl ?? "none"}.`,
  );
}

function metadataOf(fields: BodyFields): JsonObject | undefined {
  const metadata = fields.raw("metadata");
  if (metadata === undefined) return undefined;
  const texts =
    isJsonObject(metadata) && Object.values(metadata).every((value) => typeof value === "string");
  if (texts) return metadata;
  throw badRecord(`'${fields.at("metadata")}' holds texts.`);
}

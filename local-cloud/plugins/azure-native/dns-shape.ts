// Public DNS zones and their record sets (Microsoft.Network/dnsZones, API version 2023-07-01-preview).
import {
  allInProperties,
  anything,
  inProperties,
  integer,
  listOf,
  type PropertyShape,
  type PropertyShapes,
  text,
  textMap,
  texts,
} from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";

const ZONE =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/dnsZones/{zoneName}";
const API_VERSION = "2023-07-01-preview";

const subResource: PropertyShape = { type: "object", properties: { id: text } };

export const ZONE_ROW: ResourceRow = {
  token: "azure-native:dns:Zone",
  path: ZONE,
  apiVersion: API_VERSION,
  autoName: "random",
  body: {
    location: text,
    tags: textMap,
    ...allInProperties({
      registrationVirtualNetworks: listOf({ id: text }),
      resolutionVirtualNetworks: listOf({ id: text }),
      zoneType: { type: "string", default: "Public" },
    }),
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    etag: text,
    ...allInProperties({
      maxNumberOfRecordSets: integer,
      maxNumberOfRecordsPerRecordSet: integer,
      nameServers: texts,
      numberOfRecordSets: integer,
      signingKeys: anything,
    }),
  },
  replaces: ["location"],
};

/** Name in the SDK, name in REST, what a record holds. */
const RECORDS: PropertyShapes = Object.fromEntries(
  (
    [
      ["aRecords", "ARecords", { ipv4Address: text }],
      ["aaaaRecords", "AAAARecords", { ipv6Address: text }],
      ["caaRecords", "caaRecords", { flags: integer, tag: text, value: text }],
      [
        "dsRecords",
        "DSRecords",
        {
          algorithm: integer,
          digest: { type: "object", properties: { algorithmType: integer, value: text } },
          keyTag: integer,
        },
      ],
      ["mxRecords", "MXRecords", { exchange: text, preference: integer }],
      [
        "naptrRecords",
        "NAPTRRecords",
        {
          flags: text,
          order: integer,
          preference: integer,
          regexp: text,
          replacement: text,
          services: text,
        },
      ],
      ["nsRecords", "NSRecords", { nsdname: text }],
      ["ptrRecords", "PTRRecords", { ptrdname: text }],
      [
        "srvRecords",
        "SRVRecords",
        { port: integer, priority: integer, target: text, weight: integer },
      ],
      [
        "tlsaRecords",
        "TLSARecords",
        { certAssociationData: text, matchingType: integer, selector: integer, usage: integer },
      ],
      ["txtRecords", "TXTRecords", { value: texts }],
    ] as const
  ).map(([name, restName, properties]) => [
    name,
    { ...inProperties(listOf(properties)), restName },
  ]),
);

export const RECORD_SET_ROW: ResourceRow = {
  token: "azure-native:dns:RecordSet",
  path: `${ZONE}/{recordType}/{relativeRecordSetName}`,
  apiVersion: API_VERSION,
  autoName: "copy",
  body: {
    ...RECORDS,
    cnameRecord: {
      ...inProperties({ type: "object", properties: { cname: text } }),
      restName: "CNAMERecord",
    },
    soaRecord: {
      ...inProperties({
        type: "object",
        properties: {
          email: text,
          expireTime: integer,
          host: text,
          minimumTtl: { ...integer, restName: "minimumTTL" },
          refreshTime: integer,
          retryTime: integer,
          serialNumber: integer,
        },
      }),
      restName: "SOARecord",
    },
    ttl: { ...inProperties(integer), restName: "TTL" },
    ...allInProperties({
      metadata: textMap,
      targetResource: subResource,
      trafficManagementProfile: subResource,
    }),
  },
  outputs: {
    ...TRACKED_OUTPUTS,
    etag: text,
    ...allInProperties({ fqdn: text, provisioningState: text }),
  },
  replaces: [],
};

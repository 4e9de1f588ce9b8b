// Public DNS zones (Microsoft.Network/dnszones). Nothing answers on port 53: resolve-name.ts says what a name would resolve to.
import { randomUUID } from "node:crypto";
import type { ArmCall, ArmCloud, ArmRoute } from "../mechanics/arm-call.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { pageOf } from "../mechanics/pages.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { viewOf } from "../mechanics/resource-view.js";
import { keepResource } from "../mechanics/resource-write.js";
import { badRecord } from "./dns-error.js";
import {
  DNS_API_VERSIONS,
  recordSetProperties,
  recordSetsOf,
  recordSetTypes,
  ZONE_TYPE,
} from "./record-set.js";

/** Names below localhost belong to nobody (RFC 6761). */
const NAME_SERVERS = [1, 2, 3, 4].map((number) => `ns${number}-01.azure-dns.localhost.`);

const zone: ResourceType = {
  namespace: "Microsoft.Network",
  type: "dnszones",
  apiVersions: DNS_API_VERSIONS,
  locations: ["global"],
  // "Naming rules and restrictions for Azure resources", Microsoft.Network/dnsZones.
  nameRule: {
    pattern:
      /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,33}[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i,
    minLength: 3,
    maxLength: 253,
    says: "2 to 34 labels of letters, digits, underscores and hyphens, with periods between them",
  },
  longRunning: ["DELETE"],
  write,
  stored: (record, { cloud, existing }) => {
    if (existing === undefined) addApexRecords(cloud, record);
  },
  shows: (record, cloud) => ({ numberOfRecordSets: recordSetsOf(cloud, record).length }),
  routes: ["recordsets", "all"].map(listRoute),
};

/** Zones and what is in them. */
export const dnsTypes: readonly ResourceType[] = [zone, ...recordSetTypes];

function write({ body, existing }: WriteRequest): Written {
  const fields = new BodyFields(body).object("properties");
  checkNames(fields, {
    of: "DNS zones",
    understood: ["registrationVirtualNetworks", "resolutionVirtualNetworks", "zoneType"],
    answered: [
      "maxNumberOfRecordSets",
      "maxNumberOfRecordsPerRecordSet",
      "nameServers",
      "numberOfRecordSets",
      "signingKeys",
    ],
  });
  const zoneType = fields.string("zoneType") ?? "Public";
  // Private zones are a type of their own: Microsoft.Network/privateDnsZones.
  if (zoneType !== "Public") throw badRecord(`'zoneType' is 'Public', got '${zoneType}'.`);
  for (const name of ["registrationVirtualNetworks", "resolutionVirtualNetworks"]) {
    if ((fields.objects(name) ?? []).length > 0) throw notHere(`'${name}' of DNS zones`);
  }
  return {
    etag: randomUUID(),
    properties: existing?.properties ?? {
      zoneType: "Public",
      maxNumberOfRecordSets: 10_000,
      maxNumberOfRecordsPerRecordSet: null,
      nameServers: NAME_SERVERS,
    },
  };
}

function addApexRecords(cloud: ArmCloud, { names, ...record }: ResourceRecord): void {
  const [name = ""] = names;
  const add = (kind: string, ttl: number, records: Record<string, unknown>) => {
    const type = recordSetTypes.find((candidate) => candidate.type === `dnszones/${kind}`);
    if (type === undefined) throw new Error(`there are no ${kind} record sets`);
    const { subscriptionId, resourceGroup } = record;
    const id = { subscriptionId, resourceGroup, type: `${ZONE_TYPE}/${kind}`, names: [name, "@"] };
    const properties = { ...recordSetProperties(name, "@", ttl), ...records };
    keepResource(cloud, type, id, { etag: randomUUID(), properties });
  };
  add("NS", 172_800, { NSRecords: NAME_SERVERS.map((nsdname) => ({ nsdname })) });
  add("SOA", 3600, {
    SOARecord: {
      email: "azuredns-hostmaster.microsoft.com",
      expireTime: 2_419_200,
      host: NAME_SERVERS[0],
      minimumTTL: 300,
      refreshTime: 3600,
      retryTime: 300,
      serialNumber: 1,
    },
  });
}

function listRoute(name: string): ArmRoute {
  return {
    method: "GET",
    pattern: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${ZONE_TYPE}/{zoneName}/${name}`,
    action: `${ZONE_TYPE}/${name}/read`,
    scope: "parent",
    apiVersions: DNS_API_VERSIONS,
    typeName: `dnszones/${name}`,
    handle: (call) => {
      const sets = recordSetsOf(call.cloud, existingZone(call));
      return {
        status: 200,
        body: pageOf(
          call,
          sets.map((set) => viewOf(call.cloud, set)),
        ),
      };
    },
  };
}

function existingZone({ cloud, params }: ArmCall): ResourceRecord {
  const { subscriptionId = "", resourceGroupName = "", zoneName = "" } = params;
  cloud.groups.existing(subscriptionId, resourceGroupName);
  const id = {
    subscriptionId,
    resourceGroup: resourceGroupName,
    type: ZONE_TYPE,
    names: [zoneName],
  };
  const found = cloud.resources.get(id);
  if (found !== undefined) return found;
  throw new ArmError(
    404,
    "ParentResourceNotFound",
    `Can not perform requested operation on nested resource. Parent resource '${zoneName}' not found.`,
  );
}

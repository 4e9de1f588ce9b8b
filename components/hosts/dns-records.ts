// Records in a DNS zone that exists, of the subscription that the stack deploys to.

import { RecordSet } from "@pulumi/azure-native/dns/recordSet.js";
import * as pulumi from "@pulumi/pulumi";
import { armResourceGroup } from "../../rules/arm-ids.js";
import { checkedZone, relativeName, zoneNameOf } from "../../rules/hosts/dns-zone.js";
import {
  addressType,
  DnsRecordType,
  isZoneTop,
  proofName,
  recordsTodo,
} from "../../rules/hosts/host-domain.js";
import { azureClient } from "../client-config.js";
import { refusing } from "../refusal.js";

/** Seconds for which resolvers keep an answer: a bot that moves is found again soon. */
const TTL = 300;

/** The domain of an app, and what the app's service wants to find in the DNS. */
export interface AppDomain {
  readonly domain: string;
  /** ARM id of the zone. @default nobody's: a person is told which records to make */
  readonly dnsZoneId?: pulumi.Input<string> | undefined;
  /** Host name that the service gave the app. */
  readonly hostName: pulumi.Input<string>;
  /** Address of the service, for a domain that is the top of its zone. @default the top of a zone cannot be served */
  readonly ipAddress?: pulumi.Input<string>;
  readonly verificationId: pulumi.Input<string>;
}

/** The record that leads to the app and the one that shows whose the domain is; without a zone they are only named. */
export function appDomainRecords(
  name: string,
  args: AppDomain,
  parent: pulumi.Resource,
): RecordSet[] {
  const { domain, dnsZoneId, verificationId } = args;
  const host = pulumi.output({ name: args.hostName, address: args.ipAddress });
  const addressIn = (zoneName?: string) =>
    host.apply(({ name: alias, address }) =>
      address !== undefined && isZoneTop(domain, zoneName) ? address : alias,
    );
  const proof = { name: proofName(domain), type: DnsRecordType.TXT, value: verificationId };
  if (dnsZoneId === undefined) {
    pulumi.all([addressIn(), verificationId]).apply(([value, id]) => {
      const address = { name: domain, type: addressType(value), value };
      return pulumi.log.info(recordsTodo([address, { ...proof, value: id }]), parent);
    });
    return [];
  }
  const zoneId = zoneFor(domain, dnsZoneId, parent);
  const zoneName = zoneId.apply(zoneNameOf);
  const address = {
    name: domain,
    // Known before the address is, so that no preview takes a change of the address for another record.
    type: zoneName.apply((zone) =>
      args.ipAddress !== undefined && isZoneTop(domain, zone)
        ? DnsRecordType.A
        : DnsRecordType.CNAME,
    ),
    value: zoneName.apply(addressIn),
  };
  return [
    recordSet(`${name}-domain`, zoneId, address, parent),
    recordSet(`${name}-domain-proof`, zoneId, proof, parent),
  ];
}

/** The zone's id, once the host is known to lie in the zone and the zone in the subscription. */
export function zoneFor(
  host: pulumi.Input<string>,
  dnsZoneId: pulumi.Input<string>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { subscriptionId } = azureClient(parent);
  return pulumi
    .output({ host, zoneId: dnsZoneId, subscriptionId })
    .apply(refusing(parent, checkedZone("dnsZoneId", "domain")));
}

export interface RecordInputs {
  /** The whole name. */
  readonly name: pulumi.Input<string>;
  readonly type: pulumi.Input<DnsRecordType>;
  readonly value: pulumi.Input<string>;
}

/** One record set of one record. */
export function recordSet(
  name: string,
  zoneId: pulumi.Output<string>,
  record: RecordInputs,
  parent: pulumi.Resource,
): RecordSet {
  const { type, value } = record;
  const ofType = <T>(wanted: DnsRecordType, held: T) =>
    pulumi.output(type).apply((given) => (given === wanted ? held : undefined));
  return new RecordSet(
    name,
    {
      resourceGroupName: zoneId.apply(armResourceGroup),
      zoneName: zoneId.apply(zoneNameOf),
      relativeRecordSetName: pulumi
        .all([record.name, zoneId])
        .apply(([whole, zone]) => relativeName(whole, zoneNameOf(zone))),
      recordType: type,
      ttl: TTL,
      aRecords: ofType(DnsRecordType.A, [{ ipv4Address: value }]),
      aaaaRecords: ofType(DnsRecordType.AAAA, [{ ipv6Address: value }]),
      cnameRecord: ofType(DnsRecordType.CNAME, { cname: value }),
      txtRecords: ofType(DnsRecordType.TXT, [{ value: [value] }]),
    },
    { parent },
  );
}

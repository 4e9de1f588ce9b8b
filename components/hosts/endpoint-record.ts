// The DNS record by which a bot that runs elsewhere is found.
import type { RecordSet } from "@pulumi/azure-native/dns/recordSet.js";
import * as pulumi from "@pulumi/pulumi";
import { checkedEndpointRecord } from "../../rules/hosts/endpoint-record.js";
import { addressType } from "../../rules/hosts/host-domain.js";
import { defined } from "../defined.js";
import { refusing } from "../refusal.js";
import { recordSet, zoneFor } from "./dns-records.js";

export interface EndpointRecordArgs {
  readonly messagingEndpoint: pulumi.Input<string>;
  readonly callingWebhook: pulumi.Input<string>;
  readonly domain?: string;
  readonly dnsZoneId?: pulumi.Input<string>;
  readonly dnsTarget?: pulumi.Input<string>;
}

/** Makes the record where a zone is given. */
export function endpointRecordSet(
  name: string,
  args: EndpointRecordArgs,
  parent: pulumi.Resource,
): RecordSet | undefined {
  if (args.dnsZoneId === undefined) return undefined;
  const { messagingEndpoint, callingWebhook, domain, dnsZoneId, dnsTarget = "" } = args;
  const record = pulumi
    .output({ messagingEndpoint, callingWebhook, dnsZoneId, dnsTarget, ...defined({ domain }) })
    .apply(refusing(parent, checkedEndpointRecord("ExistingEndpoint")));
  const zoneId = zoneFor(record.host, record.zoneId, parent);
  const { host, target } = record;
  return recordSet(
    `${name}-domain`,
    zoneId,
    { name: host, type: target.apply(addressType), value: target },
    parent,
  );
}

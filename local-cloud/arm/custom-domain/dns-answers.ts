// What the DNS says of a host, as far as it is known here: the zones of Microsoft.Network/dnsZones, and the records that the
// control interface was told.
import type { ArmCloud } from "../mechanics/arm-call.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { type OutsideRecord, OutsideRecords } from "./outside-records.js";

const ZONES = "Microsoft.Network/dnsZones";

type RecordType = OutsideRecord["type"];

export class DnsAnswers {
  constructor(
    private readonly cloud: ArmCloud,
    private readonly subscriptionId: string,
  ) {}

  /** Values of all records of this name and type. Host names are in lower case, without a dot at the end. */
  of(host: string, type: RecordType): readonly string[] {
    const name = host.toLowerCase();
    const outside = new OutsideRecords(this.cloud.context.store)
      .list()
      .filter((record) => record.name === name && record.type === type)
      .map(({ value }) => (type === "CNAME" ? hostName(value) : value));
    return [...this.zones().flatMap((zone) => this.inZone(zone, name, type)), ...outside];
  }

  /** Whether a certificate authority may issue for a host: nothing is said of it, or it is named (RFC 8659). */
  mayIssue(host: string, authority: string): boolean {
    const labels = host.split(".");
    for (let index = 0; index < labels.length - 1; index++) {
      const said = this.of(labels.slice(index).join("."), "CAA").filter((value) =>
        / issue /i.test(` ${value} `),
      );
      if (said.length > 0) return said.some((value) => value.includes(authority));
    }
    return true;
  }

  private zones(): readonly ResourceRecord[] {
    return this.cloud.resources.inSubscription(this.subscriptionId, ZONES);
  }

  private inZone(zone: ResourceRecord, host: string, type: RecordType): readonly string[] {
    const zoneName = (zone.names[0] ?? "").toLowerCase();
    const relative = host === zoneName ? "@" : host.slice(0, -zoneName.length - 1);
    if (relative !== "@" && `${relative}.${zoneName}` !== host) return [];
    const names = [...zone.names, relative];
    const found = this.cloud.resources.get({ ...zone, type: `${ZONES}/${type}`, names });
    return found === undefined ? [] : valuesOf(found.properties, type);
  }
}

function valuesOf(properties: JsonObject, type: RecordType): readonly string[] {
  const fields = new BodyFields(properties);
  const list = (name: string) => fields.objects(name) ?? [];
  switch (type) {
    case "A":
      return list("ARecords").flatMap((record) => record.string("ipv4Address") ?? []);
    case "TXT":
      // One record is one text, however many pieces it was written in.
      return list("TXTRecords").map((record) => (record.strings("value") ?? []).join(""));
    case "CAA":
      return list("caaRecords").map(
        (record) =>
          `${record.integer("flags") ?? 0} ${record.string("tag")} ${record.string("value")}`,
      );
    case "CNAME": {
      const alias = fields.object("CNAMERecord").string("cname");
      return alias === undefined ? [] : [hostName(alias)];
    }
  }
}

function hostName(text: string): string {
  return text.toLowerCase().replace(/\.$/, "");
}

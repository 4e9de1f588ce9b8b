// What the DNS says of a host, as far as it is known here: zones of the local cloud, and records that are kept elsewhere.
import { authoritiesFor, resolveName } from "../dns/resolve-name.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { type OutsideRecord, OutsideRecords } from "./outside-records.js";

export class DnsAnswers {
  constructor(private readonly cloud: ArmCloud) {}

  /** Values of all records of this type; names among them in lower case, without a period at the end. */
  of(host: string, type: OutsideRecord["type"]): readonly string[] {
    const values = [...resolveName(this.cloud, host, type).values, ...this.outside(host, type)];
    return type === "CNAME" ? values.map((name) => name.toLowerCase().replace(/\.$/, "")) : values;
  }

  /** Whether a certificate authority may issue for a host: nothing is said of it, or it is named (RFC 8659). */
  mayIssue(host: string, authority: string): boolean {
    const labels = host.split(".");
    const above = labels.map((_, index) => labels.slice(index).join("."));
    const outside = above
      .map((name) => this.outside(name, "CAA"))
      .find((values) => values.length > 0);
    const said = [...authoritiesFor(this.cloud, host), ...(outside ?? [])];
    const issuers = said.filter((value) => /^\d+ issue /i.test(value));
    return issuers.length === 0 || issuers.some((value) => value.includes(authority));
  }

  private outside(host: string, type: OutsideRecord["type"]): readonly string[] {
    const name = host.toLowerCase();
    return new OutsideRecords(this.cloud.context.store)
      .list()
      .filter((record) => record.name === name && record.type === type)
      .map(({ value }) => value);
  }
}

// What record sets of each type hold. The rules are those of "Overview of DNS zones and records"; the words of the refusals were
// not seen at the real service.
import { isIPv4, isIPv6 } from "node:net";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { badRecord } from "./dns-error.js";
import { isHostName } from "./dns-name.js";

const MOST_RECORDS = 20;
const MOST_TEXT = 4096;
const CAA_TAGS = ["issue", "issuewild", "iodef"];

export interface RecordKind {
  /** Property of the body that holds the records: a list, or the one record of a CNAME. */
  readonly property: string;
  readonly isList: boolean;
  /** One record, checked. */
  readonly record: (fields: BodyFields) => JsonObject;
  /** What a resolver is told. */
  readonly text: (record: BodyFields) => string;
}

/** The record types that programs write, by the name that paths have. */
export const RECORD_KINDS: Readonly<Record<"A" | "AAAA" | "CAA" | "CNAME" | "TXT", RecordKind>> = {
  A: {
    property: "ARecords",
    isList: true,
    record: (fields) => ({
      ipv4Address: checked(fields, "ipv4Address", isIPv4, "an IPv4 address"),
    }),
    text: (record) => record.string("ipv4Address") ?? "",
  },
  AAAA: {
    property: "AAAARecords",
    isList: true,
    record: (fields) => ({
      ipv6Address: checked(fields, "ipv6Address", isIPv6, "an IPv6 address"),
    }),
    text: (record) => record.string("ipv6Address") ?? "",
  },
  CAA: {
    property: "caaRecords",
    isList: true,
    record: caaRecord,
    text: (record) =>
      `${record.integer("flags")} ${record.string("tag")} "${record.string("value")}"`,
  },
  CNAME: {
    property: "CNAMERecord",
    isList: false,
    record: (fields) => ({ cname: checked(fields, "cname", isHostName, "a host name") }),
    text: (record) => record.string("cname") ?? "",
  },
  TXT: {
    property: "TXTRecords",
    isList: true,
    record: textRecord,
    text: (record) => (record.strings("value") ?? []).join(""),
  },
};

export type RecordKindName = keyof typeof RECORD_KINDS;

/** The records of a body; empty when it has none. */
export function recordsOf(kind: RecordKind, fields: BodyFields): readonly JsonObject[] {
  if (!kind.isList)
    return fields.has(kind.property) ? [kind.record(fields.object(kind.property))] : [];
  const records = fields.objects(kind.property) ?? [];
  if (records.length > MOST_RECORDS) {
    throw badRecord(`A record set has at most ${MOST_RECORDS} records, got ${records.length}.`);
  }
  return records.map(kind.record);
}

function caaRecord(fields: BodyFields): JsonObject {
  const [flags, tag] = [fields.integer("flags") ?? 0, fields.string("tag") ?? ""];
  if (flags < 0 || flags > 255) {
    throw badRecord(`'${fields.at("flags")}' is from 0 to 255, got ${flags}.`);
  }
  if (!CAA_TAGS.includes(tag)) {
    throw badRecord(`'${fields.at("tag")}' is one of ${CAA_TAGS.join(", ")}, got '${tag}'.`);
  }
  const hasText = (value: string) => value !== "" && value.length <= 1024;
  return { flags, tag, value: checked(fields, "value", hasText, "a text of 1 to 1024 characters") };
}

function textRecord(fields: BodyFields): JsonObject {
  const value = fields.strings("value") ?? [];
  const length = value.reduce((sum, part) => sum + part.length, 0);
  if (length === 0 || length > MOST_TEXT || value.some((part) => part.length > 255)) {
    throw badRecord(
      `'${fields.at("value")}' holds texts of at most 255 characters, 1 to ${MOST_TEXT} together.`,
    );
  }
  return { value };
}

function checked(
  fields: BodyFields,
  name: string,
  isRight: (value: string) => boolean,
  what: string,
): string {
  const value = fields.string(name) ?? "";
  if (isRight(value)) return value;
  throw badRecord(`'${fields.at(name)}' is ${what}, got '${value}'.`);
}

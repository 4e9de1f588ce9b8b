// Record sets that point at another resource instead of holding records ("Azure DNS alias records overview").
import { notHere } from "../mechanics/arm-error.js";
import type { BodyFields } from "../mechanics/body-fields.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import { resourceNotFound } from "../mechanics/resource-place.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { badRecord } from "./dns-error.js";
import type { RecordKindName } from "./record-contents.js";

/** Types that Azure lets an alias point at and that the local cloud does not have. */
const ELSEWHERE = [
  "microsoft.network/trafficmanagerprofiles",
  "microsoft.cdn/profiles/endpoints",
  "microsoft.network/frontdoors",
];

/** The id that a body's `targetResource` names; undefined when it has none. */
export function targetOf(
  kind: RecordKindName,
  { cloud, id }: WriteRequest,
  fields: BodyFields,
): string | undefined {
  const target = fields.object("targetResource").string("id");
  if (target === undefined) return undefined;
  if (!["A", "AAAA", "CNAME"].includes(kind)) {
    throw badRecord(`A ${kind} record set has no target resource.`);
  }
  const parsed = parseResourceId(target);
  const type = parsed?.type.toLowerCase() ?? "";
  if (ELSEWHERE.includes(type))
    throw notHere(`record sets with a target of type '${parsed?.type}'`);
  const sameZone =
    type === `microsoft.network/dnszones/${kind.toLowerCase()}` &&
    parsed?.names[0]?.toLowerCase() === id.names[0]?.toLowerCase();
  const address = type === "microsoft.network/publicipaddresses" && kind !== "CNAME";
  if (parsed === undefined || !(sameZone || address)) {
    throw badRecord(
      `'${target}' cannot be the target of a ${kind} record set: that is ${kind === "CNAME" ? "" : "a public IP address or "}a record set of the same type in the same zone.`,
    );
  }
  if (cloud.resources.get(parsed) === undefined) throw resourceNotFound(parsed);
  return target;
}

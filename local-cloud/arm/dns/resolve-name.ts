// What a public name resolves to, as far as zones of this cloud say it: the question of everything that wants a proof that a domain
// is its customer's.
import { SUBSCRIPTION_ID } from "../../well-known.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { canonicalName, fullName } from "./dns-name.js";
import { RECORD_KINDS, type RecordKindName } from "./record-contents.js";
import { ZONE_TYPE } from "./record-set.js";

export interface Resolution {
  /** Addresses, texts, `0 issue "digicert.com"`; of a CNAME the one name. Empty: there is no such record here. */
  readonly values: readonly string[];
  /** The names on the way, each the CNAME of the one before; without a period at the end. The last may be of no zone here. */
  readonly aliases: readonly string[];
}

/** As many names as a resolver follows. */
const MOST_ALIASES = 8;

type Resources = Pick<ArmCloud, "resources">;

/** What `dig NAME TYPE` would show. */
export function resolveName(cloud: Resources, name: string, kind: RecordKindName): Resolution {
  const aliases: string[] = [];
  let asked = canonicalName(name);
  for (let step = 0; step <= MOST_ALIASES; step++) {
    const found = recordSet(cloud, asked, kind);
    if (found !== undefined) return { values: valuesOf(cloud, found, kind), aliases };
    const cname = recordSet(cloud, asked, "CNAME");
    const [next] = cname === undefined ? [] : valuesOf(cloud, cname, "CNAME");
    if (next === undefined) break;
    asked = canonicalName(next);
    aliases.push(asked);
  }
  return { values: [], aliases };
}

/** Records that say which authorities may issue certificates for a name: its own, or those of the nearest name above (RFC 8659). */
export function authoritiesFor(cloud: Resources, name: string): readonly string[] {
  const labels = canonicalName(name).replace(/^\*\./, "").split(".");
  for (let first = 0; first < labels.length; first++) {
    const { values } = resolveName(cloud, labels.slice(first).join("."), "CAA");
    if (values.length > 0) return values;
  }
  return [];
}

function recordSet(
  { resources }: Resources,
  name: string,
  kind: RecordKindName,
): ResourceRecord | undefined {
  const zone = zoneOf({ resources }, name);
  if (zone === undefined) return undefined;
  const zoneName = canonicalName(zone.names[0] ?? "");
  const sets = resources.children(zone, `${ZONE_TYPE}/${kind}`);
  const at = (wanted: string) =>
    sets.find((set) => canonicalName(fullName(set.names[1] ?? "", zoneName)) === wanted);
  const labels = name.slice(0, -zoneName.length - 1).split(".");
  const wildcards = labels.map((_, index) => ["*", ...labels.slice(index + 1), zoneName].join("."));
  return [name, ...(name === zoneName ? [] : wildcards)].map(at).find((set) => set !== undefined);
}

/** The zone with the longest name that this one ends in. */
function zoneOf({ resources }: Resources, name: string): ResourceRecord | undefined {
  const zones = resources
    .inSubscription(SUBSCRIPTION_ID, ZONE_TYPE)
    .filter(({ names: [zone = ""] }) => `.${name}`.endsWith(`.${canonicalName(zone)}`));
  return zones.sort((a, b) => (b.names[0]?.length ?? 0) - (a.names[0]?.length ?? 0))[0];
}

function valuesOf(
  { resources }: Resources,
  { properties }: ResourceRecord,
  kind: RecordKindName,
): readonly string[] {
  const fields = new BodyFields(properties);
  const { property, isList, text } = RECORD_KINDS[kind];
  const target = fields.object("targetResource").string("id");
  if (target !== undefined) {
    const resource = resources.byId(target);
    if (resource === undefined) return [];
    if (resource.type.toLowerCase().startsWith(ZONE_TYPE.toLowerCase())) {
      return valuesOf({ resources }, resource, kind);
    }
    const address = resource.properties["ipAddress"];
    return typeof address === "string" && address.includes(":") === (kind === "AAAA")
      ? [address]
      : [];
  }
  if (!isList) return fields.has(property) ? [text(fields.object(property))] : [];
  return (fields.objects(property) ?? []).map(text);
}

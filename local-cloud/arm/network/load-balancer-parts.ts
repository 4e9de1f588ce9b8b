// What a load balancer is made of: each part has a name, an id below the balancer's, and settings of its kind.
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { idIn, networkReference, notReferable } from "./network-reference.js";
import { badRequest, NETWORK_NAME, newEtag, unreadable } from "./network-type.js";

export const PART_KINDS = [
  "frontendIPConfigurations",
  "backendAddressPools",
  "loadBalancingRules",
  "probes",
  "inboundNatRules",
  "inboundNatPools",
  "outboundRules",
] as const;

export type PartKind = (typeof PART_KINDS)[number];

export interface Part {
  readonly name: string;
  readonly id: string;
  readonly etag: string;
  readonly type: string;
  readonly properties: JsonObject;
}

export type Parts = Readonly<Record<PartKind, readonly Part[]>>;

/** The parts of one kind of a balancer that is there. */
export function partsIn({ properties }: ResourceRecord, kind: PartKind): readonly Part[] {
  const parts = properties[kind];
  return Array.isArray(parts) ? parts : [];
}

/** The parts of one kind in `properties` of a body. Throws 400 when a name is missing, wrong or there twice. */
export function readParts(
  body: BodyFields,
  kind: PartKind,
  balancerId: string,
  settings: (fields: BodyFields, id: string) => JsonObject,
): readonly Part[] {
  const parts = (body.objects(kind) ?? []).map((item): Part => {
    const name = item.string("name") ?? "";
    if (!NETWORK_NAME.pattern.test(name) || name.length > NETWORK_NAME.maxLength) {
      throw badRequest(
        "InvalidResourceName",
        `Resource name ${name} is invalid. Path ${item.path}: ${NETWORK_NAME.says}.`,
      );
    }
    const id = `${balancerId}/${kind}/${name}`;
    return {
      name,
      id,
      etag: newEtag(),
      type: `Microsoft.Network/loadBalancers/${kind}`,
      properties: { provisioningState: "Succeeded", ...settings(item.object("properties"), id) },
    };
  });
  for (const [index, { name }] of parts.entries()) {
    const before = parts.slice(0, index).map((part) => part.name.toLowerCase());
    if (!before.includes(name.toLowerCase())) continue;
    throw unreadable(
      "DuplicateResourceName",
      `Resource ${balancerId} has two child resources with the same name (${name}).`,
    );
  }
  return parts;
}

/** The id of another part of the same balancer in a body. Throws 400 when there is no such part. */
export function partId(
  fields: BodyFields,
  name: string,
  kind: PartKind,
  parts: readonly Part[],
  from: string,
): string | undefined {
  const id = idIn(fields, name);
  return id === undefined ? undefined : ownPartId(id, fields.at(name), kind, parts, from);
}

/** The id of a part as the balancer spells it. */
export function ownPartId(
  id: string,
  path: string,
  kind: PartKind,
  parts: readonly Part[],
  from: string,
): string {
  networkReference(id, `Microsoft.Network/loadBalancers/${kind}`, path, { id: from });
  const part = parts.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (part === undefined) throw notReferable(id, from);
  return part.id;
}

/** The same where it must be given. */
export function requiredPartId(
  fields: BodyFields,
  name: string,
  kind: PartKind,
  parts: readonly Part[],
  from: string,
): string {
  const id = partId(fields, name, kind, parts, from);
  if (id !== undefined) return id;
  throw unreadable(
    "MissingJsonProperty",
    `Value for the required property '${name}' is missing. Path '${fields.at(name)}'.`,
  );
}

/** `{ "id": … }`, or nothing. */
export function subResource(name: string, id: string | undefined): JsonObject {
  return id === undefined ? {} : { [name]: { id } };
}

/** What an id of the same balancer is called in answers: ids of parts that refer to it, by kind. */
export function referringParts(parts: Parts, kinds: readonly PartKind[], id: string): JsonObject {
  const entries = kinds.flatMap((kind) => {
    const ids = parts[kind].filter((part) => refersTo(part, id)).map((part) => ({ id: part.id }));
    return ids.length === 0 ? [] : [[kind, ids] as const];
  });
  return Object.fromEntries(entries);
}

function refersTo({ properties }: Part, id: string): boolean {
  return Object.values(properties).some((value) =>
    [value]
      .flat()
      .some((item) => typeof item === "object" && item !== null && "id" in item && item.id === id),
  );
}

// Ids in bodies that name networks, addresses and balancers; Microsoft.Compute passes on what this provider says.
import type { BodyFields } from "../mechanics/body-fields.js";
import type { Reference } from "../mechanics/references.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import { badRequest, unreadable } from "./network-type.js";

/** The resource, or a part of it, that refers to others. */
export interface Referrer {
  /** Of the resource. */
  readonly id: string;
  /** Such as `frontendIPConfigurations/public`. @default the resource itself */
  readonly part?: string;
  readonly location?: string;
}

/** `{ "id": … }` in a body; undefined when it is left out. */
export function idIn(fields: BodyFields, name: string): string | undefined {
  return fields.has(name) ? fields.object(name).string("id") : undefined;
}

/** `[{ "id": … }]` in a body. */
export function idsIn(fields: BodyFields, name: string): readonly string[] {
  return (fields.objects(name) ?? []).flatMap((item) => item.string("id") ?? []);
}

/**
 * A reference by id.
 * @param type that it must have, such as `Microsoft.Network/virtualNetworks/subnets`
 */
export function networkReference(
  id: string,
  type: string,
  path: string,
  { id: from, part, location }: Referrer,
): Reference {
  const expected = `The Id is expected to reference resources of type ${type.slice(type.lastIndexOf("/") + 1)}. Path ${path}.`;
  const parsed = parseResourceId(id);
  if (parsed === undefined) {
    const message = `Reference Id ${id} is not formatted correctly. ${expected}`;
    throw unreadable("InvalidJsonReferenceFormat", message);
  }
  if (parsed.type.toLowerCase() !== type.toLowerCase()) {
    const message = `Reference Id ${id} is referencing resource of a wrong type. ${expected}`;
    throw unreadable("InvalidJsonReferenceWrongType", message);
  }
  return {
    id,
    path,
    ...(part === undefined ? {} : { from: part }),
    ...(location === undefined ? {} : { location }),
    missing: () => notReferable(id, part === undefined ? from : `${from}/${part}`),
  };
}

/** 400 InvalidResourceReference. */
export function notReferable(id: string, from: string) {
  return badRequest(
    "InvalidResourceReference",
    `Resource ${id} referenced by resource ${from} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}

/** References that one property makes: one id, or none. */
export function referenceAt(
  fields: BodyFields,
  name: string,
  type: string,
  referrer: Referrer,
): readonly Reference[] {
  const id = idIn(fields, name);
  return id === undefined ? [] : [networkReference(id, type, fields.at(name), referrer)];
}

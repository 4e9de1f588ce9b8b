// Property values as a plugin sees them, and what they look like between engine and plugin: a google.protobuf.Struct in
// which special strings and objects stand for values that JSON has no word for (sdk/go/common/resource/plugin/rpc.go).
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";
import { ASSET_SIGNATURE, Asset } from "./asset.js";

/** A value that is known only after the deployment, as previews have them. */
export class Unknown {
  readonly kind = "unknown";
}
export const UNKNOWN = new Unknown();

/** A value that the engine encrypts in its state and hides in its output. */
export class Secret {
  constructor(readonly value: PropertyValue) {}
}

export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | Unknown
  | Secret
  | Asset
  | readonly PropertyValue[]
  | Properties;

export interface Properties {
  readonly [name: string]: PropertyValue;
}

export type Struct = InstanceType<typeof structMessages.Struct>;

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The engine has one for each type; Node programs send only the first. */
const UNKNOWN_TEXTS = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What the engine sent. Nulls are left out, as both real providers do; secrets are unwrapped, since none is accepted. */
export function fromStruct(struct: Struct | undefined): Properties {
  return struct === undefined ? {} : propertiesFrom(struct.toJavaScript());
}

function propertiesFrom(fields: Record<string, unknown>): Properties {
  const values = Object.entries(fields).map(([name, field]) => [name, valueFrom(field)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

function valueFrom(value: unknown): PropertyValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") return UNKNOWN_TEXTS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(valueFrom);
  const fields: Record<string, unknown> = Object.fromEntries(Object.entries(value));
  const signature = fields[SIGNATURE];
  if (signature === undefined) return propertiesFrom(fields);
  if (signature === SECRET) return valueFrom(fields["value"]);
  if (signature === OUTPUT) return "value" in fields ? valueFrom(fields["value"]) : UNKNOWN;
  if (signature === ASSET_SIGNATURE) return Asset.of(fields);
  throw new Error("Archives and resources are no property of anything that the local cloud knows.");
}

/** What the engine is answered. */
export function toStruct(properties: Properties): Struct {
  return structMessages.Struct.fromJavaScript(fieldsTo(properties));
}

type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

function fieldsTo(properties: Properties): { [name: string]: JsonValue } {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, valueTo(value)]),
  );
}

function valueTo(value: PropertyValue): JsonValue {
  if (value instanceof Unknown) return UNKNOWN_TEXT;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: valueTo(value.value) };
  if (value instanceof Asset) return { ...value.fields };
  if (isList(value)) return value.map(valueTo);
  return isProperties(value) ? fieldsTo(value) : value;
}

export function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

export function isProperties(value: PropertyValue | undefined): value is Properties {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Secret) &&
    !(value instanceof Asset)
  );
}

/** Whether any part of it is known only after the deployment. */
export function containsUnknown(value: PropertyValue | undefined): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof Secret) return containsUnknown(value.value);
  if (isList(value)) return value.some(containsUnknown);
  return isProperties(value) && Object.values(value).some(containsUnknown);
}

/** A text property, or undefined when it is unset, unknown or of another type. */
export function textOf(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}

/** The texts of a list property; empty when it is unset. */
export function textsOf(properties: Properties, name: string): string[] {
  const value = properties[name];
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A nested object, or an empty one. */
export function objectOf(properties: Properties, name: string): Properties {
  const value = properties[name];
  return isProperties(value) ? value : {};
}

/** The objects of a list property; empty when it is unset. */
export function objectsOf(properties: Properties, name: string): Properties[] {
  const value = properties[name];
  return isList(value) ? value.filter(isProperties) : [];
}

/** JSON of a service as property values; nulls stay. Throws when it is no object. */
export function propertiesOfJson(json: unknown): Properties {
  const value = valueOfJson(json);
  if (isProperties(value)) return value;
  throw new Error("The service answered with something that is not a JSON object.");
}

function valueOfJson(json: unknown): PropertyValue {
  if (json === null || json === undefined) return null;
  if (typeof json === "boolean" || typeof json === "number" || typeof json === "string")
    return json;
  if (Array.isArray(json)) return json.map(valueOfJson);
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, valueOfJson(value)]),
  );
}

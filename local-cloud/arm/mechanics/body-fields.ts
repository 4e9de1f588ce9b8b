// Reads request bodies as Azure's .NET services do: property names in any case, a wrong type is a 400 that
// says where, null and left out are the same.
import { ArmError } from "./arm-error.js";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The properties of one JSON object in a body. */
export class BodyFields {
  private readonly values: ReadonlyMap<string, unknown>;
  /** Names that say something, as they are spelled: what they name is neither null nor an empty list. */
  readonly names: readonly string[];

  /** @param path where the object stands, for refusals; empty for the body itself */
  constructor(
    value: unknown,
    readonly path = "",
  ) {
    if (value !== undefined && value !== null && !isJsonObject(value))
      throw wrong(path, "an object");
    this.values = new Map(
      Object.entries(value ?? {}).map(([name, content]) => [name.toLowerCase(), content]),
    );
    this.names = Object.entries(value ?? {})
      .filter(([, content]) => content !== null && !(Array.isArray(content) && !content.length))
      .map(([name]) => name);
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  /** Undefined when left out or null. */
  raw(name: string): unknown {
    return this.values.get(name.toLowerCase()) ?? undefined;
  }

  string(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === "string") return value;
    throw wrong(this.at(name), "a string");
  }

  boolean(name: string): boolean | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw wrong(this.at(name), "a boolean");
  }

  integer(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined || (typeof value === "number" && Number.isInteger(value))) return value;
    throw wrong(this.at(name), "an integer");
  }

  number(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === "number") return value;
    throw wrong(this.at(name), "a number");
  }

  strings(name: string): readonly string[] | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    throw wrong(this.at(name), "a list of strings");
  }

  object(name: string): BodyFields {
    return new BodyFields(this.raw(name), this.at(name));
  }

  /** The objects of a list, each with its place as path. */
  objects(name: string): readonly BodyFields[] | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw wrong(this.at(name), "a list");
    return value.map((item: unknown, index) => new BodyFields(item, `${this.at(name)}[${index}]`));
  }

  /** The path of one of these properties. */
  at(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }
}

function wrong(path: string, expected: string): ArmError {
  const where = path === "" ? "the body" : `'${path}'`;
  return new ArmError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: ${where} must be ${expected}.`,
  );
}

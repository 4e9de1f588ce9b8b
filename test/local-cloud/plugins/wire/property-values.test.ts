import fc from "fast-check";
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";
import { expect, test } from "vitest";
import {
  containsUnknown,
  fromStruct,
  type PropertyValue,
  Secret,
  toStruct,
  UNKNOWN,
} from "../../../../local-cloud/plugins/wire/property-values.js";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

const values: fc.Arbitrary<PropertyValue> = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.constant(UNKNOWN),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => name !== "__proto__"),
      tie("value"),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

test("brings any value over the wire and back", () => {
  fc.assert(
    fc.property(values, (value) => {
      const wire = structMessages.Struct.deserializeBinary(toStruct({ value }).serializeBinary());
      expect(fromStruct(wire)).toEqual({ value });
    }),
  );
});

test("leaves nulls out, unwraps secrets and outputs", () => {
  const sent = structMessages.Struct.fromJavaScript({
    nothing: null,
    inside: { nothing: null, kept: 1 },
    secret: { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value: "s" },
    known: { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "o" },
    unknown: { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" },
    unknownNumber: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  });
  expect(fromStruct(sent)).toEqual({
    inside: { kept: 1 },
    secret: "s",
    known: "o",
    unknown: UNKNOWN,
    unknownNumber: UNKNOWN,
  });
  expect(fromStruct(undefined)).toEqual({});
});

test("marks secrets and unknown values as the engine reads them", () => {
  expect(toStruct({ secret: new Secret("s"), unknown: UNKNOWN }).toJavaScript()).toEqual({
    secret: { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value: "s" },
    unknown: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  });
});

test("refuses archives, which no resource of the local cloud has", () => {
  const asset = { [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", text: "x" };
  const sent = structMessages.Struct.fromJavaScript({ asset });
  expect(() => fromStruct(sent)).toThrow("Archives and resources are no property");
});

test("finds unknown values however deep they are", () => {
  expect(containsUnknown({ a: [{ b: UNKNOWN }] })).toBe(true);
  expect(containsUnknown(new Secret(UNKNOWN))).toBe(true);
  expect(containsUnknown({ a: ["b"] })).toBe(false);
});

import { DiffKind, type StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { describe, expect, it } from "vitest";
import { propertyChanges, readable } from "../../scripts/property-changes.js";

const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "[secret]",
};
const later = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function update(change: Partial<StepEventMetadata>, before: object, after: object) {
  const state = { type: "t", urn: "u", id: "i", parent: "", provider: "" };
  return propertyChanges({
    op: "update",
    urn: "u",
    type: "t",
    provider: "",
    old: { ...state, inputs: before, outputs: { ...before, service: "drifted" } },
    new: { ...state, inputs: after, outputs: {} },
    ...change,
  });
}

const changed = (diffKind: DiffKind, inputDiff = true) => ({ diffKind, inputDiff });

describe("the changes of a step", () => {
  it("follow nested and quoted paths, and say what makes the engine replace", () => {
    expect(
      update(
        {
          detailedDiff: {
            "properties.urls[1]": changed(DiffKind.update),
            'tags["a.b"]': changed(DiffKind.deleteReplace),
            added: changed(DiffKind.add),
          },
        },
        { properties: { urls: ["x", "y"] }, tags: { "a.b": 1 } },
        { properties: { urls: ["x", "z"] }, tags: {}, added: true },
      ),
    ).toEqual([
      { path: "properties.urls[1]", replaces: false, before: "y", after: "z" },
      { path: 'tags["a.b"]', replaces: true, before: 1, after: undefined },
      { path: "added", replaces: false, before: undefined, after: true },
    ]);
  });

  it("compare with the real state when that is what differs", () => {
    expect(
      update(
        { detailedDiff: { service: changed(DiffKind.update, false) } },
        { service: "as written" },
        { service: "as written" },
      ),
    ).toEqual([{ path: "service", replaces: false, before: "drifted", after: "as written" }]);
  });

  it("are the top-level names when the provider tells no more", () => {
    expect(update({ diffs: ["a", "b"], keys: ["b"] }, { a: 1, b: 1 }, { a: 2, b: 2 })).toEqual([
      { path: "a", replaces: false, before: 1, after: 2 },
      { path: "b", replaces: true, before: 1, after: 2 },
    ]);
  });

  it("never show a secret, also inside of it", () => {
    expect(
      update(
        { detailedDiff: { "password.value": changed(DiffKind.update) } },
        { password: secret },
        { password: secret },
      ),
    ).toEqual([{ path: "password.value", replaces: false, before: "[secret]", after: "[secret]" }]);
  });
});

it("words stand for secrets and unknown values at any depth", () => {
  expect(readable({ a: [secret, later, null, 3], b: { c: later } })).toEqual({
    a: ["[secret]", "(known after up)", null, 3],
    b: { c: "(known after up)" },
  });
});

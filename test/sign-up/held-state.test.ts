import { describe, expect, it } from "vitest";
import { heldState, holdState, newState } from "../../sign-up/browser/held-state.js";

function memory() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

describe("the state of a request", () => {
  it("is 128 random bits in hexadecimal", () => {
    const random = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
    expect(newState((bytes) => void bytes.set([1, 255]))).toBe(`01ff${"00".repeat(14)}`);
    expect(newState(random)).toMatch(/^[0-9a-f]{32}$/);
    expect(newState(random)).not.toBe(newState(random));
  });

  it("is held until the next request, and read more than once", () => {
    const store = memory();
    expect(heldState(() => store)).toBeNull();
    expect(holdState(() => store, "one")).toBe(true);
    expect(holdState(() => store, "two")).toBe(true);
    expect([heldState(() => store), heldState(() => store)]).toEqual(["two", "two"]);
  });

  it("is not held, and the page learns it, where the browser refuses or forgets", () => {
    const refusing = () => {
      throw new Error("denied");
    };
    expect(holdState(refusing, "one")).toBe(false);
    expect(heldState(refusing)).toBeNull();
    expect(holdState(() => ({ getItem: () => null, setItem: () => undefined }), "one")).toBe(false);
  });
});

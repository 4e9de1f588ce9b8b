import { expect, it } from "vitest";
import { nearest } from "../../rules/nearest.js";

it("finds the word that was meant, in any case", () => {
  expect(nearest("CAPABILITES", ["permissions", "capabilities"])).toBe("capabilities");
});

it("makes no wild guess", () => {
  expect(nearest("webhook", ["capabilities", "host", "bot"])).toBeUndefined();
  expect(nearest("x", ["capabilities"])).toBeUndefined();
});

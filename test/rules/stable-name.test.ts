import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stableName, stableUuid } from "../../rules/stable-name.js";

const FACTS = {
  tenantId: "10ca1000-0000-4000-8000-000000000001",
  subscriptionId: "10ca1000-0000-4000-8000-00000000000a",
  project: "teams-calling-bot",
  stack: "dev",
  bot: "bot",
};

describe("a stable name", () => {
  it("is the same on every run, and another for another kind or other facts", () => {
    const form = { kind: "vault", longest: 24 };
    const name = stableName(FACTS, form);
    expect(name).toMatch(/^teams-calling-bot-[0-9a-f]{6}$/);
    expect(stableName({ ...FACTS, tenantId: FACTS.tenantId.toUpperCase() }, form)).toBe(name);
    expect(stableName(FACTS, { ...form, kind: "site" })).not.toBe(name);
    for (const [fact, value] of Object.entries(FACTS)) {
      expect(stableName({ ...FACTS, [fact]: `${value}2` }, form)).not.toBe(name);
    }
  });

  it("starts with a letter, has no two hyphens in a row and is never too long", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string(),
        fc.integer({ min: 10, max: 64 }),
        (project, stack, longest) => {
          const name = stableName({ ...FACTS, project, stack }, { kind: "any", longest });
          expect(name).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
          expect(name.length).toBeLessThanOrEqual(longest);
        },
      ),
    );
  });
});

describe("a stable UUID", () => {
  it("is one of version 8, and the same for the same parts only", () => {
    const id = stableUuid("scope", "role", "name");
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(stableUuid("scope", "role", "name")).toBe(id);
    expect(stableUuid("scoper", "ole", "name")).not.toBe(id);
  });
});

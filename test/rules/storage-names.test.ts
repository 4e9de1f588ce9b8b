import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkStorageAccountName, defaultStorageAccountName } from "../../rules/storage-names.js";

const FACTS = {
  tenantId: "10ca1000-0000-4000-8000-000000000001",
  subscriptionId: "10ca1000-0000-4000-8000-00000000000a",
  project: "teams-calling-bot",
  stack: "dev",
  bot: "bot",
};

describe("the default name of a storage account", () => {
  it("is the same on every run, and another for other facts", () => {
    const name = defaultStorageAccountName(FACTS);
    expect(name).toMatch(/^teamscallingbotd[0-9a-f]{8}$/);
    expect(defaultStorageAccountName({ ...FACTS, tenantId: FACTS.tenantId.toUpperCase() })).toBe(
      name,
    );
    for (const [fact, value] of Object.entries(FACTS)) {
      expect(defaultStorageAccountName({ ...FACTS, [fact]: `${value}2` })).not.toBe(name);
    }
  });

  it("is always one that Azure accepts", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (project, stack) => {
        const name = defaultStorageAccountName({ ...FACTS, project, stack });
        expect(checkStorageAccountName("accountName", name)).toEqual([]);
      }),
    );
  });

  it.each(["", "ab", "a".repeat(25), "Contoso", "contoso-bot"])(
    "is refused when it is %j",
    (name) => {
      expect(checkStorageAccountName("accountName", name).map(({ path }) => path)).toEqual([
        "accountName",
      ]);
    },
  );
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkBotName,
  checkDisplayName,
  checkedAvailability,
  checkFederatedName,
  checkIconUrl,
  checkLocation,
  checkManagedIdentityId,
  checkResourceGroupName,
  defaultBotName,
  defaultResourceGroupName,
} from "../../rules/names.js";

const facts = {
  tenantId: "10ca1000-0000-4000-8000-000000000001",
  subscriptionId: "10ca1000-0000-4000-8000-00000000000a",
  project: "teams-calling-bot",
  stack: "dev",
};
const anyText = fc.string({ unit: "grapheme", maxLength: 80 });

describe("the default name of a bot", () => {
  it("is project, stack and six characters, the same on every run", () => {
    expect(defaultBotName(facts)).toBe("teams-calling-bot-dev-6c4283");
  });

  it("differs by tenant, subscription, project and stack (names are unique over all of Azure)", () => {
    const others = [
      facts,
      { ...facts, tenantId: facts.subscriptionId },
      { ...facts, subscriptionId: facts.tenantId },
      { ...facts, project: "teams-calling", stack: "bot-dev" },
      { ...facts, stack: "prod" },
    ].map(defaultBotName);
    expect(new Set(others).size).toBe(others.length);
  });

  it("does not depend on the case in which ids are written", () => {
    expect(defaultBotName({ ...facts, tenantId: facts.tenantId.toUpperCase() })).toBe(
      defaultBotName(facts),
    );
  });

  it("keeps its six characters when project and stack are long", () => {
    const name = defaultBotName({ ...facts, project: "p".repeat(60) });
    expect(name).toMatch(/^p{35}-[0-9a-f]{6}$/);
    expect(name).toHaveLength(42);
  });

  it("is valid whatever project and stack are called", () => {
    fc.assert(
      fc.property(anyText, anyText, (project, stack) => {
        expect(checkBotName("n", defaultBotName({ ...facts, project, stack }))).toEqual([]);
        const group = defaultResourceGroupName({ project, stack });
        expect(checkResourceGroupName("g", group)).toEqual([]);
      }),
    );
    expect(defaultBotName({ ...facts, project: "", stack: "" })).toMatch(/^bot-[0-9a-f]{6}$/);
  });
});

describe("a name that is given", () => {
  it.each(["abcd", "0-_a", "a".repeat(42)])("is accepted for a bot: %s", (name) => {
    expect(checkBotName("bot.name", name)).toEqual([]);
  });

  it.each(["", "abc", "a".repeat(43), "-abc", "_abc", "ab.c", "ab c", "abcd\n", "bücher"])(
    "is refused for a bot: %j",
    (name) => {
      expect(checkBotName("bot.name", name)).toHaveLength(1);
    },
  );

  it("is returned when free and refused when another bot has it (company-communicator#448)", () => {
    expect(checkedAvailability("bot.name", "calls")(true)).toBe("calls");
    expect(() => checkedAvailability("bot.name", "calls")(false)).toThrow(
      'bot.name must be unique over all of Azure, and another bot has this name (Azure Bot Service), got "calls". Choose another name, or leave it out to get one that is unique.',
    );
  });

  it("does not end in a hyphen before its six characters", () => {
    expect(defaultBotName({ ...facts, project: "p".repeat(34), stack: "dev" })).toMatch(
      /^p{34}-[0-9a-f]{6}$/,
    );
  });

  it("follows the rules of a resource group", () => {
    for (const good of ["a", "rg-(x).y_z", "ü1", "a".repeat(90)]) {
      expect(checkResourceGroupName("g", good)).toEqual([]);
    }
    for (const bad of ["", "a.", "a b", "a/b", "a".repeat(91), "a\n"]) {
      expect(checkResourceGroupName("g", bad)).toHaveLength(1);
    }
  });

  it("follows the rules of a federated credential", () => {
    for (const good of ["abc", "a-_", "a".repeat(120)]) {
      expect(checkFederatedName("f", good)).toEqual([]);
    }
    for (const bad of ["ab", "-ab", "a.b", "a".repeat(121)]) {
      expect(checkFederatedName("f", bad)).toHaveLength(1);
    }
  });

  it("follows the rules of a display name", () => {
    for (const good of ["Bot", "Büro 🤖", "a".repeat(256)]) {
      expect(checkDisplayName("d", good)).toEqual([]);
    }
    for (const bad of ["", "  ", "a\nb", "a".repeat(257)]) {
      expect(checkDisplayName("d", bad)).toHaveLength(1);
    }
  });

  it("follows the rules of a region", () => {
    for (const good of ["westeurope", "West Europe", "eastus2"]) {
      expect(checkLocation("l", good)).toEqual([]);
    }
    for (const bad of ["", " ", "west-europe", "west\n"])
      expect(checkLocation("l", bad)).toHaveLength(1);
  });

  it("follows the rules of an icon and of a managed identity", () => {
    expect(checkIconUrl("i", "https://contoso.com/icon.png")).toEqual([]);
    for (const bad of ["http://contoso.com/icon.png", "https://contoso.com/icon.svg", "icon.png"]) {
      expect(checkIconUrl("i", bad)).toHaveLength(1);
    }
    const id = `/subscriptions/${facts.subscriptionId}/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`;
    expect(checkManagedIdentityId("m", id)).toEqual([]);
    for (const bad of ["id", `${id}/x`, id.replace("userAssigned", "system")]) {
      expect(checkManagedIdentityId("m", bad)).toHaveLength(1);
    }
  });
});

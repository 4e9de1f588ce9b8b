import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultHostResourceName,
  defaultVaultName,
  defaultWorkspaceName,
} from "../../../rules/hosts/host-names.js";

const FACTS = { tenantId: "t", subscriptionId: "s", project: "teams-calling-bot", stack: "prod" };
const PLACE = { resourceGroup: "bots", region: "westeurope" };

describe("the name of a host's vault", () => {
  it("is the same however group and region are written", () => {
    const name = defaultVaultName(FACTS, PLACE);
    expect(defaultVaultName(FACTS, { resourceGroup: "Bots", region: "West Europe" })).toBe(name);
  });

  it("is another one in another group or region, because a deleted vault keeps its name where it was", () => {
    const names = [
      PLACE,
      { ...PLACE, resourceGroup: "phones" },
      { ...PLACE, region: "northeurope" },
    ].map((place) => defaultVaultName(FACTS, place));
    expect(new Set(names).size).toBe(3);
  });

  it("is always one that Azure accepts", () => {
    fc.assert(
      fc.property(
        fc.record({ project: fc.string(), stack: fc.string(), bot: fc.string() }),
        fc.record({ resourceGroup: fc.string(), region: fc.string() }),
        (facts, place) => {
          const name = defaultVaultName({ ...FACTS, ...facts }, place);
          expect(name).toMatch(/^[a-z](?:-?[a-z0-9]){2,23}$/);
          expect(name.length).toBeLessThanOrEqual(24);
        },
      ),
    );
  });
});

describe("the name of a host's workspace", () => {
  it("is another one in another region, because a deleted workspace keeps its name and comes back in its own alone", () => {
    const name = defaultWorkspaceName(FACTS, "westeurope");
    expect(defaultWorkspaceName(FACTS, "West Europe")).toBe(name);
    expect(defaultWorkspaceName(FACTS, "northeurope")).not.toBe(name);
  });
});

it("names of workspaces and of what hosts are made of are always ones that Azure accepts, with underscores in the stack's name too", () => {
  fc.assert(
    fc.property(
      fc.record({ project: fc.string(), stack: fc.string(), bot: fc.string() }),
      fc.string(),
      (facts, region) => {
        const all = { ...FACTS, ...facts };
        for (const name of [defaultWorkspaceName(all, region), defaultHostResourceName(all)]) {
          expect(name).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$/);
        }
      },
    ),
  );
  expect(defaultHostResourceName({ ...FACTS, stack: "dev_eu" })).toMatch(
    /^teams-calling-bot-dev-eu-[0-9a-f]{6}$/,
  );
});
